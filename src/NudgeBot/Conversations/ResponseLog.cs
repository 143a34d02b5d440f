using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Nudging;

namespace NudgeBot.Conversations;

/// <summary>What one answer writes.</summary>
/// <param name="About">The nudge that was answered; null for what was said unasked.</param>
sealed record Answer(ResponseKind Kind, Instant At, NudgeId? About = null, string? Value = null, int? Minutes = null)
{
    public string? Tool { get; init; }
    /// <summary>The local date of a self-reported use of the tool.</summary>
    public LocalDate? UsedOn { get; init; }
    public Instant? SnoozedUntil { get; init; }
}

/// <summary>
/// Logs answers. One statement: the response, that the person was heard, the self-reported use and its bits, a snooze, a stop, or that
/// what was snoozed is due again, are written together or not at all. The same answer to the same nudge is one response, however often it is given.
/// </summary>
sealed class ResponseLog(NpgsqlConnection connection)
{
    /// <returns>Whether this is the first answer of its kind to this nudge.</returns>
    public async Task<bool> WriteAsync(Sender from, Answer answer, CancellationToken cancellation)
    {
        return await connection.QuerySingleAsync<bool>("""
            with heard as (
              update persons
              set heard_at = greatest(heard_at, @at),
                  snoozed_until = case when @kind = 'resume' then null else coalesce(@snoozedUntil, snoozed_until) end,
                  opted_out_at = case @kind when 'stop' then coalesce(opted_out_at, @at) when 'resume' then null else opted_out_at end
              where organization_id = @organizationId and id = @personId),
            woken as (
              update nudges set due_at = @at
              where @kind = 'resume' and organization_id = @organizationId and person_id = @personId
                and outcome = 'pending' and reason = 'snoozed' and leased_until is null and due_at > @at),
            used as (
              insert into usage_days (organization_id, person_id, tool, day, source, learned_at)
              select @organizationId, @personId, @tool, @usedOn, 'self', @at where @usedOn is not null
              on conflict do nothing),
            enrolled as (
              update enrollments e
              set answered_at = case when e.id = @enrollmentId then coalesce(e.answered_at, @at) else e.answered_at end,
                  self_before = case when d.day between -64 and -1 then e.self_before | 1::bigint << -d.day - 1 else e.self_before end,
                  self_days = case when d.day between 0 and 63 then e.self_days | 1::bigint << d.day else e.self_days end,
                  self_days_2 = case when d.day between 64 and 127 then e.self_days_2 | 1::bigint << d.day - 64 else e.self_days_2 end
              from (
                select x.id, case when c.tool = @tool then @usedOn - x.day_zero end as day
                from enrollments x join campaigns c on c.id = x.campaign_id
                where x.organization_id = @organizationId and x.person_id = @personId) d
              where e.id = d.id and e.organization_id = @organizationId and (e.id = @enrollmentId or d.day is not null))
            insert into responses (organization_id, person_id, enrollment_id, step_id, kind, value, minutes, at)
            values (@organizationId, @personId, @enrollmentId, @stepId, @kind, @value, @minutes, @at)
            on conflict (enrollment_id, step_id, kind) where kind not in ('text', 'used')
              do update set at = excluded.at, value = excluded.value, minutes = excluded.minutes
            returning xmax = 0
            """, new
        {
            from.OrganizationId,
            from.PersonId,
            kind = Words.Of(answer.Kind),
            answer.At,
            enrollmentId = answer.About?.EnrollmentId,
            stepId = answer.About?.StepId,
            answer.Value,
            answer.Minutes,
            answer.Tool,
            answer.UsedOn,
            answer.SnoozedUntil,
        });
    }
}
