using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Forecasting;
using NudgeBot.Jobs;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Forecasting;

public class ForecastRunsTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static Task<NudgedCompany> Company() => NudgedCompany.WithAsync(CampaignYaml.Of(CampaignYaml.Welcome), "anna", "bob");

    static async Task<long> Ask(NudgedCompany company, string who = "anna", string key = "pilot")
    {
        await using var connection = await company.Source.OpenConnectionAsync(Cancellation);
        return await company.Product.ForecastRuns.RequestAsync(connection, company.Id, key, await company.PersonId(who), Cancellation);
    }

    static async Task<ForecastState?> State(NudgedCompany company, long id, string who = "anna") =>
        await company.Product.ForecastRuns.StateAsync(company.Id, id, await company.PersonId(who), Cancellation);

    static Task<bool?> Foreseen(NudgedCompany company) => company.Query<bool?>("select foreseen from forecasts where organization_id = @id");

    static Task Run(NudgedCompany company) => company.Product.ForecastRuns.RunAsync(company.Id, Cancellation);

    [Fact]
    public async Task The_job_works_out_what_was_asked_for()
    {
        await using var company = await Company();
        var id = await Ask(company);
        (await State(company, id)).ShouldBe(new ForecastState("pilot", 0, "", Message: null));

        var engine = new DirectEngine(company.Product);
        await engine.StartAsync(RecurringJobs.All, Cancellation);
        await engine.RunNowAsync(Cancellation);

        var state = (await State(company, id))!;
        state.IsDone.ShouldBeTrue();
        state.Percent.ShouldBe(100);
        PlainText.Of(state.Message!).ShouldContain("Forecast of pilot");
        (await Foreseen(company)).ShouldBe(true);
        (await company.Product.ForecastRuns.NextAsync(company.Id, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_one_that_is_too_long_for_a_notice_the_beginning_is_told_and_the_rest_is_shown_at_a_press()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(CampaignYaml.Daily([.. Enumerable.Repeat("guide", 119)])), "anna");
        await company.MakeAdmin("anna");
        await Ask(company);

        await Run(company);
        await company.Product.Tick.DispatchAsync(Cancellation);

        var anna = company.With("anna");
        var notice = Conversation.TextOf(anna.LastMessage);
        notice.Length.ShouldBeLessThan(2_000);
        notice.ShouldContain("**Forecast of pilot**");
        await anna.Presses("Show all of it");
        anna.Hears("step-118");
        anna.Hears("Nothing was sent or changed.");
    }

    [Fact]
    public async Task Asked_twice_it_is_one_until_it_is_there()
    {
        await using var company = await Company();
        var first = await Ask(company);
        (await Ask(company)).ShouldBe(first);
        (await Ask(company, "bob")).ShouldNotBe(first);

        await Run(company);

        (await Ask(company)).ShouldNotBe(first);
    }

    [Fact]
    public async Task It_is_shown_only_to_who_asked()
    {
        await using var company = await Company();
        var id = await Ask(company);
        (await State(company, id, "bob")).ShouldBeNull();
        (await company.Product.ForecastRuns.StateAsync(company.Id + 1, id, await company.PersonId("anna"), Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task What_a_dead_process_began_is_taken_up_again_when_its_lease_has_run_out()
    {
        await using var company = await Company();
        var id = await Ask(company);
        await company.Execute("update forecasts set leased_until = clock_timestamp() + interval '1 minute', attempts = 1, percent = 40 where organization_id = @id");

        await Run(company);
        (await State(company, id))!.IsDone.ShouldBeFalse();
        (await company.Product.ForecastRuns.NextAsync(company.Id, Cancellation)).ShouldBeNull();

        await company.Execute("update forecasts set leased_until = clock_timestamp() - interval '1 second' where organization_id = @id");
        await Run(company);
        (await State(company, id))!.IsDone.ShouldBeTrue();
        (await Foreseen(company)).ShouldBe(true);
    }

    [Fact]
    public async Task What_never_comes_to_its_end_is_given_up_and_says_so()
    {
        await using var company = await Company();
        var id = await Ask(company);
        await company.Execute("update forecasts set attempts = 3 where organization_id = @id");

        await Run(company);

        var state = (await State(company, id))!;
        PlainText.Of(state.Message!).ShouldContain("never came to its end");
        (await Foreseen(company)).ShouldBe(false);
    }

    [Fact]
    public async Task A_clean_stop_gives_it_back_and_counts_as_no_attempt()
    {
        await using var company = await Company();
        var id = await Ask(company);
        using var stop = new CancellationTokenSource();
        // The run waits for the table, and is stopped there.
        await using var blocker = await company.Source.OpenConnectionAsync(Cancellation);
        await using var transaction = await blocker.BeginTransactionAsync(Cancellation);
        await using (var command = new Npgsql.NpgsqlCommand("lock table steps in access exclusive mode", blocker, transaction)) await command.ExecuteNonQueryAsync(Cancellation);
        company.RestartWith(Shipped.Content);
        var running = company.Product.ForecastRuns.RunAsync(company.Id, stop.Token);
        while (await company.Query<int>("select attempts::int from forecasts where organization_id = @id") == 0) await Task.Yield();
        await stop.CancelAsync();
        await transaction.RollbackAsync(Cancellation);

        await Should.ThrowAsync<OperationCanceledException>(running);
        (await company.Query<(int, bool)>("select attempts::int, leased_until is null from forecasts where organization_id = @id")).ShouldBe((0, true));
        await Run(company);
        (await State(company, id))!.IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Two_replicas_work_out_two_forecasts_once_each()
    {
        await using var company = await Company();
        var ids = new[] { await Ask(company), await Ask(company, "bob") };

        await Task.WhenAll(Run(company), Run(company), Run(company));

        (await company.List<int>("select attempts::int from forecasts where organization_id = @id")).ShouldBe([1, 1]);
        (await State(company, ids[0]))!.IsDone.ShouldBeTrue();
        (await State(company, ids[1], "bob"))!.IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Says_why_there_is_none()
    {
        await using var company = await Company();
        await Should.ThrowAsync<UnknownCampaignException>(Ask(company, key: "unknown"));
        var id = await Ask(company);
        await company.Pauses.EndCampaignAsync(company.Id, "pilot");

        await Run(company);

        PlainText.Of((await State(company, id))!.Message!).ShouldBe("'pilot' has ended: nothing more is sent.");
    }

    [Fact]
    public async Task Forgets_after_a_week_and_with_the_person()
    {
        await using var company = await Company();
        var id = await Ask(company);
        await Ask(company, "bob");
        await Run(company);
        company.Clock.MoveTo(company.Clock.Now + Duration.FromDays(7));
        await Run(company);
        (await State(company, id)).ShouldNotBeNull();

        await company.Execute("delete from persons where organization_id = @id and email = 'bob@acme.com'");
        (await company.Query<int>("select count(*) from forecasts where organization_id = @id")).ShouldBe(1);

        company.Clock.MoveTo(company.Clock.Now + Duration.FromSeconds(1));
        await Run(company);
        (await State(company, id)).ShouldBeNull();
    }
}
