using Dapper;
using NudgeBot.Chat;
using NudgeBot.Governance;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Gates;

public sealed class RolloutTests
{
    const string Answers = "--learned \"prompts need examples\" --evidence yes --needs \"two champions\"";

    [Fact]
    public async Task Advance_refuses_with_figures_while_it_is_too_early()
    {
        await using var company = await GatedCompany.WithAsync(40);
        await company.At("2026-03-09T10:00");
        var anna = company.With("anna");

        await anna.Types($"rollout advance pilot {Answers} --confirm");

        anna.Hears("The gate from 50 % to 100 % is not passed");
        anna.Hears("Days without a change of the rollout or a breach: 0, at least 2: **too early**");
        anna.Hears("Delivery: the last message arrived: 100 % of");
        (await company.Percent()).ShouldBe(50);
    }

    [Fact]
    public async Task Advance_asks_the_three_questions_in_a_form_shows_the_figures_and_keeps_what_was_answered()
    {
        await using var company = await GatedCompany.WithAsync(40);
        await company.Through("2026-03-11T12:00");
        var anna = company.With("anna");
        var before = await company.Enrolled();
        before.ShouldBeInRange(5, 35);

        await anna.Types("rollout show pilot");
        anna.Hears("reaches 50 % of its audience, by person; its stages are 50 %, 100 %");
        await anna.Presses("Advance to 100 %");
        anna.Form.ShouldNotBeNull().Fields.Select(field => field.Id).ShouldBe(["--learned", "--evidence", "--needs", "--override"]);
        await anna.Sends("they say \"it's the devs' tool\"", "yes", "two champions", "");
        anna.Hears($"would go from 50 % to 100 %, which takes {40 - before} more people in.");
        (await company.Percent()).ShouldBe(50);
        await anna.Presses("Go to 100 %");
        anna.Hears("**pilot** reaches 100 % now");
        await company.Enroll();

        (await company.Enrolled()).ShouldBe(40);
        (await company.Query<string>("select concat_ws('|', from_percent, to_percent, learned, evidence, needs) from rollout_moves where organization_id = @id"))
            .ShouldBe("50|100|they say 'it's the devs' tool'|t|two champions");
        (await company.Query<string>("select figures from rollout_moves where organization_id = @id")).ShouldContain("\"measure\":\"days\",\"verdict\":\"passed\",\"count\":2");
        (await company.Audited()).ShouldBe(["rollout.advance"]);
        await anna.Types("rollout show pilot");
        anna.Hears("anna@acme.com: 50 % to 100 %. Learned: they say 'it's the devs' tool'");
    }

    [Fact]
    public async Task A_failed_gate_is_passed_with_a_reason_that_is_audited()
    {
        await using var company = await GatedCompany.WithAsync(40);
        await company.Through("2026-03-11T12:00");
        await company.SayStop(4);
        var anna = company.With("anna");
        await anna.Types($"rollout advance pilot {Answers}");
        anna.Hears("Opt-outs");
        anna.Hears("**failed**");

        await anna.Types($"rollout advance pilot {Answers} --override \"they moved to another team\" --confirm");

        anna.Hears("**pilot** reaches 100 % now");
        (await company.Query<string>("select override from rollout_moves where organization_id = @id")).ShouldBe("they moved to another team");
    }

    [Fact]
    public async Task Evidence_that_does_not_support_it_refuses_too()
    {
        await using var company = await GatedCompany.WithAsync(40);
        await company.Through("2026-03-11T12:00");
        var anna = company.With("anna");
        await anna.Types($"rollout advance pilot {Answers.Replace("yes", "no")} --confirm");
        anna.Hears("You say that the evidence does not support it.");
        (await company.Percent()).ShouldBe(50);
    }

