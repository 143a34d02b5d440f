using Dapper;
using NodaTime;
using NudgeBot.Retention;
using NudgeBot.Usage;

namespace NudgeBot.Tests.Retention;

/// <summary>A campaign <c>measured</c> on a real database with these people, and their bitmaps made from their day rows by the product.</summary>
sealed class MeasuredCompany(Company company) : IAsyncDisposable
{
    public const string Campaign = "measured";

    public Company Company => company;

    public RetentionMeasure Retention => new(company.Source, company.Clock);

    public AdoptionMeasure Adoption => new(company.Source, company.Clock);

    /// <param name="completeTo">Of a feed; null: there is none.</param>
    public static async Task<MeasuredCompany> CreateAsync(IReadOnlyList<MeasuredPerson> people, LocalDate? completeTo, string now = "2026-12-31T12:00:00Z")
    {
        var company = await Company.CreateAsync(now);
        var measured = new MeasuredCompany(company);
        await measured.AddCampaignAsync();
        await measured.AddPeopleAsync(people);
        await measured.AddUseAsync(people);
        await measured.AddNudgesAsync(people);
        if (completeTo is { } date) await measured.AddFeedAsync("csv", date);
        await measured.MakeBitmapsAsync();
        return measured;
    }

    public Task AddFeedAsync(string format, LocalDate completeTo, string tool = "copilot") => company.ExecuteAsync("""
        insert into usage_feeds (organization_id, tool, format, identity, complete_to, imported_at) values (@Id, @tool, @format, 'email', @completeTo, @now)
        """, new { company.Id, tool, format, completeTo, now = company.Clock.Now });

    Task AddCampaignAsync() => company.ExecuteAsync("""
        with campaign as (
          insert into campaigns (organization_id, key, name, tool, owner_email, state, start_on)
          values (@Id, @Campaign, 'Measured', 'copilot', 'owner@example.com', 'scheduled', '2026-01-01') returning id)
        insert into journey_versions (organization_id, campaign_id, number, definition, created_at) select @Id, id, 1, '', @now from campaign
        """, new { company.Id, Campaign, now = company.Clock.Now });

    async Task AddPeopleAsync(IEnumerable<MeasuredPerson> people)
    {
        foreach (var person in people)
        {
            await company.ExecuteAsync("""
                with segment as (
                  insert into segments (organization_id, role, team, location) values (@Id, @Role, @Team, @Location)
                  on conflict (organization_id, role, team, location) do update set role = excluded.role returning id),
                person as (
                  insert into persons (organization_id, segment_id, email, first_email, time_zone, locale, github_login, left_on)
                  select @Id, id, @Email, @Email, @TimeZone, 'en', @Login, @LeftOn from segment returning id, segment_id)
                insert into enrollments (organization_id, campaign_id, segment_id, journey_version_id, person_id, rollout_bucket, arm_bucket, variant_bucket,
                                         state, day_zero, left_on, arm, entry, floor_at)
                select @Id, j.campaign_id, p.segment_id, j.id, p.id, 0, 0, 0, @state, @DayZero, @LeftOn, @arm, @Entry, @floorAt
                from person p, journey_versions j
                """, new
            {
                company.Id,
                person.Role,
                person.Team,
                person.Location,
                person.Email,
                person.TimeZone,
                person.Login,
                person.LeftOn,
                person.DayZero,
                person.Entry,
                state = person.DayZero is null ? "waiting" : person.IsDone ? "done" : "active",
                arm = person.DayZero is null ? null : person.Arm,
                floorAt = person.DayZero is null ? (Instant?)null : company.Clock.Now,
            });
        }
    }

    async Task AddUseAsync(IEnumerable<MeasuredPerson> people)
    {
        var rows = people.SelectMany(person => Enumerable.Concat(
            person.Telemetry.Select(day => (person.Email, Day: day, Source: "telemetry", Sessions: person.Sessions.TryGetValue(day, out var count) ? count : (int?)null)),
            person.SelfReports.Select(day => (person.Email, Day: day, Source: "self", Sessions: (int?)null)))).ToList();
        await company.ExecuteAsync("""
            insert into usage_days (organization_id, person_id, day, tool, source, sessions, learned_at)
            select @Id, p.id, u.day, 'copilot', u.source, u.sessions, @now
            from unnest(@emails, @days, @sources, @sessions) as u(email, day, source, sessions) join persons p using (email)
            """, new
        {
            company.Id,
            now = company.Clock.Now,
            emails = rows.ConvertAll(row => row.Email).ToArray(),
            days = rows.ConvertAll(row => (LocalDate?)row.Day).ToArray(),
            sources = rows.ConvertAll(row => row.Source).ToArray(),
            sessions = rows.ConvertAll(row => row.Sessions).ToArray(),
        });
    }

    async Task AddNudgesAsync(IEnumerable<MeasuredPerson> people)
    {
        foreach (var (person, nudge) in people.SelectMany(person => person.Nudges.Select(nudge => (person, nudge))))
        {
            await company.ExecuteAsync("""
                insert into steps (organization_id, campaign_id, key)
                select @Id, id, @Step from campaigns where key = @Campaign on conflict do nothing;
                insert into nudges (enrollment_id, person_id, organization_id, campaign_id, step_id, planned_on, decided_on, planned_at, due_at, last_chance_at,
                                    decided_at, outcome, reason)
                select e.id, p.id, @Id, e.campaign_id, s.id, @On, @decidedOn, @now, @now, @now, @decidedAt, @Outcome, @reason
                from persons p join enrollments e on e.person_id = p.id join steps s on s.key = @Step
                where p.email = @Email
                """, new
            {
                company.Id,
                Campaign,
                nudge.Step,
                nudge.On,
                nudge.Outcome,
                person.Email,
                now = company.Clock.Now,
                decidedOn = nudge.Outcome == "pending" ? (LocalDate?)null : nudge.On,
                decidedAt = nudge.Outcome == "pending" ? (Instant?)null : company.Clock.Now,
                reason = nudge.Outcome is "pending" or "sent" ? null : "no-answer",
            });
        }
    }

    async Task MakeBitmapsAsync()
    {
        await using var connection = await company.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var ids = (await connection.QueryAsync<long>("select id from enrollments where day_zero is not null")).ToArray();
        await EnrollmentDays.RebuildAsync(connection, transaction, company.Id, ids);
        await transaction.CommitAsync();
    }

    public ValueTask DisposeAsync() => company.DisposeAsync();
}
