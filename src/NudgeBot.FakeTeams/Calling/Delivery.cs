using System.Text.Json.Nodes;
using NodaTime;

namespace NudgeBot.FakeTeams.Calling;

/// <summary>Something that Teams told the bot, and what became of it.</summary>
public sealed class Delivery(JsonObject activity)
{
    readonly Lock _gate = new();
    readonly List<Attempt> _attempts = [];

    public JsonObject Activity { get; } = activity;

    /// <summary>More than one where it was delivered twice.</summary>
    public IReadOnlyList<Attempt> Attempts
    {
        get
        {
            lock (_gate) return [.. _attempts];
        }
    }

    /// <summary>Of the first attempt: the one that the person waited for.</summary>
    public bool Taken => Attempts is [{ Failure: null }, ..];

    internal void Add(Attempt attempt)
    {
        lock (_gate) _attempts.Add(attempt);
    }
}

/// <param name="Body">As sent, byte for byte.</param>
/// <param name="Authorization">The header, with the token.</param>
/// <param name="Status">Null: no answer.</param>
/// <param name="Answer">The answer's body.</param>
/// <param name="Failure">Null where the bot answered 2xx.</param>
/// <param name="Took">In the clock's own time.</param>
public sealed record Attempt(string Body, string Authorization, int? Status, string Answer, string? Failure, Duration Took);