    [Fact]
    public async Task Two_who_advance_at_once_advance_once()
    {
        await using var company = await GatedCompany.WithAsync(20, "rollout: {percent: 10}");
        var line = $"rollout advance pilot {Answers} --override \"it is a test\" --confirm";
        var (anna, bob) = (company.With("anna"), company.With("bob"));

        await Task.WhenAll(anna.Types(line), bob.Types(line));

        // Either one was told that the other was first, or came altogether after the other, and goes on from there.
        var moves = await company.List<string>("select from_percent || ' ' || to_percent from rollout_moves where organization_id = @id order by id");
        moves.ShouldBe(moves.Length == 1 ? ["10 50"] : ["10 50", "50 100"]);
        (await company.Percent()).ShouldBe(moves.Length == 1 ? 50 : 100);
        if (moves.Length == 1) (anna.Heard + bob.Heard).ShouldContain("was changed meanwhile");
    }

    /// <summary>Both have read the campaign before either writes.</summary>
    [Fact]
    public async Task Of_two_who_wait_for_each_other_the_second_is_told()
    {
        await using var company = await GatedCompany.WithAsync(20, "rollout: {percent: 10}");
        await using var holder = await company.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await holder.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await holder.ExecuteAsync("select from campaigns for update");
        var line = $"rollout advance pilot {Answers} --override \"it is a test\" --confirm";
        var (anna, bob) = (company.With("anna"), company.With("bob"));
        var both = Task.WhenAll(anna.Types(line), bob.Types(line));
        while (await company.Query<int>("select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") < 2) await Task.Yield();
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        await both;

        (await company.Percent()).ShouldBe(50);
        (await company.Query<int>("select count(*)::int from rollout_moves where organization_id = @id")).ShouldBe(1);
        (anna.Heard + bob.Heard).ShouldContain("was changed meanwhile");
    }

    [Fact]
    public async Task A_confirmation_of_a_stage_that_is_over_does_nothing()
    {
        await using var company = await GatedCompany.WithAsync(20, "rollout: {percent: 10}");
        var (anna, bob) = (company.With("anna"), company.With("bob"));
        foreach (var one in new[] { anna, bob }) await one.Types($"rollout advance pilot {Answers} --override \"it is a test\"");
        await anna.Presses("Go to 50 %");
        await bob.Presses("Go to 50 %");
        bob.Hears("was moved meanwhile: it is at 50 % now");
        (await company.Percent()).ShouldBe(50);
    }

    [Fact]
    public async Task Back_takes_nobody_new_in_and_people_under_way_go_on()
    {
        await using var company = await GatedCompany.WithAsync(20, "rollout: {percent: 100}");
        await company.At("2026-03-09T10:00");
        var anna = company.With("anna");
        await anna.Types("rollout back pilot");
        anna.Hears("**pilot** is back at 50 %: nobody new is taken in. People under way go on.");

        for (var newcomer = 0; newcomer < 8; newcomer++) await company.Hire($"new{newcomer}");
        await company.Enroll();
        await company.Through("2026-03-10T12:00");

        (await company.Enrolled()).ShouldBe(20);
        company.Recipients.Count(name => name == "p1").ShouldBe(2);
        (await company.Audited()).ShouldBe(["rollout.back"]);

        await anna.Presses("Take people in again");
        await company.Enroll();
        (await company.Enrolled()).ShouldBeInRange(21, 28);
    }

    [Fact]
    public async Task Back_from_the_first_stage_reaches_nobody_and_then_there_is_none_before()
    {
        await using var company = await GatedCompany.WithAsync(5, "rollout: {percent: 10}");
        var anna = company.With("anna");
        await anna.Types("rollout back pilot");
        anna.Hears("is back at 0 %");
        anna.Hears("`rollout advance pilot` takes people in again");
        await anna.Presses("Advance to 10 %");
        await anna.Sends("it was a mistake to stop", "yes", "nothing", "nobody complained");
        await anna.Presses("Go to 10 %");
        anna.Hears("reaches 10 % now");
        await anna.Types("rollout back pilot");
        await anna.Types("rollout back pilot");
        anna.Hears("reaches nobody already");
    }

