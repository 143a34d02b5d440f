using NodaTime;
using NudgeBot.Conversations;
using NudgeBot.Enrollment;
using NudgeBot.Usage;

namespace NudgeBot.Nudging;

/// <summary>People's rows, all of the same moment; as the database gives them.</summary>
sealed record OutlookRows(
    IReadOnlyList<OutlookRows.Enrolled> Enrollments, ILookup<long, OutlookRows.Nudge> Nudges, ILookup<NudgeId, GivenAnswer> Answers,
    IReadOnlyDictionary<long, DueRow> Facts)
{
    /// <summary>The <see cref="Enrolled"/> of <c>@personIds</c>.</summary>
    public const string EnrolledSql = $"""
        select e.id, e.person_id, c.key, c.name, c.state as campaign_state, c.paused as campaign_paused, o.paused as organization_paused,
               coalesce(w.paused, false) as workspace_paused, (dense_rank() over (order by c.key))::int as campaign_order,
               e.journey_version_id, e.state, e.arm, e.variant, e.rollout_bucket, e.day_zero, e.next_step, e.last_planned_on, e.floor_at,
               p.time_zone, p.country, p.opted_out_at, p.snoozed_until, p.left_on, {Measured.ByTelemetrySql} as by_telemetry,
               case when e.entry is not null or e.day_zero is null then e.entry else (
                 select {EntryFixer.EntrySql} from usage_days u where u.organization_id = e.organization_id and {EntryFixer.KnownSql}) end as entry
        from enrollments e
        join campaigns c on c.id = e.campaign_id
        join organizations o on o.id = e.organization_id
        join persons p on p.id = e.person_id
        left join accounts a on a.id = p.account_id
        left join workspaces w on w.id = a.workspace_id
        where e.organization_id = @organizationId and e.person_id = any(@personIds)
        """;

    /// <summary>The <see cref="Nudge"/>s of <c>@personIds</c>.</summary>
    public const string NudgesSql = """
        select n.enrollment_id, n.step_id, n.planned_on, n.planned_at, n.due_at, n.last_chance_at, n.decided_at, n.outcome, n.reason
        from enrollments e join nudges n on n.enrollment_id = e.id
        where e.organization_id = @organizationId and e.person_id = any(@personIds)
        """;

    public sealed record Enrolled
    {
        public long Id { get; init; }
        public long PersonId { get; init; }
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
        public short RolloutBucket { get; init; }
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
