using System.Data;
using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Conversations;
using NudgeBot.Enrollment;
using NudgeBot.Usage;

namespace NudgeBot.Nudging;

/// <summary>
/// Tells what the engine knows of somebody, and what it would do as things stand. Reads only. Everything is decided by what the engine
/// itself goes by: the facts of <see cref="DueNudges"/>, the moments of <see cref="Schedule"/>, the rules of <see cref="Decision"/>.
/// </summary>
public sealed class Outlooks(NpgsqlDataSource database, Journeys journeys, Schedules schedules, ProductClock clock)
{
    /// <returns>One for each enrollment: campaigns that have not ended first, the latest day 0 first.</returns>
    public async Task<IReadOnlyList<Outlook>> OfAsync(int organizationId, long personId, CancellationToken cancellation = default)
    {
        var now = clock.Now;
        var rows = await ReadAsync(organizationId, personId, now, cancellation);
        var courses = new List<Course>(rows.Enrollments.Count);
        foreach (var enrolled in rows.Enrollments)
        {
            var journey = await journeys.GetAsync(organizationId, enrolled.JourneyVersionId, cancellation);
            courses.Add(new Course(enrolled, rows.Facts.GetValueOrDefault(enrolled.Id), journey, schedules.For(enrolled.TimeZone, enrolled.Country, journey.Campaign.Window)));
        }
        var forecasts = Foresight.Of([.. courses.SelectMany(course => course.Open(rows.Nudges[course.Enrolled.Id]))], now);
        return [.. courses.Select(course => OutlookOf(course, rows, forecasts, now))];
    }

    /// <summary>
    /// The next moment at which a step of this person is due, in whichever campaign: the least <see cref="NextStep.DueAt"/>, a past one if it
    /// is due now. Null: nothing is left. In the holdout steps have their moments too, and go by without a message.
    /// </summary>
    public async Task<Instant?> NextForAsync(int organizationId, long personId, CancellationToken cancellation = default) =>
        (await OfAsync(organizationId, personId, cancellation)).SelectMany(outlook => outlook.Next).Min(step => (Instant?)step.DueAt);

    async Task<OutlookRows> ReadAsync(int organizationId, long personId, Instant now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        // One moment for all: between two statements the planner may turn a step to come into a nudge.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await using var read = await connection.QueryMultipleAsync($"""
            {OutlookRows.EnrolledSql} order by c.state = 'ended', e.day_zero desc nulls last, e.id desc;

            {OutlookRows.NudgesSql} order by n.planned_at, n.decided_at;

            select enrollment_id, step_id, kind, at from responses
            where organization_id = @organizationId and person_id = any(@personIds) and enrollment_id is not null and step_id is not null
            order by at, id;
            """, new { organizationId, personIds = new[] { personId } }, transaction);
        var enrolled = (await read.ReadAsync<OutlookRows.Enrolled>()).AsList();
        var nudges = (await read.ReadAsync<OutlookRows.Nudge>()).ToLookup(row => row.EnrollmentId);
        var answers = (await read.ReadAsync<OutlookRows.Response>()).ToLookup(
            row => new NudgeId(row.EnrollmentId, row.StepId), row => new GivenAnswer(Words.Parse<ResponseKind>(row.Kind), row.At));

        var reached = enrolled.FindAll(row => row.DayZero is not null);
        var facts = reached.Count == 0 ? [] : await DueNudges.RowsAsync(connection, transaction, organizationId, [.. reached.Select(row => row.Id)], now);
        return new OutlookRows(enrolled, nudges, answers, facts.ToDictionary(
            row => reached[(int)row.Number - 1].Id, row => row with { Entry = reached[(int)row.Number - 1].Entry! }));
    }

    static Outlook OutlookOf(Course course, OutlookRows rows, IReadOnlyDictionary<NudgeId, Forecast> forecasts, Instant now)
    {
        var (enrolled, campaign) = (course.Enrolled, course.Journey.Campaign);
        var nudges = rows.Nudges[enrolled.Id];
        var used = course.Facts?.Use.Dates().ToList() ?? [];
        return new Outlook
        {
            CampaignKey = enrolled.Key,
            CampaignName = enrolled.Name,
            ToolName = campaign.ToolName,
            CampaignState = Words.Parse<CampaignState>(enrolled.CampaignState),
            CampaignPaused = enrolled.CampaignPaused,
            OrganizationPaused = enrolled.OrganizationPaused,
            WorkspacePaused = enrolled.WorkspacePaused,
            State = Words.Parse<EnrollmentState>(enrolled.State),
            Arm = enrolled.Arm is { } arm ? Words.Parse<Arm>(arm) : null,
            Entry = enrolled.Entry is { } entry ? Words.Parse<Entry>(entry) : null,
            Variant = enrolled.Variant,
            DayZero = enrolled.DayZero,
            Today = course.Schedule.DateOf(now),
            Zone = course.Schedule.Zone,
            UnansweredInARow = course.Facts?.Unanswered ?? 0,
            BackOff = campaign.BackOff,
            OptedOut = enrolled.OptedOutAt is not null,
            SnoozedUntil = enrolled.SnoozedUntil > now ? enrolled.SnoozedUntil : null,
            LeftOn = enrolled.LeftOn,
            UseIsTelemetry = enrolled.ByTelemetry,
            UsedOn = used.FindAll(date => date >= enrolled.DayZero),
            LastUse = used.Count > 0 ? used[^1] : null,
            Past = [.. nudges.Where(row => row.DecidedAt is not null).OrderBy(row => row.DecidedAt).Select(row => PastOf(course.Journey.StepWith(row.StepId), row, rows.Answers[row.Id]))],
            Next = [.. course.StepsToCome(nudges, forecasts).OrderBy(step => step.DueAt).ThenBy(step => step.PlannedAt)],
        };
    }

    static PastNudge PastOf(Step step, OutlookRows.Nudge row, IEnumerable<GivenAnswer> answers) => new(
        step.Key, step.Kind, step.Day, row.PlannedAt, row.DecidedAt!.Value, Words.Parse<Outcome>(row.Outcome), row.Reason,
        [.. step.Kind == StepKind.Pulse ? answers.Select(OfPulse).Distinct() : answers]);

    /// <summary>A worry is logged as words: also that there was one is nobody's business.</summary>
    static GivenAnswer OfPulse(GivenAnswer answer) =>
        answer.Kind is ResponseKind.Pulse or ResponseKind.Text ? new GivenAnswer(ResponseKind.Pulse, At: null) : answer;
}