    [Fact]
    public async Task Set_lowers_at_once_and_raises_a_running_campaign_only_past_the_gate_with_a_reason()
    {
        await using var company = await GatedCompany.WithAsync(10, "rollout: {percent: 50}");
        var anna = company.With("anna");
        await anna.Types("rollout set pilot 100");
        anna.Hears("Beyond 50 % it goes through the gate");
        await anna.Types("rollout set pilot 100 --override \"the board wants it\"");
        anna.Hears("reaches 100 % now");
        await anna.Types("rollout set pilot 20 --stages \"20 60 100\"");
        anna.Hears("its stages are 20 %, 60 %, 100 %");
        await anna.Types("rollout set pilot 20 --stages 60,20");
        anna.Hears("each greater than the one before");
        await anna.Types("rollout set pilot 20 --unit team");
        anna.Hears("people are drawn by person already");
        await anna.Types("rollout set pilot 20");
        anna.Hears("is like that already");
    }

    [Fact]
    public async Task Days_count_from_the_last_change_however_it_came()
    {
        await using var company = await GatedCompany.WithAsync(20);
        await company.Through("2026-03-11T12:00");
        await company.Apply(GatedCompany.Campaign("rollout: {percent: 60, stages: [50, 100]}\ngate: {people: 5, days: 2}"));
        await company.Through("2026-03-12T13:00");
        var anna = company.With("anna");
        await anna.Types("gate show pilot");
        anna.Hears("breach: 1, at least 2: **too early**");
        // A change of something else is none of the rollout.
        await company.Apply(GatedCompany.Campaign("holdout: 0\nrollout: {percent: 60, stages: [50, 100]}\ngate: {people: 5, days: 2}").Replace("The pilot", "The pilots"));
        await anna.Types("gate show pilot");
        anna.Hears("breach: 1, at least 2: **too early**");
    }

    [Fact]
    public async Task A_campaign_of_a_file_is_moved_in_its_file()
    {
        await using var company = await GatedCompany.WithAsync(5, "managed: file\nrollout: {percent: 10}");
        var anna = company.With("anna");
        foreach (var line in new[] { "rollout set pilot 5", "rollout back pilot", $"rollout advance pilot {Answers}", "goal remove pilot minutes" })
        {
            await anna.Types(line);
            anna.Hears("**pilot** is managed by its file");
        }
        await anna.Types("gate show pilot");
        anna.Hears("**The gate of pilot**");
        (await company.Operator("rollout", "set", "pilot", "5")).ShouldContain("reaches 5 % now");
    }

    [Fact]
    public async Task Others_campaigns_are_not_theirs_to_look_at()
    {
        await using var company = await GatedCompany.WithAsync(5);
        await company.Apply(CampaignYaml.Of(GatedCompany.Daily, key: "other").Replace("owner@acme.com", "p1@acme.com"));
        var other = company.With("p1");
        foreach (var line in new[] { "rollout show pilot", "gate show pilot", "rollout back pilot", "readiness show pilot", "goal list pilot", "campaign launch pilot" })
        {
            await other.Types(line);
            other.Hears("**pilot** is anna@acme.com's campaign; ask there.");
        }
        (await company.Audited()).ShouldAllBe(entry => entry == "command refused");
    }

    [Fact]
    public async Task A_long_answer_is_told_at_its_field()
    {
        await using var company = await GatedCompany.WithAsync(5);
        var anna = company.With("anna");
        await anna.Types("rollout advance pilot");
        await anna.Sends(new string('x', 451), "yes", "nothing", "why not");
        anna.Last.Parts.ShouldHaveSingleItem().ShouldBeOfType<ReplyPart.Errors>().ByField["--learned"].ShouldContain("at most 450 characters");
        // The longest ones still fit into the button that confirms.
        await anna.Sends(new string('x', 450), "yes", new string('y', 450), new string('z', 450));
        anna.Last.Parts.OfType<ReplyPart.Whisper>().SelectMany(part => part.Message.Blocks.OfType<Block.Buttons>()).Single().Items.Single().Payload.Length.ShouldBeLessThan(2000);
    }

    [Fact]
    public async Task What_has_ended_stays_as_it_is()
    {
        await using var company = await GatedCompany.WithAsync(5);
        await company.Pauses.EndCampaignAsync(company.Id, "pilot");
        await Should.ThrowAsync<RefusalException>(() => company.Operator("rollout", "set", "pilot", "5"));
        await Should.ThrowAsync<RefusalException>(() => company.Operator("goal", "remove", "pilot", "minutes"));
    }
}
