using NudgeBot.Chat;
using NudgeBot.Nudging;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Gates;

public sealed class BreachTests
{
    const string Fields = "rollout: {percent: 100}\ngate: {people: 20}";

    [Fact]
    public async Task Opt_outs_beyond_chance_pause_the_campaign_and_its_owner_is_told_what_since_when_and_what_to_do()
    {
        await using var company = await GatedCompany.WithAsync(30, Fields);
        await company.At("2026-03-09T10:00");
        await company.SayStop(6);
        await company.Through("2026-03-09T22:00");

        await company.Watch();
        await company.Tick();

        (await company.IsPaused()).ShouldBeTrue();
        // At ten in the evening: an alert knows no window.
        var told = Conversation.TextOf(company.With("anna").LastMessage);
        told.ShouldContain("**I have paused “The pilot”**");
        told.ShouldContain("People say stop: 6 of 30, 20 % (10 % to 37 %); it should be at most 5 %. The first did on 2026-03-09.");
        told.ShouldContain("Show the figures | Resume the campaign");
        (await company.Query<string>("select concat_ws(' ', action, actor, campaign, convert_from(why, 'UTF8')) from audit_entries where organization_id = @id"))
            .ShouldBe("campaign.pause system pilot opt-outs: 20 % of 30 people (10 % to 37 %), at most 5 %");
    }

    [Fact]
    public async Task What_it_was_paused_for_does_not_pause_it_again_and_new_figures_do()
    {
        await using var company = await GatedCompany.WithAsync(30, Fields);
        await company.At("2026-03-09T10:00");
        await company.SayStop(6);
        await company.Watch();
        await company.Tick();
        var anna = company.With("anna");
        await anna.Presses("Show the figures");
        anna.Hears("Opt-outs: 20 % of 30 people");
        await anna.Presses("Resume the campaign");
        anna.Hears("**pilot** goes on.");

        company.Clock.MoveTo(NudgedCompany.Moment("2026-03-09T11:00"));
        await company.Watch();
        (await company.IsPaused()).ShouldBeFalse();

        await company.Through("2026-03-10T10:00");
        await company.Watch();
        (await company.IsPaused()).ShouldBeFalse();
        await company.SayBlocked(12);
        await company.Watch();
        (await company.IsPaused()).ShouldBeTrue();
        (await company.List<string>("select measure from gate_breaches where organization_id = @id order by found_at")).ShouldBe(["opt-outs", "blocked"]);
    }

    [Fact]
    public async Task Messages_that_do_not_arrive_pause_it_and_an_owner_who_is_not_reached_is_not_the_one_who_is_told()
    {
        await using var company = await GatedCompany.WithAsync(30, Fields);
        company.Platform.Says(outgoing => outgoing.Recipient is "bob@acme.com" ? company.Platform.Taken() : new SendResult.Refused(FailReason.NotInstalled));
        await company.At("2026-03-09T10:00");
        await company.Watch();
        (await company.IsPaused()).ShouldBeTrue();

        await company.Tick();

        Conversation.TextOf(company.With("bob").LastMessage).ShouldContain("Messages do not arrive: the last one reached 0 of 30 people, 0 % (0 % to 11 %); it should be at least 95 %.");
        (await company.List<string>("select concat_ws(' ', p.name, n.outcome, n.reason) from notices n join persons p on p.id = n.person_id where n.organization_id = @id order by n.id"))
            .ShouldBe(["anna failed not-installed", "bob sent"]);
    }

    [Fact]
    public async Task Without_an_account_the_owner_is_not_waited_for()
    {
        await using var company = await GatedCompany.WithAsync(30, Fields);
        await company.Execute("update persons set account_id = null, workspace_id = null where organization_id = @id and name = 'anna'");
        await company.At("2026-03-09T10:00");
        await company.SayBlocked(15);
        await company.Watch();
        (await company.List<string>("select p.name from notices n join persons p on p.id = n.person_id where n.organization_id = @id")).ShouldBe(["bob"]);
    }

    [Fact]
    public async Task Too_few_people_are_no_breach_whatever_their_figures()
    {
        await using var company = await GatedCompany.WithAsync(19, Fields);
        await company.At("2026-03-09T10:00");
        await company.SayBlocked(19);
        await company.Watch();
        (await company.IsPaused()).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_who_look_at_once_pause_and_tell_once()
    {
        await using var company = await GatedCompany.WithAsync(30, Fields);
        await company.At("2026-03-09T10:00");
        await company.SayStop(10);
        await Task.WhenAll(company.Watch(), company.Watch(), company.Watch());
        await company.Watch();
        (await company.Query<int>("select count(*)::int from notices where organization_id = @id")).ShouldBe(1);
        (await company.Audited()).ShouldBe(["campaign.pause"]);
    }

    /// <summary>What tells of the pause cannot be written: so there is no pause, and the next look finds the breach again.</summary>
    [Fact]
    public async Task What_breaks_off_in_between_leaves_nothing_half_done()
    {
        await using var company = await GatedCompany.WithAsync(30, Fields);
        await company.At("2026-03-09T10:00");
        await company.SayStop(10);
        await company.Execute("alter table notices rename to notices_away");
        await Should.ThrowAsync<Npgsql.PostgresException>(() => company.Watch());
        (await company.IsPaused()).ShouldBeFalse();
        (await company.Query<int>("select count(*)::int from gate_breaches where organization_id = @id")).ShouldBe(0);

        await company.Execute("alter table notices_away rename to notices");
        await company.Watch();
        (await company.IsPaused()).ShouldBeTrue();
    }

    [Fact]
    public async Task It_is_looked_for_once_an_hour_and_only_where_something_happened()
    {
        await using var company = await GatedCompany.WithAsync(30, Fields);
        await company.At("2026-03-09T10:00");
        await company.Watch();
        (await company.Product.BreachWatch.NextMomentAsync(company.Id, TestContext.Current.CancellationToken)).ShouldBeNull();
        company.Clock.MoveTo(NudgedCompany.Moment("2026-03-09T10:20"));
        await company.SayBlocked(1);
        (await company.Product.BreachWatch.NextMomentAsync(company.Id, TestContext.Current.CancellationToken)).ShouldBe(NudgedCompany.Moment("2026-03-09T11:00"));
    }
}
