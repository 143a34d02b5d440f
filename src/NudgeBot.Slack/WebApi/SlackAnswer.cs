using System.Text.Json;
using NodaTime;

namespace NudgeBot.Slack.WebApi;

/// <summary>The closed set of what may become of a call to Slack.</summary>
public abstract record SlackAnswer
{
    SlackAnswer() { }

    /// <summary>Done; the body says <c>"ok": true</c>.</summary>
    public sealed record Ok(JsonElement Body) : SlackAnswer;

    /// <summary>Not done, for a reason of Slack's, e.g. <c>channel_not_found</c>.</summary>
    /// <param name="Needed">The scope that is missing, where that is the reason.</param>
    public sealed record Refused(string Error, string? Needed = null) : SlackAnswer;

    /// <summary>Not done: too many calls, by Slack's count or by ours.</summary>
    public sealed record Throttled(Duration For) : SlackAnswer;

    /// <summary>No answer, a broken one, or a server's error: it may have been done or not.</summary>
    /// <param name="NeverLeft">The request was not written, so it is certainly not done.</param>
    public sealed record NoAnswer(string Why, bool NeverLeft = false) : SlackAnswer;

    public T Match<T>(Func<Ok, T> ok, Func<Refused, T> refused, Func<Throttled, T> throttled, Func<NoAnswer, T> noAnswer) => this switch
    {
        Ok a => ok(a),
        Refused a => refused(a),
        Throttled a => throttled(a),
        NoAnswer a => noAnswer(a),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
