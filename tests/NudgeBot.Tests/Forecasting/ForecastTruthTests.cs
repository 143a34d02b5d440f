using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Forecasting;
using NudgeBot.Jobs;
using NudgeBot.Nudging;
using NudgeBot.Tests.Engine;
using NudgeBot.Usage;

namespace NudgeBot.Tests.Forecasting;

/// <summary>What a forecast foresees comes true, row by row, if nothing happens but time: the jobs of the product themselves let it pass.</summary>
public class ForecastTruthTests
{
    /// <summary>Long enough for the last licence and the last hold.</summary>
    const int Days = 100;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Asia/Jerusalem", "Asia/Kolkata", "Pacific/Chatham", "Asia/Dubai"];
    static readonly string[] Countries = ["", "", "", "DE", "IL", "FR", "US"];

    static string Pilot(string fields) => File.ReadAllText(Path.Combine(Shipped.Content.Campaigns, "first-60-days.yaml"))
        .Replace("start: 2027-01-11", "start: 2026-03-09").Replace("holdout: 10 ", "holdout: 25 ").Replace("rollout: 100 ", fields)
        .Replace("variants: [a] ", "variants: [a, b] ");

    const string Steps = """
        - {key: more-0, day: 0, at: "10:00", kind: welcome, text: welcome}
        - {key: more-1, day: 1, at: "09:30", kind: guide, text: day-1}
        - {key: more-8, day: 8, at: "10:00", kind: guide, text: day-5, essential: true}
        - {key: more-9, day: 9, at: "13:30", kind: check-in, text: check-in-day-3, only_if: answered_earlier, otherwise: day-3, essential: true}
        - {key: more-25, day: 25, at: "16:59", kind: guide, text: day-5, entries: [new]}
        - {key: more-26, day: 26, at: "09:00", kind: guide, text: day-5, only_if: {used_fewer_than: 2, in: 7}}
        """;

    /// <summary>
    /// People of all zones, some with a licence to come, some who leave, said stop, snoozed, answered, have no account or one that is refused; one campaign
    /// under way, one about to start, one to start later.
    /// </summary>
    static async Task<NudgedCompany> InventAsync(string rollout)
    {
        var company = await NudgedCompany.CreateAsync("2026-03-01T12:00");
        var roster = Enumerable.Range(0, 50).Select(i => string.Join(',',
            $"p{i:00}@acme.com", $"P{i:00}", Zones[i % Zones.Length], Countries[i % Countries.Length], i % 3 == 0 ? "qa" : "developer", (i % 11) switch { < 4 => "Core", < 7 => "Edge", < 9 => "Small", _ => "" },
            i % 2 == 0 ? $"login-{i}" : "", (i % 13) switch { 0 => "2026-03-27", 1 => "2026-01-05", _ => "" }, (i % 19) switch { 3 => "2026-03-25", 4 => "2026-03-14", 5 => "2026-03-08", _ => "" }, i % 29 == 6 ? "yes" : "no"));
        await company.Import($"email,name,time_zone,country,role,team,github_login,licensed_since,left_on,champion\n{string.Join('\n', roster)}\n");
        await company.OpenAccounts();
        await company.Execute("""
            update persons set account_id = null, workspace_id = null where organization_id = @id and email in ('p07@acme.com', 'p18@acme.com', 'p31@acme.com');
            delete from accounts where organization_id = @id and external_id in ('p07@acme.com', 'p18@acme.com', 'p31@acme.com');
            update accounts set unreachable = 'not-installed' where organization_id = @id and external_id in ('p09@acme.com', 'p22@acme.com', 'p33@acme.com');
            """);
        company.Platform.Says(outgoing =>
            outgoing.Recipient is "p09@acme.com" or "p22@acme.com" or "p33@acme.com" ? new SendResult.Refused(FailReason.NotInstalled) : company.Platform.Taken());
        await company.OpenChannel("Core");
        await company.OpenChannel("Small");

        await company.Launch(CampaignYaml.Of(Steps, key: "a-second", fields: "audience: {role: [developer]}\nback_off: 2").Replace("start: 2026-03-09", "start: 2026-03-02"), at: "2026-03-01T13:00");
        await LetTimePass(company, "2026-03-04T12:00");
        // What was used before: some of it lately, some long ago, of some nobody knows the login.
        await company.Product.UsageImport.RunAsync(company.Id, "copilot", UsageFormat.GithubCopilot, Used().ToAsyncEnumerable(), new LocalDate(2026, 3, 3), stop: Cancellation);
        foreach (var name in (string[])["p01", "p12", "p26"]) await company.With(name).Types("stop");
        await company.With("p02").Types("snooze 9");
        await company.With("p04").Types("used");
        await company.With("p08").Types("snooze 14");
        await company.Apply(CampaignYaml.Of(CampaignYaml.Daily("welcome", "guide", "check-in", "guide"), key: "z-third", fields: "holdout: 10").Replace("start: 2026-03-09", "start: 2026-03-12"));
        await company.Apply(Pilot(rollout));
        await LetTimePass(company, "2026-03-05T12:00");
        return company;
    }

