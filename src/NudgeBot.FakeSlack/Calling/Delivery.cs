using System.Text.Json.Nodes;
using NodaTime;

namespace NudgeBot.FakeSlack.Calling;

/// <summary>The kinds of what Slack sends, by their names in Socket Mode.</summary>
public static class DeliveryKind
{
    public const string Event = "events_api";
    public const string Command = "slash_commands";
    public const string Interaction = "interactive";
}

/// <summary>Something that Slack told the app, and what became of it.</summary>
public sealed class Delivery(string kind, JsonObject payload)
{
    readonly Lock _gate = new();
    readonly List<Attempt> _attempts = [];
    readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One of <see cref="DeliveryKind"/>.</summary>
    public string Kind { get; } = kind;
    public JsonObject Payload { get; } = payload;

    public IReadOnlyList<Attempt> Attempts
    {
        get
        {
            lock (_gate) return [.. _attempts];
        }
    }

    /// <summary>In a few words: an event's type, a command, what was pressed.</summary>
    public string What => Kind switch
    {
        DeliveryKind.Event => $"event {Payload["event"]?["type"]}{(Payload["event"]?["bot_id"] is null ? "" : " (its own)")}",
        DeliveryKind.Command => $"{Payload["command"]} {Payload["text"]}".TrimEnd(),
        _ => $"{Payload["type"]} {Payload["actions"]?[0]?["action_id"] ?? Payload["callback_id"] ?? Payload["view"]?["callback_id"]}".TrimEnd(),
    };

    public bool Acknowledged => Attempts.Any(attempt => attempt.Acknowledged);

    /// <summary>Done when the app has acknowledged, or when no further attempt comes.</summary>
    public Task Settled => _settled.Task;

    internal void Add(Attempt attempt)
    {
        lock (_gate) _attempts.Add(attempt);
    }

    internal void Settle() => _settled.TrySetResult();
}

/// <param name="Retry">0 for the first.</param>
/// <param name="Request">Null in Socket Mode.</param>
/// <param name="Status">Of HTTP; in Socket Mode 200 for an acknowledgement. Null: no answer.</param>
/// <param name="Failure">As <c>X-Slack-Retry-Reason</c> has it; null where the app acknowledged.</param>
/// <param name="Took">In the clock's own time.</param>
public sealed record Attempt(int Retry, SignedRequest? Request, int? Status, string Body, string? Failure, Duration Took, bool ForbidsRetry = false)
{
    public bool Acknowledged => Failure is null;
}

/// <param name="Body">As sent, byte for byte: what the signature is of.</param>
public sealed record SignedRequest(Uri Url, string ContentType, string Body, IReadOnlyDictionary<string, string> Headers);
