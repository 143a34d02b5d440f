namespace NudgeBot.FakeSlack.Faults;

/// <summary>The closed set of what can go wrong between an app and Slack. "After" means that the call has taken effect.</summary>
public abstract record Fault
{
    Fault() { }

    /// <summary>HTTP 500 with nothing in it; without effect.</summary>
    public sealed record ServerError : Fault;

    /// <summary>HTTP 500 with nothing in it; after the effect.</summary>
    public sealed record ServerErrorAfter : Fault;

    /// <summary>HTTP 503 with a page of HTML, as proxies send it; without effect.</summary>
    public sealed record Unavailable : Fault;

    public sealed record TimeoutBefore : Fault;
    public sealed record TimeoutAfter : Fault;
    public sealed record ResetBefore : Fault;
    public sealed record ResetAfter : Fault;

    /// <summary>HTTP 200 and half of the answer, after the effect.</summary>
    public sealed record BrokenJson : Fault;

    /// <summary>HTTP 429; without effect.</summary>
    public sealed record TooMany(int RetryAfterSeconds) : Fault;

    /// <summary><c>"ok": false</c> with this error; without effect.</summary>
    public sealed record Error(string Word) : Fault;

    /// <summary>Whether the call still takes effect.</summary>
    public bool ComesAfter => this is ServerErrorAfter or TimeoutAfter or ResetAfter or BrokenJson;
}
