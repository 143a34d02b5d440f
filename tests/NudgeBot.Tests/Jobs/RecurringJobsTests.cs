using Dapper;
using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Jobs;
using NudgeBot.People;
using NudgeBot.Simulation;
using NudgeBot.Tests.Database;

namespace NudgeBot.Tests.Jobs;

/// <summary>The list itself, run by the direct engine over a real database.</summary>
public sealed class RecurringJobsTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Takes_a_person_from_the_campaigns_start_to_the_third_day_and_sends_nothing_twice()
    {
        var clock = ProductClock.StandingAt(Instant.FromUtc(2027, 1, 10, 22, 0));
        await using var database = await TestDatabase.CreateAsync();
        var recorder = new RecordingPlatform();
        var product = new NudgingProduct(database.Source, clock, Shipped.Content, [recorder]);
        var company = await SimulatedCompany.CreateAsync(database.Source, clock.Now);
        using var roster = new TextFile("email,role,time_zone,country\nada@example.com,developer,Europe/Berlin,DE\n");
        await product.RosterImport.RunAsync(company.OrganizationId, roster.Path, new RosterOptions(), stop: Cancellation);
        await company.OpenAccountsAsync(database.Source);
        var yaml = await File.ReadAllTextAsync(Path.Combine(Shipped.Content.Campaigns, "first-60-days.yaml"), Cancellation);
        var campaign = CampaignFile.Parse(yaml).Campaign! with { HoldoutPercent = 0 };
        await product.Campaigns.ApplyAsync(company.OrganizationId, campaign, Cancellation);

        var engine = new DirectEngine(product);
        await engine.StartAsync(RecurringJobs.All, Cancellation);
        // The campaign starts on Monday 11 January: in Berlin an hour after this test begins.
        await engine.RunUntilAsync(Instant.FromUtc(2027, 1, 13, 0, 0), Cancellation);

        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        var sent = await connection.QueryAsync<(string, Instant)>("""
            select s.key, n.decided_at from nudges n join steps s on s.id = n.step_id where n.outcome = 'sent' order by n.decided_at
            """);
        sent.ShouldBe([("day-0-welcome", Instant.FromUtc(2027, 1, 11, 9, 0)), ("day-1-guide", Instant.FromUtc(2027, 1, 12, 9, 0))]);
        recorder.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public void Each_job_has_a_name_of_its_own_and_a_reason_for_its_retries()
    {
        RecurringJobs.All.Select(job => job.Name).ShouldBeUnique();
        RecurringJobs.All.ShouldAllBe(job => job.Retry.Contains(':'));
    }
}