    static IEnumerable<UsageRow> Used() =>
        from i in Enumerable.Range(0, 50)
        where i % 4 == 0
        from day in i % 8 == 0 ? new[] { new LocalDate(2026, 2, 26), new LocalDate(2026, 3, 3) } : [new LocalDate(2025, 12, 1)]
        select new UsageRow($"login-{i}", day);

    [Theory]
    [InlineData("rollout: 80 ")]
    [InlineData("rollout: {percent: 60, unit: team} ")]
    public async Task A_campaign_that_is_to_start_comes_as_foreseen(string rollout)
    {
        await using var company = await InventAsync(rollout);

        var (forecast, foreseen) = await Foresee(company);
        await LetTimePass(company, "2026-06-15T12:00");

        (await Came(company, after: forecast.AsOf)).ShouldBe(foreseen);
        await AgreesWithArms(company, forecast);
        // The search itself must not have gone blind.
        foreseen.Length.ShouldBeGreaterThan(250);
        var whatBecame = foreseen.Select(line => string.Join(' ', line.Split(' ')[3..5])).Distinct().ToList();
        foreach (var expected in (string[])["sent ", "skipped condition-false", "skipped backed-off", "skipped opted-out", "skipped no-account", "skipped ended", "failed not-installed", "failed no-channel"])
            whatBecame.ShouldContain(expected);
        forecast.Collisions.Select(one => one.CampaignKey).ShouldBe(["a-second", "z-third"]);
    }

    [Fact]
    public async Task A_campaign_under_way_goes_on_as_foreseen()
    {
        await using var company = await InventAsync("rollout: 80 ");
        await LetTimePass(company, "2026-03-13T11:00");
        foreach (var name in (string[])["newcomer-a", "newcomer-b", "newcomer-c"]) await company.Hire(name, team: "Core", account: name != "newcomer-b");
        await company.With("p10").Types("used");
        await company.With("p16").Types("snooze 14");

        var (forecast, foreseen) = await Foresee(company);
        await LetTimePass(company, "2026-06-15T11:00");

        (await Came(company, after: forecast.AsOf)).ShouldBe(foreseen);
        foreseen.Length.ShouldBeGreaterThan(150);
        foreseen.ShouldContain(line => line.StartsWith("newcomer-"));
        foreseen.ShouldContain(line => line.Contains("skipped snoozed"));
    }

    [Fact]
    public async Task A_campaign_that_is_not_applied_yet_comes_as_it_does_once_it_is()
    {
        await using var company = await InventAsync("rollout: 80 ");
        var edited = CampaignFile.Parse(Pilot("rollout: 100 ").Replace("key: first-60-days ", "key: m-other ").Replace("holdout: 25 ", "holdout: 5 ")).Campaign!;

        var before = new List<ForeseenMessage>();
        var asIf = await company.Product.Forecasts.RunAsync(company.Id, edited, Days, each: before.Add, cancellation: Cancellation);
        await company.Product.Campaigns.ApplyAsync(company.Id, edited, Cancellation);
        var after = new List<ForeseenMessage>();
        var real = await company.Product.Forecasts.RunAsync(company.Id, "m-other", Days, each: after.Add, cancellation: Cancellation);

        before.ShouldBe(after);
        before.ShouldNotBeEmpty();
        ForecastText.Of(asIf).Blocks.ShouldBe(ForecastText.Of(real).Blocks);
    }

