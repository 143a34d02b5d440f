using NodaTime;
using NudgeBot.Conversations;

namespace NudgeBot.Nudging;

/// <summary>One person's rows, all of the same moment; as the database gives them.</summary>
sealed record OutlookRows(
    IReadOnlyList<OutlookRows.Enrolled> Enrollments, ILookup<long, OutlookRows.Nudge> Nudges, ILookup<NudgeId, GivenAnswer> Answers,
    IReadOnlyDictionary<long, DueRow> Facts)
{
    public sealed record Enrolled
    {
        public long Id { get; init; }
        public string Key { get; init; } = "";
        public string Name { get; init; } = "";
        public string CampaignState { get; init; } = "";
        public bool CampaignPaused { get; init; }
        public bool OrganizationPaused { get; init; }
        public bool WorkspacePaused { get; init; }
        /// <summary>The place of the campaign's key among the person's, as the database orders them.</summary>
        public int CampaignOrder { get; init; }
        public int JourneyVersionId { get; init; }
        public string State { get; init; } = "";
        public string? Arm { get; init; }
        public string? Entry { get; init; }
        public string? Variant { get; init; }
        public LocalDate? DayZero { get; init; }
        public short NextStep { get; init; }
        public LocalDate? LastPlannedOn { get; init; }
        public Instant? FloorAt { get; init; }
        public string TimeZone { get; init; } = "";
        public string? Country { get; init; }
        public Instant? OptedOutAt { get; init; }
        public Instant? SnoozedUntil { get; init; }
        public LocalDate? LeftOn { get; init; }
        public bool ByTelemetry { get; init; }
    }

    public sealed record Nudge
    {
        public long EnrollmentId { get; init; }
        public int StepId { get; init; }
        public LocalDate PlannedOn { get; init; }
        public Instant PlannedAt { get; init; }
        public Instant DueAt { get; init; }
        public Instant LastChanceAt { get; init; }
        public Instant? DecidedAt { get; init; }
        public string Outcome { get; init; } = "";
        public string? Reason { get; init; }

        public NudgeId Id => new(EnrollmentId, StepId);
    }

    public sealed record Response
    {
        public long EnrollmentId { get; init; }
        public int StepId { get; init; }
        public string Kind { get; init; } = "";
        public Instant At { get; init; }
    }
}
