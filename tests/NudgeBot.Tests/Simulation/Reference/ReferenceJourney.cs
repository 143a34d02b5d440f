using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Nudging;

namespace NudgeBot.Tests.Simulation.Reference;

/// <summary>One personal step for one person, and what became of it.</summary>
sealed class ReferenceNudge
{
    public required Step Step { get; init; }
    public required DateOnly PlannedDate { get; init; }
    public required Instant PlannedMoment { get; init; }
    /// <summary>The window's end on the third working day after the planned date.</summary>
    public required Instant LastChance { get; init; }
    public required Instant NextTry { get; set; }
    public Outcome Outcome { get; set; } = Outcome.Pending;
    /// <summary>While pending: what held the last try.</summary>
    public string Reason { get; set; } = "";
    public Instant? DecidedAt { get; set; }
}

/// <summary>
/// One person's way through the campaign, in the order of time: docs/campaigns.md. People do not touch each other (nothing
/// is throttled), so each is run alone. The holdout has its nudges planned, but nothing is ever decided.
/// </summary>
sealed class ReferenceJourney
{
    readonly ReferenceEnrollment enrollment;
    readonly Campaign campaign;
    readonly DateOnly lastDate;
    readonly ILookup<string, ReferenceAnswer> answersByStep;
    readonly List<(Instant Due, AnswerWord Word)> answersToCome = [];
    readonly List<DateOnly> datesSent = [];
    bool hasOptedOut;
    bool hasAnswered;
    int sentSinceLastResponse;
    Instant? snoozedUntil;

    /// <summary>All personal steps, those planned after the simulation's end too.</summary>
    public IReadOnlyList<ReferenceNudge> Nudges { get; }

    /// <param name="lastDate">Nothing is decided, and nobody answers, on a later local date.</param>
    /// <param name="answers">This person's.</param>
    public ReferenceJourney(ReferenceEnrollment enrollment, Campaign campaign, DateOnly lastDate, IEnumerable<ReferenceAnswer> answers)
    {
        this.enrollment = enrollment;
        this.campaign = campaign;
        this.lastDate = lastDate;
        answersByStep = answers.ToLookup(answer => answer.Step);
        Nudges = Plan();
    }

    public bool IsCovered(ReferenceNudge nudge) => nudge.PlannedDate <= lastDate;

    /// <summary>For the holdout: every planned moment has passed.</summary>
    public bool IsDone => enrollment.IsNudged
        ? Nudges.All(nudge => nudge.Outcome != Outcome.Pending)
        : Nudges.All(IsCovered);

    List<ReferenceNudge> Plan()
    {
        var nudges = new List<ReferenceNudge>();
        var inOrder = campaign.Steps.Where(step => step.Kind != StepKind.Wins).OrderBy(step => step.Day);
        foreach (var step in inOrder)
        {
            var date = enrollment.DayZero.AddDays(step.Day);
            if (nudges.Count > 0 && date <= nudges[^1].PlannedDate) date = nudges[^1].PlannedDate.AddDays(1);
            date = enrollment.WorkingDays.FirstFrom(date);

            var thirdWorkingDay = date;
            for (var i = 0; i < 3; i++) thirdWorkingDay = enrollment.WorkingDays.NextAfter(thirdWorkingDay);

            var moment = LocalMoments.At(date, step.At, enrollment.Zone);
            nudges.Add(new ReferenceNudge
            {
                Step = step,
                PlannedDate = date,
                PlannedMoment = moment,
                LastChance = LocalMoments.At(thirdWorkingDay, campaign.Window.To, enrollment.Zone),
                NextTry = moment,
            });
        }
        return nudges;
    }

    public void Run()
    {
        if (enrollment.DayZero <= lastDate) enrollment.FixEntry();
        if (!enrollment.IsNudged) return;

        while (true)
        {
            var open = Nudges.Where(n => n.Outcome == Outcome.Pending && DateOf(n.NextTry) <= lastDate).ToList();
            if (open.Count == 0) break;
            var now = open.Min(n => n.NextTry);
            TakeAnswersUntil(now);
            foreach (var nudge in open.Where(n => n.NextTry == now).OrderBy(n => n.PlannedMoment))
            {
                Try(nudge, now);
                // An answer after 0 minutes is given before the next nudge of the same instant is looked at.
                TakeAnswersUntil(now);
            }
        }
        TakeAnswersUntil(Instant.MaxValue);
    }

