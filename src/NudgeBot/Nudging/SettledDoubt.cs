using NodaTime;
using NudgeBot.Chat;

namespace NudgeBot.Nudging;

/// <summary>What a platform's answer makes of a message that may have been sent.</summary>
/// <param name="Stays">It is still in doubt, and asked for again at <paramref name="DueAt"/>.</param>
sealed record SettledDoubt(Outcome Outcome, bool Stays = false, Instant? DueAt = null, string? MessageId = null)
{
    /// <summary>A message that is not there is due again, also after its last chance: then it is skipped, as it certainly was not sent.</summary>
    public static SettledDoubt Of(AskResult result, Instant now, Instant lastChance) => result.Match(
        found => new SettledDoubt(Outcome.Sent, MessageId: found.MessageId),
        notThere => new SettledDoubt(Outcome.Pending, DueAt: now),
        later => now < lastChance ? new SettledDoubt(Outcome.Pending, Stays: true, Instant.Min(now + later.For, lastChance)) : new SettledDoubt(Outcome.Unknown),
        cannotTell => new SettledDoubt(Outcome.Unknown));
}
