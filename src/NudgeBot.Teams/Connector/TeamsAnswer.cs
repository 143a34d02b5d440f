using System.Text.Json;
using NodaTime;

namespace NudgeBot.Teams.Connector;

/// <summary>The closed set of what may become of a call to Teams.</summary>
abstract record TeamsAnswer
{
    TeamsAnswer() { }

    /// <param name="Body">An empty object where Teams said nothing.</param>
    public sealed record Ok(JsonElement Body) : TeamsAnswer;

    /// <summary>Not done, for a reason of Teams', e.g. 403 <c>MessageWritesBlocked</c>.</summary>
    /// <param name="Code">Empty where Teams named none.</param>
    public sealed record Refused(int Status, string Code) : TeamsAnswer;

    /// <summary>Not done: too many calls, by Teams' count or by ours, or a moment in which it could not (412).</summary>
    /// <param name="IsOfConversation">Others need not wait.</param>
    public sealed record Throttled(Duration For, bool IsOfConversation = false) : TeamsAnswer;

    /// <summary>No answer, a broken one, 502 or 504: it may have been done or not.</summary>
    /// <param name="NeverLeft">The request was not written, so it is certainly not done.</param>
    public sealed record NoAnswer(string Why, bool NeverLeft = false) : TeamsAnswer;

    public T Match<T>(Func<Ok, T> ok, Func<Refused, T> refused, Func<Throttled, T> throttled, Func<NoAnswer, T> noAnswer) => this switch
    {
        Ok a => ok(a),
        Refused a => refused(a),
        Throttled a => throttled(a),
        NoAnswer a => noAnswer(a),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