    void Try(ReferenceNudge nudge, Instant now)
    {
        var today = DateOf(now);
        var step = nudge.Step;
        var isForEntry = step.Entries.Count == 0 || step.Entries.Contains(enrollment.Entry!.Value);
        var conditionHolds = step.OnlyIf is null || IsTrue(step.OnlyIf, now);

        SkipReason? final = null;
        if (enrollment.HasLeftBy(today)) final = SkipReason.Ended;
        else if (hasOptedOut) final = SkipReason.OptedOut;
        else if (!isForEntry || (!conditionHolds && step.Otherwise is null)) final = SkipReason.ConditionFalse;
        else if (!step.Essential && sentSinceLastResponse >= campaign.BackOff) final = SkipReason.BackedOff;
        if (final is { } reason)
        {
            Settle(nudge, now, Outcome.Skipped, Words.Of(reason));
            return;
        }

        HoldReason? hold = null;
        if (now < snoozedUntil) hold = HoldReason.Snoozed;
        else if (IsCapped(today)) hold = HoldReason.Capped;
        if (now >= nudge.LastChance)
        {
            Settle(nudge, now, Outcome.Skipped, hold is { } held ? Words.Of(held) : OtherReason.Expired);
            return;
        }
        if (hold is { } waiting)
        {
            var next = waiting == HoldReason.Snoozed
                ? FirstAllowedMomentFrom(snoozedUntil!.Value)
                : LocalMoments.At(enrollment.WorkingDays.NextAfter(today), step.At, enrollment.Zone);
            nudge.NextTry = next < nudge.LastChance ? next : nudge.LastChance;
            nudge.Reason = Words.Of(waiting);
            return;
        }

        Settle(nudge, now, Outcome.Sent, conditionHolds ? "" : OtherReason.Alternative);
        datesSent.Add(today);
        sentSinceLastResponse++;
        foreach (var answer in answersByStep[step.Key])
            answersToCome.Add((now + Duration.FromMinutes(answer.AfterMinutes), answer.Answer));
    }

    static void Settle(ReferenceNudge nudge, Instant now, Outcome outcome, string reason)
    {
        nudge.Outcome = outcome;
        nudge.Reason = reason;
        nudge.DecidedAt = now;
    }

    /// <summary>One on a local date, three on any seven consecutive ones. Nothing is sent ahead of time, so the seven that end today decide.</summary>
    bool IsCapped(DateOnly today) =>
        datesSent.Contains(today) || datesSent.Count(date => date >= today.AddDays(-6)) >= 3;

    Instant FirstAllowedMomentFrom(Instant from)
    {
        var date = enrollment.WorkingDays.FirstFrom(DateOf(from));
        while (true)
        {
            var opening = LocalMoments.At(date, campaign.Window.From, enrollment.Zone);
            var closing = LocalMoments.At(date, campaign.Window.To, enrollment.Zone);
            if (from <= opening) return opening;
            if (from < closing) return from;
            date = enrollment.WorkingDays.NextAfter(date);
        }
    }

    void TakeAnswersUntil(Instant now)
    {
        foreach (var answer in answersToCome.Where(a => a.Due <= now).OrderBy(a => a.Due).ToList())
        {
            answersToCome.Remove(answer);
            var date = DateOf(answer.Due);
            if (date > lastDate) continue;
            hasAnswered = true;
            sentSinceLastResponse = 0;
            switch (answer.Word)
            {
                case AnswerWord.Worked or AnswerWord.NotUseful:
                    enrollment.SelfReports.Add(date);
                    break;
                case AnswerWord.Snooze:
                    snoozedUntil = LocalMoments.Midnight(date.AddDays(7), enrollment.Zone);
                    break;
                case AnswerWord.Stop:
                    hasOptedOut = true;
                    break;
                case AnswerWord.NotYet or AnswerWord.Blocked or AnswerWord.Text:
                    break;
                default:
                    throw new InvalidOperationException($"{answer.Word} is not handled.");
            }
        }
    }

    bool IsTrue(Condition condition, Instant now) => condition switch
    {
        Condition.UsedSinceDayZero => DatesUsed(enrollment.DayZero, now) > 0,
        Condition.AnsweredEarlier => hasAnswered,
        Condition.UsedFewerThan c => DatesUsed(DateOf(now).AddDays(-c.Dates), now) < c.Times,
        Condition.Any c => c.Of.Any(one => IsTrue(one, now)),
        Condition.All c => c.Of.All(one => IsTrue(one, now)),
        _ => throw new InvalidOperationException($"{condition.GetType().Name} is not for a person."),
    };

    /// <summary>How many dates with use, known now, lie between <paramref name="first"/> and yesterday, both included.</summary>
    int DatesUsed(DateOnly first, Instant now) =>
        enrollment.UseKnownAt(now).Where(date => date >= first && date < DateOf(now)).Distinct().Count();

    DateOnly DateOf(Instant instant) => LocalMoments.DateOf(instant, enrollment.Zone);
}
