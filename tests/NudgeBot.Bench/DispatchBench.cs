using System.Text.Json.Nodes;

namespace NudgeBot.Bench;

/// <summary>Everybody's nudge is sent: every check, every text composed, to a platform that takes everything at once.</summary>
static class DispatchBench
{
    public const string Name = "dispatch";

    public static async Task<JsonObject> RunAsync(MillionPeople company, CancellationToken cancellation)
    {
        if (company.Clock.Now < MillionPeople.WelcomeIsDue) company.Clock.MoveTo(MillionPeople.WelcomeIsDue);
        await company.Product.Planner.RunAsync(company.OrganizationId, cancellation);
        await company.SecondsAsync("create table planned as select * from nudges", cancellation);

        Report.Progress("dispatch: the limit");
        await AsPlannedAsync(company, cancellation);
        var limit = await company.SecondsAsync("update nudges set leased_until = clock_timestamp() + interval '2 minutes'", cancellation)
            + await company.SecondsAsync(
                "update nudges set outcome = 'sent', decided_at = '2027-01-11 10:05Z', decided_on = '2027-01-11', leased_until = null", cancellation);

        Report.Progress("dispatch: the dispatchers");
        await AsPlannedAsync(company, cancellation);
        var seconds = await Stopwatches.SecondsAsync(() => company.Product.Dispatcher.RunAsync(company.OrganizationId, cancellation));
        var sent = await company.AskAsync<long>("select count(*) from nudges where outcome = 'sent'", cancellation);
        if (sent != company.Platform.Count || await company.AskAsync<long>("select count(*) from nudges where outcome = 'pending'", cancellation) > 0)
            throw new InvalidOperationException($"{company.Platform.Count} nudges went out, {sent} are recorded as sent, and none may be left.");

        return new JsonObject
        {
            ["bench"] = Name,
            ["enrollments"] = company.Enrollments,
            ["sent"] = sent,
            ["seconds"] = Report.Rounded(seconds),
            ["nudges_per_second"] = Report.Rounded(sent / seconds),
            ["limit"] = "two set-based updates of the same rows, one for the lease and one for the outcome",
            ["limit_seconds"] = Report.Rounded(limit),
            ["limit_per_second"] = Report.Rounded(sent / limit),
            ["ratio"] = Report.Rounded(limit / seconds),
            ["must"] = 0.3,
            ["aim"] = 0.6,
        };
    }

    /// <summary>The same rows in the same table with fresh indexes, for both sides.</summary>
    static async Task AsPlannedAsync(MillionPeople company, CancellationToken cancellation)
    {
        await company.SecondsAsync("truncate nudges", cancellation);
        await company.SecondsAsync("insert into nudges select * from planned", cancellation);
        await company.ComeToRestAsync("", cancellation);
    }
}
