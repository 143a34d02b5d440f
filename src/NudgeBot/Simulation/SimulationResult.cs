using Dapper;
using NodaTime;
using NodaTime.Text;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Retention;

namespace NudgeBot.Simulation;

/// <summary>What a simulation found: the lines of its four CSV files, its summary, and notes on what of the files was not used. The same input gives the same bytes.</summary>
public sealed record SimulationResult(
    IReadOnlyList<string> Nudges, IReadOnlyList<string> Posts, IReadOnlyList<string> Enrollments, IReadOnlyList<string> Retention, string Summary, string Notes)
{
    public static readonly string NudgesHeader = "email,step,planned_local,sent_utc,outcome,reason";
    public static readonly string PostsHeader = "team,step,planned_local,sent_utc,outcome,reason";
    public static readonly string EnrollmentsHeader = "email,state,day_zero,entry,arm,variant";

    public async Task WriteAsync(string folder, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllLinesAsync(Path.Combine(folder, "nudges.csv"), Nudges.Prepend(NudgesHeader), cancellation);
        await File.WriteAllLinesAsync(Path.Combine(folder, "posts.csv"), Posts.Prepend(PostsHeader), cancellation);
        await File.WriteAllLinesAsync(Path.Combine(folder, "enrollments.csv"), Enrollments.Prepend(EnrollmentsHeader), cancellation);
        await File.WriteAllLinesAsync(Path.Combine(folder, "retention.csv"), Retention.Prepend(RetentionText.CsvHeader), cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "summary.txt"), Summary + Notes, cancellation);
    }
}

/// <summary>Reads the result out of the scratch database.</summary>
sealed class SimulationReader(NpgsqlDataSource database, int organizationId, Journey journey, SimulationInput input)
{
    static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
    static readonly InstantPattern Utc = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss'Z'");
    static readonly LocalDatePattern Date = LocalDatePattern.Iso;

    /// <summary>Step ids in step order: day offset, then file order.</summary>
    readonly int[] stepOrder = [.. journey.Campaign.Steps.OrderBy(step => step.Day).Select(step => journey.StepIds[step.Key])];

    public async Task<IReadOnlyList<NudgeRow>> NudgesAsync()
    {
        await using var connection = await database.OpenConnectionAsync();
        return (await connection.QueryAsync<NudgeRow>("""
            select p.email as who, p.time_zone, s.key as step, s.id as step_id, n.planned_at, n.decided_at, n.outcome, n.reason
            from nudges n join persons p on p.id = n.person_id join steps s on s.id = n.step_id
            where n.organization_id = @organizationId and n.planned_on <= @lastDate
            order by p.email collate "C", array_position(@stepOrder, s.id)
            """, new { organizationId, input.LastDate, stepOrder }, commandTimeout: 0)).AsList();
    }

    public async Task<IReadOnlyList<NudgeRow>> PostsAsync()
    {
        await using var connection = await database.OpenConnectionAsync();
        return (await connection.QueryAsync<NudgeRow>("""
            select t.team as who, t.time_zone, s.key as step, s.id as step_id, t.planned_at, t.decided_at, t.outcome, t.reason
            from team_posts t join steps s on s.id = t.step_id
            where t.organization_id = @organizationId and t.planned_on <= @lastDate
            order by t.team collate "C", array_position(@stepOrder, s.id)
            """, new { organizationId, input.LastDate, stepOrder })).AsList();
    }

    public async Task<IReadOnlyList<EnrollmentRow>> EnrollmentsAsync()
    {
        await using var connection = await database.OpenConnectionAsync();
        return (await connection.QueryAsync<EnrollmentRow>("""
            select p.email, e.state, e.day_zero, e.entry, e.arm, e.variant
            from enrollments e join persons p on p.id = e.person_id
            where e.organization_id = @organizationId
            order by p.email collate "C"
            """, new { organizationId }, commandTimeout: 0)).AsList();
    }

    public static string Line(NudgeRow row) => Csv.Line(
        row.Who, row.Step, Local.Format(row.PlannedAt.InZone(DateTimeZoneProviders.Tzdb[row.TimeZone]).LocalDateTime),
        row.DecidedAt is { } decided ? Utc.Format(decided) : "", row.Outcome, row.Reason ?? "");

    public static string Line(EnrollmentRow row) => Csv.Line(
        row.Email, row.State, row.DayZero is { } day ? Date.Format(day) : "", row.Entry ?? "", row.Arm ?? "", row.Variant ?? "");
}

sealed record NudgeRow
{
    public string Who { get; init; } = "";
    public string TimeZone { get; init; } = "";
    public string Step { get; init; } = "";
    public int StepId { get; init; }
    public Instant PlannedAt { get; init; }
    public Instant? DecidedAt { get; init; }
    public string Outcome { get; init; } = "";
    public string? Reason { get; init; }
}

sealed record EnrollmentRow
{
    public string Email { get; init; } = "";
    public string State { get; init; } = "";
    public LocalDate? DayZero { get; init; }
    public string? Entry { get; init; }
    public string? Arm { get; init; }
    public string? Variant { get; init; }
}
