using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Forecasting;
using NudgeBot.Nudging;
using NudgeBot.People;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Forecasting;

/// <summary>Monday is 9 March 2026.</summary>
public class CampaignForecastsTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static Task<CampaignForecast> Forecast(NudgedCompany company, string key = "pilot", int? days = null) =>
        company.Product.Forecasts.RunAsync(company.Id, key, days, cancellation: Cancellation);

    [Fact]
    public async Task Tells_who_cannot_be_reached_and_why()
    {
        await using var company = await NudgedCompany.CreateAsync();
        foreach (var name in (string[])["anna", "carl", "olga"]) await company.Hire(name);
        await company.Hire("zoe", zone: "");
        await company.Hire("bob", account: false);
        await company.Hire("fred", left: "2026-03-01", account: false);
        await company.Execute("""
            update accounts set unreachable = 'deactivated' where organization_id = @id and external_id = 'carl@acme.com';
            update persons set opted_out_at = @now where organization_id = @id and email = 'olga@acme.com';
            update workspaces set people_to = (select id from persons where email = 'zoe@acme.com') where organization_id = @id;
            """);
        await company.Apply(CampaignYaml.Of(CampaignYaml.Welcome));

        var forecast = await Forecast(company);

        forecast.Unreached.ShouldBe([new("bob@acme.com", "no-account"), new("carl@acme.com", "deactivated"), new("zoe@acme.com", "no-zone")]);
        forecast.LookedFor.ShouldBe(1);
        forecast.People.ShouldBe(new ForecastPeople(InAudience: 6, Nudged: 5, HeldOut: 0, Waiting: 0));
        var step = forecast.Steps.ShouldHaveSingleItem();
        step.Sent.ShouldBe(2);
        step.NotSent.ShouldBe([new("no-account", 1), new("no-channel", 1), new("opted-out", 1)]);
        ForecastCsv.Of(forecast).Unreached.ShouldStartWith("email,reason,why,what_to_do\nbob@acme.com,no-account,");
    }

    [Fact]
    public async Task Counts_what_two_campaigns_do_to_each_other()
    {
        await using var company = await NudgedCompany.CreateAsync();
        foreach (var name in (string[])["anna", "bob"]) await company.Hire(name);
        await company.Apply(CampaignYaml.Of(CampaignYaml.Daily("welcome", "guide", "check-in")));
        await company.Apply(CampaignYaml.Of(CampaignYaml.Daily("welcome"), key: "a-first"));

        var pilot = await Forecast(company);
        var other = await Forecast(company, "a-first");

        // On Monday the other one is sent, its key comes first; the pilot's three are then a day behind each, and the last waits for the next seven dates.
        pilot.Collisions.ShouldBe([new("a-first", Moved: 6, Lost: 0, MovedThere: 0, LostThere: 0)]);
        other.Collisions.ShouldBe([new("pilot", Moved: 0, Lost: 0, MovedThere: 6, LostThere: 0)]);
        pilot.Messages.ShouldBe(new MessagesPerPerson(Median: 3, Ninetieth: 3, Most: 3, MostInSevenDates: 3));
        pilot.Steps.Select(step => step.SentLate).ShouldBe([2, 2, 2]);
    }

    [Fact]
    public async Task Leaves_open_what_is_decided_after_the_last_date()
    {
        await using var company = await NudgedCompany.CreateAsync();
        foreach (var name in (string[])["anna", "bob"]) await company.Hire(name);
        await company.Apply(CampaignYaml.Of(CampaignYaml.Daily("welcome", "guide", "check-in")));

        var forecast = await Forecast(company, days: 1);

        (forecast.From, forecast.To).ShouldBe((new LocalDate(2026, 3, 9), new LocalDate(2026, 3, 10)));
        forecast.Steps.Select(step => (step.Sent, step.Open)).ShouldBe([(2, 0), (2, 0), (0, 2)]);
        forecast.Lift.ShouldBeEmpty();
    }

    [Fact]
    public async Task Says_why_there_is_nothing_to_foresee()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Apply(CampaignYaml.Of(CampaignYaml.Welcome));

        (await Should.ThrowAsync<ForecastException>(Forecast(company))).Message.ShouldContain("Nobody is on the roster");
        await company.Hire("anna");
        await Should.ThrowAsync<UnknownCampaignException>(Forecast(company, "unknown"));
        await company.Pauses.EndCampaignAsync(company.Id, "pilot");
        (await Should.ThrowAsync<ForecastException>(Forecast(company))).Message.ShouldContain("has ended");
    }

    [Fact]
    public async Task Foresees_also_without_a_workspace_and_says_that_one_is_missing()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", account: false);
        await company.Execute("delete from workspaces where organization_id = @id");
        await company.Apply(CampaignYaml.Of(CampaignYaml.Welcome));

        var forecast = await Forecast(company);

        forecast.HasNoWorkspace.ShouldBeTrue();
        forecast.Load.ShouldBeEmpty();
        PlainText.Of(ForecastText.Of(forecast)).ShouldContain("No chat platform is connected");
    }

    /// <summary>The engine asks every two minutes, two thousand times; what comes of it is the same.</summary>
    [Fact]
    public async Task Who_is_looked_for_waits_until_the_last_chance_and_leaves_when_they_leave()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna");
        await company.Hire("bob", account: false);
        await company.Hire("carl", account: false, left: "2026-03-11");
        await company.Execute("update workspaces set people_to = 0 where organization_id = @id");
        await company.Apply(CampaignYaml.Of(CampaignYaml.Welcome));
        var each = new List<ForeseenMessage>();

        await company.Product.Forecasts.RunAsync(company.Id, "pilot", each: each.Add, cancellation: Cancellation);

        each.Select(one => $"{one.To} {Words.Of(one.Outcome)} {one.Reason} {NudgedCompany.Local(one.At!.Value)}").ShouldBe(
        [
            "anna@acme.com sent  2026-03-09T10:00",
            "bob@acme.com skipped no-account 2026-03-12T17:00",
            "carl@acme.com skipped ended 2026-03-11T00:00",
        ]);
    }

    [Fact]
    public async Task Holds_the_load_against_what_the_platform_takes()
    {
        await using var company = await NudgedCompany.CreateAsync();
        foreach (var name in (string[])["anna", "bob"]) await company.Hire(name);
        await company.Apply(CampaignYaml.Of(CampaignYaml.Welcome));
        var forecasts = new CampaignForecasts(
            company.Source, company.Product.Journeys, company.Product.Schedules, company.Clock, new Dictionary<string, double> { ["recorder"] = 0.5, ["slack"] = 9 });

        var load = (await forecasts.RunAsync(company.Id, "pilot", cancellation: Cancellation)).Load.ShouldHaveSingleItem();

        (load.Workspace, load.Platform, load.PerHour, load.LongestQueue, load.TooLate).ShouldBe(("Acme", "recorder", 1800, Duration.FromSeconds(4), 0));
        load.Hours.ShouldBe([new HourLoad(NudgedCompany.Moment("2026-03-09T10:00"), 2)]);
    }

    [Fact]
    public async Task Nothing_of_another_organization_is_in_it()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(CampaignYaml.Welcome), "anna");
        var other = await company.Query<int>("insert into organizations (name, created_at) values ('Other', @now) returning id");
        await company.Execute("""
            with s as (insert into segments (organization_id, role, team, location) values (@other, 'developer', '', '') returning id)
            insert into persons (organization_id, segment_id, email, first_email, time_zone, locale) select @other, id, 'eve@other.com', 'eve@other.com', 'UTC', 'en' from s
            """, new { other });

        (await Forecast(company)).People.InAudience.ShouldBe(1);
        await Should.ThrowAsync<UnknownCampaignException>(company.Product.Forecasts.RunAsync(other, "pilot", cancellation: Cancellation));
    }

    [Fact]
    public async Task Tells_how_far_it_is()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(CampaignYaml.Welcome), "anna", "bob");
        var told = new List<Progress>();

        await company.Product.Forecasts.RunAsync(company.Id, "pilot", progress: new Told(told), cancellation: Cancellation);

        told.Select(one => (one.Done, one.Of)).ShouldBe([(0, 2), (2, 2)]);
    }

    sealed class Told(List<Progress> told) : IProgress<Progress>
    {
        public void Report(Progress value) => told.Add(value);
    }
}
