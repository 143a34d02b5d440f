using NodaTime;
using NudgeBot.Nudging;

namespace NudgeBot.Forecasting;

/// <summary>A message of which something is foreseen.</summary>
sealed record Foreseen(CampaignAhead Campaign, OpenNudge Nudge, Forecast Forecast)
{
    /// <summary>The person's local date on which it is decided.</summary>
    public LocalDate On => Nudge.Candidate.Schedule.DateOf(Forecast.At);
}

/// <summary>
/// Counts what the caps do to messages of two campaigns: for everybody who met a cap, time passes once more without the other campaign. What then comes
/// earlier was moved by it, what then is sent was lost to it.
/// </summary>
sealed class CollisionTally(CampaignAhead asked, Instant now)
{
    readonly Dictionary<string, Collision> byKey = [];

    /// <param name="foreseen">Of one person, in all campaigns.</param>
    public void Add(PersonAhead person, IReadOnlyList<Foreseen> foreseen)
    {
        if (!foreseen.Any(one => one.Forecast.Holds.Any(hold => hold.Reason == HoldReason.Capped))) return;
        var own = foreseen.Where(one => one.Campaign.Key == asked.Key).ToList();
        var withoutAsked = Without(asked, person, foreseen);
        foreach (var others in foreseen.Except(own).GroupBy(one => one.Campaign))
        {
            var (moved, lost) = Differences(own, Without(others.Key, person, foreseen));
            var (movedThere, lostThere) = Differences(others, withoutAsked);
            if (moved + lost + movedThere + lostThere == 0) continue;
            var until = byKey.GetValueOrDefault(others.Key.Key) ?? new Collision(others.Key.Key, 0, 0, 0, 0);
            byKey[others.Key.Key] = new Collision(
                until.CampaignKey, until.Moved + moved, until.Lost + lost, until.MovedThere + movedThere, until.LostThere + lostThere);
        }
    }

    public IReadOnlyList<Collision> Result() => [.. byKey.Values.OrderBy(one => one.CampaignKey, StringComparer.Ordinal)];

    IReadOnlyDictionary<NudgeId, Forecast> Without(CampaignAhead campaign, PersonAhead person, IReadOnlyList<Foreseen> foreseen) => Foresight.Of(
        [.. foreseen.Where(one => one.Campaign.Key != campaign.Key).Select(one => one.Nudge)], now, person.Refusal is null,
        person.SentOnBesides(campaign.Journey.CampaignId));

    static (int Moved, int Lost) Differences(IEnumerable<Foreseen> messages, IReadOnlyDictionary<NudgeId, Forecast> without)
    {
        var (moved, lost) = (0, 0);
        foreach (var one in messages)
        {
            var alone = without[one.Nudge.Id];
            if (alone.Final is not Decision.Send) continue;
            if (one.Forecast.Final is Decision.Skip { Reason: var reason } && reason == Words.Of(HoldReason.Capped)) lost++;
            else if (one.Forecast.Final is Decision.Send && one.Forecast.At > alone.At) moved++;
        }
        return (moved, lost);
    }
}
