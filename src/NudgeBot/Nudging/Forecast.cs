using NodaTime;

namespace NudgeBot.Nudging;

/// <summary>What becomes of a nudge as things stand: decided with what is known now, and nothing new until then.</summary>
/// <param name="Holds">What keeps it waiting between its moment and <paramref name="At"/>, in order.</param>
/// <param name="Final">A <see cref="Decision.Send"/> or a <see cref="Decision.Skip"/>.</param>
/// <param name="At">When that is decided.</param>
public sealed record Forecast(IReadOnlyList<Decision.Hold> Holds, Decision Final, Instant At)
{
    /// <param name="zone">For the times in it.</param>
    public string InWords(DateTimeZone zone) => string.Join("; ", Holds.Select(hold => InWords(hold, zone)).Append(Final.Match(
        send => send.Alternative ? "would be sent, with its other message" : "would be sent",
        skip => $"would be skipped: {skip.Reason}",
        hold => InWords(hold, zone))));

    static string InWords(Decision.Hold hold, DateTimeZone zone) =>
        $"held: {(hold.Reason is { } reason ? Words.Of(reason) : "outside the sending hours")} until {hold.Until.InZone(zone):uuuu-MM-dd HH:mm}";
}

/// <summary>A nudge of which nothing is decided, written or only planned.</summary>
/// <param name="CampaignOrder">The place of its campaign's key among the person's.</param>
sealed record OpenNudge(NudgeId Id, int CampaignOrder, Candidate Candidate, Instant PlannedAt, Instant DueAt);

/// <summary>
/// Lets the time of one person pass on paper. <see cref="Decision.On"/> decides, at the moments and in the order in which the dispatcher
/// asks it; what would be sent counts for the back-off and the caps of what comes later, as if the platform took it and nobody answered.
/// </summary>
static class Foresight
{
    /// <param name="open">All of the person's, over all campaigns.</param>
    /// <param name="reached">False: the platform refuses what is sent, and it counts for nothing.</param>
    /// <param name="sentBefore">The local dates of what counts for the caps; null: as the nudges have it.</param>
    public static IReadOnlyDictionary<NudgeId, Forecast> Of(
        IReadOnlyList<OpenNudge> open, Instant now, bool reached = true, IReadOnlyList<LocalDate>? sentBefore = null)
    {
        var forecasts = new Dictionary<NudgeId, Forecast>();
        var waiting = open.Select(nudge => new Waiting(nudge, now)).ToList();
        var sentOn = (sentBefore ?? open.FirstOrDefault()?.Candidate.SentOn ?? []).ToList();
        var unanswered = new Dictionary<long, int>();
        var time = now;
        while (waiting.Count > 0)
        {
            time = Instant.Max(time, waiting.Min(one => one.LookAt));
            var next = waiting.Where(one => one.LookAt <= time).MinBy(one => (one.Nudge.PlannedAt, one.Nudge.CampaignOrder))!;
            var (id, candidate) = (next.Nudge.Id, next.Nudge.Candidate);
            var sentSince = unanswered.GetValueOrDefault(id.EnrollmentId);
            var decision = Decision.On(candidate with { HeldBy = next.HeldBy, SentOn = sentOn, UnansweredInARow = candidate.UnansweredInARow + sentSince }, time);
            if (decision is Decision.Hold hold)
            {
                next.Hold(AskedAgain(hold, candidate, time));
                continue;
            }
            if (decision is Decision.Send && reached)
            {
                sentOn.Add(candidate.Schedule.DateOf(time));
                unanswered[id.EnrollmentId] = sentSince + 1;
            }
            forecasts.Add(id, new Forecast([.. next.Holds(time)], decision, time));
            waiting.Remove(next);
        }
        return forecasts;
    }

    /// <summary>While somebody's account is looked for, the engine asks every few minutes; on paper nothing but the date changes the answer.</summary>
    static Decision.Hold AskedAgain(Decision.Hold hold, Candidate candidate, Instant time) => candidate is { IsLookedFor: true, Paused: false }
        ? hold with { Until = Instant.Min(candidate.LastChance, candidate.Schedule.StartOf(candidate.Schedule.DateOf(time).PlusDays(1))) }
        : hold;

    sealed class Waiting(OpenNudge nudge, Instant now)
    {
        readonly List<Decision.Hold> holds = nudge.DueAt > nudge.PlannedAt && nudge.DueAt > now ? [new(nudge.Candidate.HeldBy, nudge.DueAt)] : [];
        Instant dueAt = nudge.DueAt;

        public OpenNudge Nudge => nudge;

        public HoldReason? HeldBy { get; private set; } = nudge.Candidate.HeldBy;

        /// <summary>Nobody looks at a workspace while its platform asks to wait.</summary>
        public Instant LookAt => nudge.Candidate.ThrottledUntil is { } limit ? Instant.Max(limit, dueAt) : dueAt;

        public void Hold(Decision.Hold hold)
        {
            holds.Add(hold);
            HeldBy = hold.Reason;
            dueAt = hold.Until;
        }

        /// <summary>With the platform's wait, which is nobody's decision.</summary>
        public IEnumerable<Decision.Hold> Holds(Instant decidedAt) =>
            nudge.Candidate.ThrottledUntil == decidedAt && dueAt < decidedAt ? holds.Append(new(HoldReason.Throttled, decidedAt)) : holds;
    }
}
