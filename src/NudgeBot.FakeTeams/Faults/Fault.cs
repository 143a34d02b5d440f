namespace NudgeBot.FakeTeams.Faults;

/// <summary>What a bot asks of Microsoft, each with faults and a count of its own.</summary>
public enum Operation
{
    Token,
    Create,
    Send,
    Reply,
    Update,
    Delete,
    Members,

    /// <summary>Of Graph: a page of people.</summary>
    Users,

    /// <summary>Of Graph: people with an e-mail.</summary>
    Find,

    /// <summary>Of Graph: a mailbox's settings.</summary>
    Mailbox,

    /// <summary>Of Graph: the app for a person.</summary>
    Install,
}

/// <summary>The closed set of what can go wrong between a bot and Teams. "After" means that the call has taken effect.</summary>
public abstract record Fault
{
    Fault() { }

    /// <summary>A 500, 502, 503 or 504 with a page of HTML, as gateways send it.</summary>
    public sealed record Fails(int Status, bool After = false) : Fault;

    public sealed record TimesOut(bool After = false) : Fault;

    /// <summary>The connection ends without an answer.</summary>
    public sealed record CutsOff(bool After = false) : Fault;

    /// <summary>200 and half of the answer, after the effect.</summary>
    public sealed record BreaksJson : Fault;

    /// <summary>429; without effect.</summary>
    public sealed record TooMany(int RetryAfterSeconds) : Fault;

    /// <summary>An error in Microsoft's form; without effect. The common ones have names here.</summary>
    public sealed record Refuses(int Status, string Code, string Message) : Fault;

    public static Fault PreconditionFailed { get; } = new Refuses(412, "PreconditionFailed", "Precondition failed, please try again.");
    public static Fault WritesBlocked { get; } = new Refuses(403, "MessageWritesBlocked", "Message writes are blocked for this conversation.");
    public static Fault NotFound { get; } = new Refuses(404, "ConversationNotFound", "Conversation not found.");

    /// <summary>Whether the call still takes effect.</summary>
    public bool ComesAfter => this is Fails { After: true } or TimesOut { After: true } or CutsOff { After: true } or BreaksJson;
}
