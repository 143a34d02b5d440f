using System.Text.Json.Serialization;

namespace NudgeBot.Chat;

/// <summary>What a conversation answers: any number of the parts below, in this order.</summary>
public sealed record Reply(IReadOnlyList<ReplyPart> Parts)
{
    public static readonly Reply Nothing = new([]);

    public static Reply With(params ReplyPart[] parts) => new(parts);
}

/// <summary>The closed set of answers. Those that can be kept to be shown later say their kind by its word; errors belong to the response itself.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Say), "say")]
[JsonDerivedType(typeof(Whisper), "whisper")]
[JsonDerivedType(typeof(Update), "update")]
[JsonDerivedType(typeof(Open), "open")]
public abstract record ReplyPart
{
    ReplyPart() { }

    /// <summary>A new message in the same conversation.</summary>
    public sealed record Say(Message Message) : ReplyPart;

    /// <summary>Seen by the asker alone; where a platform cannot, a message in the personal chat.</summary>
    public sealed record Whisper(Message Message) : ReplyPart;

    /// <summary>The message that carried the button, as it is from now on.</summary>
    public sealed record Update(Message Message) : ReplyPart;

    /// <summary>To a form that was to be looked at: the same form, as it is from now on.</summary>
    public sealed record Open(Form Form) : ReplyPart;

    /// <summary>The form stays open; the errors stand at their fields, by field id.</summary>
    public sealed record Errors(IReadOnlyDictionary<string, string> ByField) : ReplyPart;

    public T Match<T>(Func<Say, T> say, Func<Whisper, T> whisper, Func<Update, T> update, Func<Open, T> open, Func<Errors, T> errors) => this switch
    {
        Say p => say(p),
        Whisper p => whisper(p),
        Update p => update(p),
        Open p => open(p),
        Errors p => errors(p),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