    [Fact]
    public async Task What_is_paused_is_skipped_as_foreseen()
    {
        await using var company = await InventAsync("rollout: 80 ");
        await company.Pauses.PauseAllAsync(company.Id);

        var (forecast, foreseen) = await Foresee(company);
        await LetTimePass(company, "2026-06-15T12:00");

        (await Came(company, after: forecast.AsOf)).ShouldBe(foreseen);
        foreseen.ShouldContain(line => line.Contains("skipped paused"));
        foreseen.ShouldNotContain(line => line.Contains(" sent "));
    }

    static async Task<(CampaignForecast Forecast, string[] Lines)> Foresee(NudgedCompany company)
    {
        var each = new List<ForeseenMessage>();
        var rows = await company.Checksums();
        var forecast = await company.Product.Forecasts.RunAsync(company.Id, "first-60-days", Days, each: each.Add, cancellation: Cancellation);
        (await company.Checksums()).ShouldBe(rows, "a forecast changes nothing");
        forecast.Steps.Sum(step => step.Sent).ShouldBe(each.Count(one => one.Outcome == Outcome.Sent));
        forecast.Load.Sum(load => load.Hours.Sum(hour => hour.Messages)).ShouldBe(each.Count(one => one.Outcome == Outcome.Sent));
        return (forecast, [.. each.Select(one => $"{one.To} {one.StepKey} {one.PlannedAt} {Words.Of(one.Outcome)} {one.Reason} {one.At}").Order(StringComparer.Ordinal)]);
    }

    static async Task<string[]> Came(NudgedCompany company, Instant after)
    {
        var rows = await company.List<(string To, string Step, Instant PlannedAt, string Outcome, string? Reason, Instant? At)>("""
            select p.email, s.key, n.planned_at, n.outcome, n.reason, n.decided_at
            from nudges n join persons p on p.id = n.person_id join steps s on s.id = n.step_id join campaigns c on c.id = n.campaign_id
            where n.organization_id = @id and c.key = 'first-60-days' and n.decided_at is distinct from least(n.decided_at, @after)
            union all
            select t.team, s.key, t.planned_at, t.outcome, t.reason, t.decided_at
            from team_posts t join steps s on s.id = t.step_id join campaigns c on c.id = t.campaign_id
            where t.organization_id = @id and c.key = 'first-60-days' and t.decided_at is distinct from least(t.decided_at, @after)
            """, new { after });
        return [.. rows.Select(one => $"{one.To} {one.Step} {one.PlannedAt} {one.Outcome} {one.Reason} {one.At}").Order(StringComparer.Ordinal)];
    }

    static async Task AgreesWithArms(NudgedCompany company, CampaignForecast forecast)
    {
        var (nudged, heldOut, waiting) = await company.Query<(int, int, int)>("""
            select count(*) filter (where e.arm = 'nudged')::int, count(*) filter (where e.arm = 'holdout')::int, count(*) filter (where e.arm is null)::int
            from enrollments e join campaigns c on c.id = e.campaign_id where c.organization_id = @id and c.key = 'first-60-days'
            """);
        (forecast.People.Nudged, forecast.People.HeldOut, forecast.People.Waiting).ShouldBe((nudged, heldOut, waiting));
        heldOut.ShouldBePositive();
        waiting.ShouldBePositive();
    }

    /// <summary>By the jobs of the product, with nobody doing anything.</summary>
    static async Task LetTimePass(NudgedCompany company, string until)
    {
        var engine = new DirectEngine(company.Product);
        await engine.StartAsync([.. RecurringJobs.All.Where(job => job.Name is "plan" or "dispatch" or "enroll")], Cancellation);
        await engine.RunUntilAsync(NudgedCompany.Moment(until), Cancellation);
    }
}
