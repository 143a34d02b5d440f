using NodaTime;
using NudgeBot.Nudging;

namespace NudgeBot.Forecasting;

/// <summary>A message on its way: sent already, or foreseen.</summary>
readonly record struct SentMessage(int CampaignId, LocalDate On, Instant At);

/// <summary>A message of which something is foreseen.</summary>
sealed record Foreseen(CampaignAhead Campaign, OpenNudge Nudge, Forecast Forecast)
{
    public LocalDate On => Nudge.Candidate.Schedule.DateOf(Forecast.At);
}

/// <summary>Counts which campaigns' messages the caps keep apart from those of the one that was asked for.</summary>
sealed class CollisionTally(CampaignAhead asked, Instant now)
{
    sealed class Counts
    {
        public int Moved, Lost, MovedThere, LostThere;
    }

    readonly Dictionary<string, Counts> byKey = [];

    /// <param name="sentBefore">Of late, by whatever campaign.</param>
    /// <param name="keyOf">By campaign id; null for campaigns that have ended.</param>
    public void Add(IReadOnlyList<Foreseen> foreseen, IReadOnlyList<SentMessage> sentBefore, Func<int, string?> keyOf)
    {
        List<SentMessage>? sent = null;
        foreach (var one in foreseen)
        {
            if (CappedAt(one) is not { } at) continue;
            var lost = one.Forecast.Final is Decision.Skip { Reason: var reason } && reason == Words.Of(HoldReason.Capped);
            if (!lost && one.Forecast.Final is not Decision.Send) continue;
            sent ??= [.. sentBefore, .. foreseen.Where(other => other.Forecast.Final is Decision.Send).Select(other => new SentMessage(other.Campaign.Journey.CampaignId, other.On, other.Forecast.At))];
            var isAsked = one.Campaign.Key == asked.Key;
            var inTheWay = InTheWay(one, at, sent).Select(keyOf).OfType<string>().Where(key => key != one.Campaign.Key).Distinct();
            foreach (var key in isAsked ? inTheWay : inTheWay.Where(key => key == asked.Key)) Count(isAsked ? key : one.Campaign.Key, isAsked, lost);
        }
    }

    public IReadOnlyList<Collision> Result() =>
    [
        .. byKey.OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => new Collision(one.Key, one.Value.Moved, one.Value.Lost, one.Value.MovedThere, one.Value.LostThere)),
    ];

    /// <summary>When it first met a cap; null: never.</summary>
    Instant? CappedAt(Foreseen one)
    {
        var holds = one.Forecast.Holds;
        for (var i = 0; i < holds.Count; i++)
            if (holds[i].Reason == HoldReason.Capped) return i == 0 ? Instant.Max(now, one.Nudge.PlannedAt) : holds[i - 1].Until;
        return null;
    }

    /// <summary>The campaigns whose messages fill the cap: those of the same date, else those of the seven dates that are full.</summary>
    static IEnumerable<int> InTheWay(Foreseen one, Instant at, List<SentMessage> sent)
    {
        var today = one.Nudge.Candidate.Schedule.DateOf(at);
        var before = sent.FindAll(message => message.At <= at && message.On >= today.PlusDays(-Caps.DatesAround));
        var sameDate = before.FindAll(message => message.On == today);
        return (sameDate.Count > 0 ? sameDate : before).Select(message => message.CampaignId);
    }

    void Count(string key, bool isAsked, bool lost)
    {
        if (!byKey.TryGetValue(key, out var counts)) byKey[key] = counts = new Counts();
        if (isAsked && lost) counts.Lost++;
        else if (isAsked) counts.Moved++;
        else if (lost) counts.LostThere++;
        else counts.MovedThere++;
    }
}
