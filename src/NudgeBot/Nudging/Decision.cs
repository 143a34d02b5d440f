using NodaTime;
using NudgeBot.Campaigns;

namespace NudgeBot.Nudging;

/// <summary>What to do with a due nudge now.</summary>
public abstract record Decision
{
    Decision() { }

    /// <param name="Alternative">The condition is false and the step has another message for that.</param>
    /// <param name="LastBeforeBackOff">If nobody answers, the next ones that are not essential are skipped: the message says so.</param>
    public sealed record Send(bool Alternative, bool LastBeforeBackOff) : Decision;

    public sealed record Skip(string Reason) : Decision;

    /// <param name="Reason">Null when nothing holds it but the hour.</param>
    public sealed record Hold(HoldReason? Reason, Instant Until) : Decision;

    public T Match<T>(Func<Send, T> send, Func<Skip, T> skip, Func<Hold, T> hold) => this switch
    {
        Send d => send(d),
        Skip d => skip(d),
        Hold d => hold(d),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };

    /// <summary>A workspace is asked for newcomers once a minute.</summary>
    static readonly Duration LookAgainAfter = Duration.FromMinutes(2);

    /// <summary>The rules of "When a nudge is sent" (docs/campaigns.md), in their order: what is final, what is held, the last chance, the window.</summary>
    public static Decision On(Candidate c, Instant now)
    {
        var today = c.Schedule.DateOf(now);
        var conditionHolds = c.Step.OnlyIf?.IsTrue(new ConditionFacts(today, c.Use.DayZero, c.Use, c.AnsweredEarlier, c.NudgedMembers)) ?? true;

        if (FinalReason(c, today, now, conditionHolds) is { } final) return new Skip(Words.Of(final));

        var hold = CurrentHold(c, today, now);
        if (now >= c.LastChance) return new Skip((hold?.Reason ?? c.HeldBy) is { } held ? Words.Of(held) : OtherReason.Expired);
        if (hold is not null) return hold with { Until = Instant.Min(hold.Until, c.LastChance) };
        if (!c.Schedule.Allows(now)) return new Hold(c.HeldBy, Instant.Min(c.Schedule.NextAllowed(now), c.LastChance));

        return new Send(Alternative: !conditionHolds, LastBeforeBackOff: c.UnansweredInARow + 1 == c.BackOff);
    }

    static SkipReason? FinalReason(Candidate c, LocalDate today, Instant now, bool conditionHolds)
    {
        if (c.CampaignEnded || c.LeftOn <= today) return SkipReason.Ended;
        if (c.OptedOut) return SkipReason.OptedOut;
        if (!c.HasAccount && (!c.IsLookedFor || now >= c.LastChance)) return SkipReason.NoAccount;
        if (c.Step.Entries.Count > 0 && !c.Step.Entries.Contains(c.Entry)) return SkipReason.ConditionFalse;
        if (!conditionHolds && c.Step.Otherwise is null) return SkipReason.ConditionFalse;
        if (!c.Step.Essential && c.UnansweredInARow >= c.BackOff) return SkipReason.BackedOff;
        return null;
    }

    static Hold? CurrentHold(Candidate c, LocalDate today, Instant now)
    {
        // A pause has no end of its own: what resumes it makes the nudge due again.
        if (c.Paused) return new Hold(HoldReason.Paused, c.LastChance);
        if (c.IsLookedFor) return new Hold(c.HeldBy, now + LookAgainAfter);
        if (c.SnoozedUntil is { } until && until > now) return new Hold(HoldReason.Snoozed, c.Schedule.NextAllowed(until));
        if (Caps.Reached(today, c.SentOn)) return new Hold(HoldReason.Capped, c.Schedule.NextTry(now, c.Step.At));
        if (c.ThrottledUntil is { } limit && limit > now) return new Hold(HoldReason.Throttled, limit);
        return null;
    }
}
