using System.Text.Json.Nodes;
using Npgsql;

namespace NudgeBot.Bench;

/// <summary>One step becomes due for everybody at once: rows planned and enrollments advanced, through the real planner.</summary>
static class PlanBench
{
    public const string Name = "plan";

    public static async Task<JsonObject> RunAsync(MillionPeople company, CancellationToken cancellation)
    {
        company.Clock.MoveTo(MillionPeople.WelcomeIsDue);
        var handled = 0;
        var seconds = await Stopwatches.SecondsAsync(async () => handled = await company.Product.Planner.RunAsync(company.OrganizationId, cancellation));
        if (handled != company.Enrollments) throw new InvalidOperationException($"{handled} of {company.Enrollments} enrollments were planned.");

        var rows = await company.AskAsync<long>("select count(*) from nudges", cancellation);
        var limit = await CopyAsync(company, cancellation);
        return new JsonObject
        {
            ["bench"] = Name,
            ["enrollments"] = handled,
            ["rows"] = rows,
            ["seconds"] = Report.Rounded(seconds),
            ["enrollments_per_second"] = Report.Rounded(handled / seconds),
            ["limit"] = "binary COPY of the same nudge rows into an equal table with its indexes and foreign keys",
            ["limit_seconds"] = Report.Rounded(limit),
            ["ratio"] = Report.Rounded(seconds / limit),
            ["must"] = 5,
            ["aim"] = 3,
        };
    }

    static async Task<double> CopyAsync(MillionPeople company, CancellationToken cancellation)
    {
        await company.SecondsAsync("""
            do $$ begin
              execute format('create table nudges_copied (like nudges including all) with (%s)',
                (select array_to_string(reloptions, ', ') from pg_class where oid = 'nudges'::regclass));
            end $$;
            alter table nudges_copied
              add foreign key (enrollment_id) references enrollments on delete cascade,
              add foreign key (step_id) references steps;
            """, cancellation);
        // The planner's updates have left dead rows, which the look at the foreign key would step over.
        await company.ComeToRestAsync("enrollments", cancellation);
        await using var connection = await company.Database.OpenConnectionAsync(cancellation);
        using var rows = new MemoryStream();
        await using (var from = await connection.BeginRawBinaryCopyAsync("copy nudges to stdout (format binary)", cancellation)) await from.CopyToAsync(rows, cancellation);
        rows.Position = 0;
        var seconds = await Stopwatches.SecondsAsync(async () =>
        {
            await using var to = await connection.BeginRawBinaryCopyAsync("copy nudges_copied from stdin (format binary)", cancellation);
            await rows.CopyToAsync(to, cancellation);
        });
        await company.SecondsAsync("drop table nudges_copied", cancellation);
        return seconds;
    }
}
