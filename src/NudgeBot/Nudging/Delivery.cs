using NodaTime;

namespace NudgeBot.Nudging;

/// <summary>What became of a message of an <see cref="Outbox"/>.</summary>
sealed record Delivery(Outcome Outcome, string? Reason)
{
    public string? MessageId { get; init; }
    /// <summary>When it is looked at again; null: it is settled.</summary>
    public Instant? DueAt { get; init; }
    /// <summary>It may have been sent: whoever looks asks the platform.</summary>
    public bool InDoubt { get; init; }

    public static Delivery Held(string? reason, Instant until, Instant lastChance) => new(Outcome.Pending, reason) { DueAt = Instant.Min(until, lastChance) };
}
