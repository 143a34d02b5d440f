using NodaTime;
using NudgeBot.Chat;
using NudgeBot.People;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Champions;

public class WinReactionsTests
{
    static async Task<NudgedCompany> WithAWinOfAnnas(params string[] others)
    {
        var company = await TellingCompany.WithAsync(["anna", .. others]);
        await company.Tells("anna", "Tests in ten minutes", "Write tests for `parse` <b>only</b>.", "30");
        await company.Tick();
        return company;
    }

    static Task<string[]> Reactions(NudgedCompany company) => company.List<string>("""
        select p.name || ' ' || r.kind from win_reactions r join persons p on p.id = r.person_id where r.organization_id = @id order by 1
        """);

    [Fact]
    public async Task Kudos_are_counted_in_place()
    {
        await using var company = await WithAWinOfAnnas("bob", "carl");

        var bob = await company.Presses("bob", "win.kudos");
        bob.Last.Parts.ShouldHaveSingleItem();
        bob.Changed.ShouldBe("**A win by anna**, with Copilot\nTests in ten minutes\nMinutes saved: 30\nKudos 1 | Try this prompt");

        (await company.Presses("carl", "win.kudos")).Changed.ShouldContain("Kudos 2 |");
    }

    [Fact]
    public async Task Kudos_count_once_a_person()
    {
        await using var company = await WithAWinOfAnnas("bob");
        await company.Presses("bob", "win.kudos");

        var bob = await company.Presses("bob", "win.kudos");

        bob.Last.Parts.ShouldHaveSingleItem().ShouldBeOfType<ReplyPart.Whisper>();
        bob.Hears("counted already");
        (await Reactions(company)).ShouldBe(["bob kudos"]);
    }

    [Fact]
    public async Task The_author_is_told_kindly_that_others_give_them()
    {
        await using var company = await WithAWinOfAnnas();

        var anna = await company.Presses("anna", "win.kudos");

        anna.Last.Parts.ShouldHaveSingleItem().ShouldBeOfType<ReplyPart.Whisper>();
        anna.Hears("up to your colleagues");
        (await Reactions(company)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Eight_presses_of_one_person_at_once_count_once()
    {
        await using var company = await WithAWinOfAnnas("bob");

        var presses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => company.Presses("bob", "win.kudos")));

        presses.Count(bob => bob.Last.Parts[0] is ReplyPart.Update).ShouldBe(1);
        presses.Count(bob => bob.Heard.Contains("counted already")).ShouldBe(7);
        (await Reactions(company)).ShouldBe(["bob kudos"]);
    }

    [Fact]
    public async Task Eight_people_at_once_are_counted_exactly_and_the_last_one_sees_all()
    {
        string[] cheering = [.. Enumerable.Range(0, 8).Select(i => $"p{i}")];
        await using var company = await WithAWinOfAnnas(cheering);

        var presses = await Task.WhenAll(cheering.Select(name => company.Presses(name, "win.kudos")));

        (await Reactions(company)).ShouldBe(cheering.Select(name => $"{name} kudos"));
        presses.ShouldAllBe(person => person.Last.Parts[0] is ReplyPart.Update);
        presses.ShouldContain(person => person.Changed.Contains("Kudos 8 |"));
    }

    [Fact]
    public async Task A_prompt_is_whispered_as_it_is_and_each_who_tries_it_is_counted_once()
    {
        await using var company = await WithAWinOfAnnas("bob", "carl");

        var bob = await company.Presses("bob", "win.try");
        await company.Presses("bob", "win.try");
        await company.Presses("carl", "win.try");

        bob.Last.Parts.ShouldHaveSingleItem().ShouldBeOfType<ReplyPart.Whisper>().Message.Blocks
            .ShouldBe([new Block.Text("Paste it into Copilot, and change what is yours:"), new Block.Prompt("Write tests for `parse` <b>only</b>.")]);
        (await Reactions(company)).ShouldBe(["bob tried", "carl tried"]);
    }

    [Fact]
    public async Task The_author_sees_the_own_prompt_and_that_is_no_try()
    {
        await using var company = await WithAWinOfAnnas();
        (await company.Presses("anna", "win.try")).Hears("Write tests for `parse`");
        (await Reactions(company)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_organization_reaches_nothing()
    {
        await using var company = await WithAWinOfAnnas();
        var stranger = await StrangerAsync(company);
        var payload = company.WinPosts()[0].Buttons()[0].Payload;

        foreach (var action in new[] { "win.kudos", "win.try" })
            (await company.Heard(new ChatEvent.Pressed(stranger, company.Clock.Now, action, payload))).ShouldContain("Nothing was changed.");
        (await company.Heard(new ChatEvent.Command(stranger, company.Clock.Now, "win list"))).ShouldContain("Nobody has told a win yet.");
        (await company.Query<int>("select count(*) from win_reactions")).ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4711")]
    [InlineData("-1")]
    [InlineData("1-1")]
    [InlineData("99999999999999999999")]
    public async Task A_win_that_is_not_there_is_said_kindly(string payload)
    {
        await using var company = await TellingCompany.WithAsync("anna");
        var anna = company.With("anna");
        foreach (var action in new[] { "win.kudos", "win.try" })
        {
            await anna.Presses(action, payload);
            anna.Hears("Nothing was changed.");
        }
    }

    static async Task<Sender> StrangerAsync(NudgedCompany company)
    {
        var other = await company.Query<int>("""
            with o as (insert into organizations (name, created_at) values ('Other', @now) returning id)
            insert into workspaces (organization_id, platform, external_id, name) select id, 'recorder', 'other', 'Other' from o
            returning organization_id
            """);
        using var roster = new TextFile("email,time_zone\nmallory@other.com,Europe/Berlin");
        await company.Product.RosterImport.RunAsync(other, roster.Path, new RosterOptions());
        return await company.Query<Sender>("""
            insert into accounts (organization_id, workspace_id, person_id, external_id)
            select p.organization_id, w.id, p.id, p.email from persons p join workspaces w on w.organization_id = p.organization_id where p.organization_id = @other
            returning organization_id, person_id, id as account_id
            """, new { other });
    }
}
