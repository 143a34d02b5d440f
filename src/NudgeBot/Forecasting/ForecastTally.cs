using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Enrollment;
using NudgeBot.Nudging;
using NudgeBot.People;
using NudgeBot.TeamPosts;

namespace NudgeBot.Forecasting;

/// <summary>Lets time pass for one person after the other, and counts what becomes of the campaign that was asked for.</summary>
/// <param name="to">The last local date of everybody that counts.</param>
/// <param name="each">Is told of each message, in the order of the people.</param>
sealed class ForecastTally(CampaignAhead asked, Instant now, LocalDate to, Action<ForeseenMessage>? each)
{
    readonly Dictionary<string, StepTally> steps = asked.Journey.Campaign.Steps.ToDictionary(step => step.Key, step => new StepTally(step.Key, step.IsForTeams));
    readonly Dictionary<(int WorkspaceId, Instant At, Instant WindowEnd), int> load = [];
    readonly Dictionary<int, int> peopleByMessages = [];
    readonly List<Unreached> unreached = [];
    readonly CollisionTally collisions = new(asked, now);
    readonly LiftTally lift = new();
    readonly Dictionary<TeamMembers, int> members = [];
    int inAudience, nudged, heldOut, waiting, lookedFor, mostInSevenDates;

    public void Add(Traveller one)
    {
        inAudience++;
        var (person, courses) = one;
        if (courses.FirstOrDefault(course => course.Campaign.Key == asked.Key)?.Course is not { } own) return;
        if (own.Enrolled.DayZero is not { } dayZero)
        {
            waiting++;
            return;
        }
        var arm = Words.Parse<Arm>(own.Enrolled.Arm!);
        lift.Add(arm, dayZero, person.LeftOn);
        if (arm == Arm.Holdout)
        {
            heldOut++;
            return;
        }
        nudged++;
        CountAsMember(person, dayZero);
        CountIfUnreached(person, own);
        LetTimePass(person, courses, own.Schedule);
    }

    public void Add(ForeseenMessage post, bool wasHeld, int? workspaceId, Instant windowEnd)
    {
        each?.Invoke(post);
        steps[post.StepKey].Add(post, wasHeld);
        if (post.Outcome == Outcome.Sent) CountLoad(workspaceId!.Value, post.At!.Value, windowEnd);
    }

    public ForecastPeople People => new(inAudience, nudged, heldOut, waiting);
    public IReadOnlyList<StepForecast> Steps => [.. steps.Values.Select(step => step.Result())];
    public IReadOnlyList<Unreached> Unreached => [.. unreached.OrderBy(one => one.Email, StringComparer.Ordinal)];
    public int LookedFor => lookedFor;
    public IReadOnlyList<Collision> Collisions => collisions.Result();
    public LiftTally Lift => lift;
    public IEnumerable<TeamMembers> Members => members.Select(one => one.Key with { Members = one.Value });
    public ILookup<int, Burst> Load => load.ToLookup(one => one.Key.WorkspaceId, one => new Burst(one.Key.At, one.Key.WindowEnd, one.Value));

    public MessagesPerPerson Messages => new(Quantile(0.5), Quantile(0.9), peopleByMessages.Keys.DefaultIfEmpty().Max(), mostInSevenDates);

    void LetTimePass(PersonAhead person, IReadOnlyList<CourseAhead> courses, Schedule schedule)
    {
        var open = new List<(CampaignAhead Campaign, OpenNudge Nudge)>();
        foreach (var one in courses)
            foreach (var nudge in one.Course.Open(one.Pending)) open.Add((one.Campaign, nudge));
        var forecasts = Foresight.Of(open.ConvertAll(one => one.Nudge), now, reached: person.Refusal is null);
        var foreseen = open.ConvertAll(one => new Foreseen(one.Campaign, one.Nudge, forecasts[one.Nudge.Id]));

        var end = schedule.StartOf(to.PlusDays(1));
        var own = 0;
        var sentOn = new List<LocalDate>();
        foreach (var one in foreseen)
        {
            var isOwn = one.Campaign.Key == asked.Key;
            var message = MessageOf(person, one, end);
            if (isOwn)
            {
                each?.Invoke(message);
                StepOf(one.Nudge.Candidate.Step).Add(message, one.Forecast.Holds.Count > 0);
            }
            if (message.Outcome != Outcome.Sent) continue;
            sentOn.Add(one.On);
            if (!isOwn) continue;
            own++;
            CountLoad(person.WorkspaceId!.Value, one.Forecast.At, one.Nudge.Candidate.Schedule.At(one.On, one.Nudge.Candidate.Schedule.Window.To));
        }
        peopleByMessages[own] = peopleByMessages.GetValueOrDefault(own) + 1;
        foreach (var first in sentOn)
            mostInSevenDates = Math.Max(mostInSevenDates, sentOn.Count(date => date >= first && date < first.PlusDays(7)));
        if (courses.Count > 1) collisions.Add(person, foreseen);
    }

    static ForeseenMessage MessageOf(PersonAhead person, Foreseen one, Instant end)
    {
        var (outcome, reason) = one.Forecast.At >= end ? (Outcome.Pending, null) : one.Forecast.Final.Match(
            send => person.Refusal is { } refusal ? (Outcome.Failed, Words.Of(refusal)) : (Outcome.Sent, send.Alternative ? OtherReason.Alternative : null),
            skip => (Outcome.Skipped, skip.Reason),
            hold => throw new InvalidOperationException("A hold is not final."));
        return new ForeseenMessage(
            person.Email, one.Nudge.Candidate.Step.Key, one.Nudge.PlannedAt, outcome, reason, outcome == Outcome.Pending ? null : one.Forecast.At);
    }

    /// <summary>Those who are under way may have steps that the newest version has no more.</summary>
    StepTally StepOf(Step step)
    {
        if (!steps.TryGetValue(step.Key, out var tally)) steps[step.Key] = tally = new StepTally(step.Key, step.IsForTeams);
        return tally;
    }

    void CountAsMember(PersonAhead person, LocalDate dayZero)
    {
        if (person.Team.Length == 0) return;
        var alike = new TeamMembers { Team = person.Team, TimeZone = person.TimeZone, Country = person.Country, LeftOn = person.LeftOn, DayZero = dayZero };
        members[alike] = members.GetValueOrDefault(alike) + 1;
    }

    void CountIfUnreached(PersonAhead person, Course own)
    {
        if (person.OptedOutAt is not null || person.LeftOn <= own.Schedule.DateOf(now)) return;
        if ((person.Unreached ?? (person.ZoneIsKnown ? null : PreflightText.NoZone)) is { } reason) unreached.Add(new Unreached(person.Email, reason));
        if (person.IsLookedFor) lookedFor++;
    }

    void CountLoad(int workspaceId, Instant at, Instant windowEnd)
    {
        var key = (workspaceId, at, windowEnd);
        load[key] = load.GetValueOrDefault(key) + 1;
    }

    /// <summary>So many messages, or fewer, that share of the nudged get.</summary>
    int Quantile(double share)
    {
        var seen = 0;
        foreach (var (messages, people) in peopleByMessages.OrderBy(one => one.Key))
            if ((seen += people) >= share * nudged) return messages;
        return 0;
    }
}
