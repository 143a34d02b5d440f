using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Enrollment;

namespace NudgeBot.Nudging;

/// <summary>The way of one enrollment through its journey: what is written already, and the moments of what the planner has still to write.</summary>
/// <param name="Facts">Null while waiting for the rollout.</param>
sealed record Course(OutlookRows.Enrolled Enrolled, DueRow? Facts, Journey Journey, Schedule Schedule)
{
    /// <summary>Nothing of the holdout is ever decided.</summary>
    public IEnumerable<OpenNudge> Open(IEnumerable<OutlookRows.Nudge> nudges) =>
        Facts is null || Enrolled.Arm == Words.Of(Arm.Holdout) ? [] : ToCome(nudges).Select(one => new OpenNudge(
            IdOf(one.Step), Enrolled.CampaignOrder,
            Facts.CandidateFor(one.Step, Journey, Schedule, one.LastChance, one.Reason), one.PlannedAt, one.DueAt));

    public IEnumerable<NextStep> StepsToCome(IEnumerable<OutlookRows.Nudge> nudges, IReadOnlyDictionary<NudgeId, Forecast> forecasts) =>
        ToCome(nudges).Select(one => new NextStep(
            one.Step.Key, one.Step.Kind, one.Step.Day, one.PlannedOn, one.PlannedAt, one.DueAt,
            Words.TryParse<HoldReason>(one.Reason, out var held) ? held : null,
            MomentReason.Of(Schedule, one.Step, Enrolled.DayZero!.Value, one.Previous, one.PlannedAt),
            one.Step.ConditionInWords(), forecasts.GetValueOrDefault(IdOf(one.Step))));

    NudgeId IdOf(Step step) => new(Enrolled.Id, Journey.StepIds[step.Key]);

    /// <summary>What is pending, then what the planner will write: each step after the date of the one before.</summary>
    IEnumerable<StepToCome> ToCome(IEnumerable<OutlookRows.Nudge> nudges)
    {
        if (Enrolled is not { DayZero: { } dayZero, FloorAt: { } floor }) yield break;
        var written = nudges.ToDictionary(row => row.StepId);
        var steps = Journey.Campaign.PersonalSteps;
        LocalDate? previous = null;
        for (var i = 0; i < Enrolled.NextStep; i++)
        {
            // The holdout has no rows.
            if (!written.TryGetValue(Journey.StepIds[steps[i].Key], out var row)) continue;
            if (row.DecidedAt is null) yield return new StepToCome(steps[i], previous, row.PlannedOn, row.PlannedAt, row.DueAt, row.LastChanceAt, row.Reason);
            previous = row.PlannedOn;
        }
        previous = Enrolled.LastPlannedOn;
        for (var i = (int)Enrolled.NextStep; i < steps.Count; i++)
        {
            var moment = Schedule.Plan(dayZero.PlusDays(steps[i].Day), steps[i].At, previous, floor);
            yield return new StepToCome(steps[i], previous, moment.Date, moment.At, moment.At, moment.LastChance, Reason: null);
            previous = moment.Date;
        }
    }

    sealed record StepToCome(
        Step Step, LocalDate? Previous, LocalDate PlannedOn, Instant PlannedAt, Instant DueAt, Instant LastChance, string? Reason);
}
