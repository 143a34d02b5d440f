using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Conversations;
using NudgeBot.Enrollment;

namespace NudgeBot.Nudging;

/// <summary>What is known of a person in one campaign, what became of their nudges, and what is still to come as things stand.</summary>
public sealed record Outlook
{
    public required string CampaignKey { get; init; }
    public required string CampaignName { get; init; }
    public required string ToolName { get; init; }
    public required CampaignState CampaignState { get; init; }
    public required bool CampaignPaused { get; init; }
    public required bool OrganizationPaused { get; init; }
    /// <summary>The workspace in which nudges reach the person.</summary>
    public required bool WorkspacePaused { get; init; }

    public required EnrollmentState State { get; init; }
    /// <summary>Null while waiting, as are entry, variant and day 0.</summary>
    public required Arm? Arm { get; init; }
    /// <summary>Before day 0 begins: what it would be by what is known now.</summary>
    public required Entry? Entry { get; init; }
    public required string? Variant { get; init; }
    public required LocalDate? DayZero { get; init; }
    /// <summary>The person's local date.</summary>
    public required LocalDate Today { get; init; }
    public required DateTimeZone Zone { get; init; }

    public required int UnansweredInARow { get; init; }
    /// <summary>The campaign's; null: never.</summary>
    public required int? BackOff { get; init; }
    public required bool OptedOut { get; init; }
    /// <summary>Null also where it is over.</summary>
    public required Instant? SnoozedUntil { get; init; }
    public required LocalDate? LeftOn { get; init; }

    /// <summary>Whether telemetry counts for this person, or what is self-reported.</summary>
    public required bool UseIsTelemetry { get; init; }
    /// <summary>The dates with use since day 0 that conditions go by, in order.</summary>
    public required IReadOnlyList<LocalDate> UsedOn { get; init; }
    /// <summary>Also before day 0, as far back as conditions look.</summary>
    public required LocalDate? LastUse { get; init; }

    /// <summary>In the order in which they were decided.</summary>
    public required IReadOnlyList<PastNudge> Past { get; init; }
    /// <summary>In the order in which they are due; of the holdout too, whose steps go by without a message.</summary>
    public required IReadOnlyList<NextStep> Next { get; init; }

    public bool Paused => CampaignPaused || OrganizationPaused || WorkspacePaused;

    /// <summary>Negative before day 0.</summary>
    public int? DayNumber => DayZero is { } day ? Period.DaysBetween(day, Today) : null;

    public Standing Standing => CampaignState == CampaignState.Ended ? Standing.Ended : State switch
    {
        EnrollmentState.Waiting => Standing.Waiting,
        EnrollmentState.Active or EnrollmentState.Done when Arm == Enrollment.Arm.Holdout => Standing.HeldOut,
        EnrollmentState.Active => Standing.UnderWay,
        EnrollmentState.Done => Standing.Done,
    };
}

/// <summary>Whether anything is still to be sent, and why not.</summary>
public enum Standing { Waiting, HeldOut, UnderWay, Done, Ended }

public static class Standings
{
    public static string InWords(this Standing standing) => standing switch
    {
        Standing.Waiting => "waiting for the rollout",
        Standing.HeldOut => "in the holdout: measured, and sent nothing",
        Standing.UnderWay => "under way",
        Standing.Done => "done: nothing is left to be sent",
        Standing.Ended => "the campaign has ended: nothing more is sent",
    };
}

/// <summary>A nudge of which something was decided.</summary>
/// <param name="Reason">A word of <see cref="SkipReason"/>, <see cref="HoldReason"/>, <see cref="FailReason"/> or <see cref="OtherReason"/>; null where it was simply sent.</param>
public sealed record PastNudge(
    string StepKey, StepKind Kind, int Day, Instant PlannedAt, Instant DecidedAt, Outcome Outcome, string? Reason, IReadOnlyList<GivenAnswer> Answers)
{
    public string InWords() => Reason is null ? Words.Of(Outcome) : $"{Words.Of(Outcome)}: {Reason}";
}

/// <summary>That something was answered. What was said is the person's own and not among it; the kind is for their own eyes, and for people who are invented.</summary>
/// <param name="At">Null for a pulse, which is anonymous: only that it was answered.</param>
public sealed record GivenAnswer(ResponseKind Kind, Instant? At);

/// <summary>A step that is still to come.</summary>
/// <param name="PlannedOn">The person's local date of <paramref name="PlannedAt"/>, as it was planned.</param>
/// <param name="DueAt">When it is looked at next: the planned moment, or later where something holds it. It may have passed: then it is due now.</param>
/// <param name="HeldBy">What has held it until now.</param>
/// <param name="Condition">In words; empty: for everybody, always.</param>
/// <param name="Forecast">
/// Conditions look at the dates before their own moment, which may lie in the future: dates that are not over count as without use. Null
/// in the holdout.
/// </param>
public sealed record NextStep(
    string StepKey, StepKind Kind, int Day, LocalDate PlannedOn, Instant PlannedAt, Instant DueAt, HoldReason? HeldBy, MomentReason Why, string Condition,
    Forecast? Forecast);
