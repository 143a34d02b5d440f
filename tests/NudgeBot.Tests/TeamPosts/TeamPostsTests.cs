using NodaTime;
using NudgeBot.Chat;
using NudgeBot.Nudging;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.TeamPosts;

/// <summary>A wins post on Wednesday 11 March 2026 at ten, for the team Payments.</summary>
public class TeamPostsTests
{
    const string Wins = """- {key: wins, day: 2, at: "10:00", kind: wins, text: wins, only_if: {nudged_members: 3}}""";

    static async Task<NudgedCompany> CompanyWith(params string[] team)
    {
        var company = await NudgedCompany.CreateAsync();
        foreach (var name in team) await company.Hire(name, team: "Payments");
        await company.OpenChannel("Payments");
        await company.Launch(CampaignYaml.Of(Wins));
        return company;
    }

    static Task<string[]> Posts(NudgedCompany company) =>
        company.List<string>("select concat_ws(' ', team, outcome, reason) from team_posts where organization_id = @id order by team");

    static async Task<string> DueAt(NudgedCompany company) => NudgedCompany.Local(await company.Query<Instant>("select due_at from team_posts where organization_id = @id"));

    static Message LastPost(NudgedCompany company) => company.Platform.Asked.Last(one => one.Recipient == "#Payments").Message;

    static async Task Writes(NudgedCompany company, string name, string worked, string didNot = "")
    {
        var button = LastButton(company);
        var person = company.With(name);
        await person.Presses(button.ActionId, button.Payload);
        await person.Sends(worked, didNot);
    }

    static Button LastButton(NudgedCompany company) =>
        company.Platform.Asked.SelectMany(one => one.Message.Blocks.OfType<Block.Buttons>()).SelectMany(buttons => buttons.Items).Last(button => button.ActionId == "wins.line");

    [Fact]
    public async Task Three_nudged_members_are_asked_for_a_line()
    {
        await using var company = await CompanyWith("anna", "bob", "carl");

        await company.Through("2026-03-11T10:00");

        (await Posts(company)).ShouldBe(["Payments sent"]);
        Conversation.TextOf(LastPost(company)).ShouldContain("Hello Payments");
    }

    [Fact]
    public async Task Two_are_not()
    {
        await using var company = await CompanyWith("anna", "bob");
        await company.Through("2026-03-11T10:00");
        (await Posts(company)).ShouldBe(["Payments skipped condition-false"]);
    }

    [Fact]
    public async Task Who_has_left_no_longer_counts()
    {
        await using var company = await CompanyWith("anna", "bob", "carl");
        await company.Hire("carl", team: "Payments", left: "2026-03-10");
        await company.Through("2026-03-11T10:00");
        (await Posts(company)).ShouldBe(["Payments skipped condition-false"]);
    }

    [Fact]
    public async Task A_team_without_a_channel_is_not_reached()
    {
        await using var company = await CompanyWith("anna", "bob", "carl");
        await company.Execute("delete from team_channels");
        await company.Through("2026-03-11T10:00");
        (await Posts(company)).ShouldBe(["Payments failed no-channel"]);
    }

    [Theory]
    [InlineData(FailReason.NotInstalled, "no-channel")]
    [InlineData(FailReason.BlockedByUser, "no-channel")]
    [InlineData(FailReason.Rejected, "rejected")]
    [InlineData(FailReason.GaveUp, "gave-up")]
    public async Task A_refusal_is_final(FailReason refused, string reason)
    {
        await using var company = await CompanyWith("anna", "bob", "carl");
        company.Platform.Says(new SendResult.Refused(refused));
        await company.Through("2026-03-20T10:00");
        (await Posts(company)).ShouldBe([$"Payments failed {reason}"]);
        company.Platform.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_throttled_channel_gets_its_post_later()
    {
        await using var company = await CompanyWith("anna", "bob", "carl");
        company.Platform.Says(new SendResult.Throttled(Duration.FromMinutes(5)));
        await company.Through("2026-03-11T10:04");
        (await Posts(company)).ShouldBe(["Payments pending throttled"]);

        company.Platform.TakesEverything();
        await company.Through("2026-03-11T10:05");
        (await Posts(company)).ShouldBe(["Payments sent"]);
    }

    [Fact]
    public async Task A_pause_holds_it_and_a_resume_sends_it()
    {
        await using var company = await CompanyWith("anna", "bob", "carl");
        await company.Pauses.PauseCampaignAsync(company.Id, "pilot");
        await company.Through("2026-03-11T10:00");
        (await Posts(company)).ShouldBe(["Payments pending paused"]);

        await company.At("2026-03-11T11:00");
        await company.Pauses.ResumeCampaignAsync(company.Id, "pilot");
        await company.Tick();
        (await Posts(company)).ShouldBe(["Payments sent"]);
    }

    [Fact]
    public async Task A_crash_makes_it_unknown_and_never_a_second_post()
    {
        await using var company = await CompanyWith("anna", "bob", "carl");
        await company.Execute("update team_posts set leased_until = clock_timestamp() - interval '1 second'");
        await company.Sweep();
        await company.Through("2026-03-20T10:00");
        (await Posts(company)).ShouldBe(["Payments unknown no-answer"]);
        company.Platform.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_dispatchers_post_once()
    {
        await using var company = await CompanyWith("anna", "bob", "carl");
        await company.At("2026-03-11T09:59");
        company.Clock.MoveTo(NudgedCompany.Moment("2026-03-11T10:00"));
        await Task.WhenAll(company.TickOnce(), company.TickOnce(), company.TickOnce());
        company.Platform.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_step_that_an_edit_took_away_is_skipped()
    {
        await using var company = await CompanyWith("anna", "bob", "carl");
        await company.Apply(CampaignYaml.Of(CampaignYaml.Welcome));
        await company.Through("2026-03-12T10:00");
        (await Posts(company)).ShouldBe(["Payments skipped ended"]);
    }

    [Fact]
    public async Task The_majority_decides_zone_country_and_language()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", team: "Payments", zone: "America/New_York", locale: "de");
        await company.Hire("bob", team: "Payments", zone: "America/New_York", locale: "de");
        await company.Hire("carl", team: "Payments");
        await company.OpenChannel("Payments");
        await company.Launch(CampaignYaml.Of(Wins));

        (await DueAt(company)).ShouldBe("2026-03-11T15:00");
        await company.Through("2026-03-11T15:00");
        Conversation.TextOf(LastPost(company)).ShouldContain("Zeile hinzufügen");
    }

    [Fact]
    public async Task The_alphabetically_first_of_equals_decides()
    {
        await using var company = await NudgedCompany.CreateAsync();
        foreach (var (name, zone) in new[] { ("anna", "Europe/Berlin"), ("bob", "America/New_York"), ("carl", "Europe/Berlin"), ("dora", "America/New_York") })
            await company.Hire(name, team: "Payments", zone: zone);
        await company.Launch(CampaignYaml.Of(Wins));

        (await company.List<string>("select time_zone || ' ' || country from team_posts where organization_id = @id")).ShouldBe(["America/New_York DE"]);
    }

    [Fact]
    public async Task Is_planned_from_the_earliest_day_0_and_follows_a_new_majority()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", team: "Payments", zone: "America/New_York", licensed: "2026-03-11");
        await company.Launch(CampaignYaml.Of(Wins), at: "2026-03-09T06:00");
        (await DueAt(company)).ShouldBe("2026-03-13T15:00");

        foreach (var name in new[] { "bob", "carl" }) await company.Hire(name, team: "Payments");
        await company.Enroll();
        (await DueAt(company)).ShouldBe("2026-03-11T10:00");
    }

    [Fact]
    public async Task Moves_over_a_holiday_of_the_teams_country()
    {
        await using var company = await NudgedCompany.CreateAsync();
        foreach (var name in new[] { "anna", "bob", "carl" }) await company.Hire(name, team: "Payments", licensed: "2026-04-01");
        await company.Launch(CampaignYaml.Of(Wins));
        // Day 2 is Good Friday.
        (await DueAt(company)).ShouldBe("2026-04-07T10:00");
    }

    [Fact]
    public async Task Two_lines_make_a_digest_on_the_next_working_day()
    {
        await using var company = await CompanyWith("anna", "bob", "carl");
        await company.Through("2026-03-11T10:00");
        await Writes(company, "anna", "Tests for the parser");
        await Writes(company, "bob", "", "Totals in a table");

        await company.Through("2026-03-12T09:59");
        company.Platform.Asked.Count.ShouldBe(1);
        await company.Through("2026-03-12T10:00");

        Conversation.TextOf(LastPost(company)).ShouldBe("**What Payments wrote about Copilot**\n\nWorked:\n- Tests for the parser\n\nDid not:\n- Totals in a table");
        await company.Through("2026-03-31T10:00");
        company.Platform.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_line_makes_none_until_a_second_one_comes()
    {
        await using var company = await CompanyWith("anna", "bob", "carl");
        await company.Through("2026-03-11T10:00");
        await Writes(company, "anna", "Tests");
        await company.Through("2026-03-12T12:00");
        company.Platform.Asked.Count.ShouldBe(1);

        await Writes(company, "bob", "Release notes");
        await company.Through("2026-03-13T10:00");
        Conversation.TextOf(LastPost(company)).ShouldContain("- Tests\n- Release notes");
    }

    [Fact]
    public async Task One_line_makes_none_for_ever()
    {
        await using var company = await CompanyWith("anna", "bob", "carl");
        await company.Through("2026-03-11T10:00");
        await Writes(company, "anna", "Tests");
        await company.Through("2026-04-30T12:00");
        company.Platform.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_throttled_digest_is_tried_again()
    {
        await using var company = await CompanyWith("anna", "bob", "carl");
        await company.Through("2026-03-11T10:00");
        foreach (var name in new[] { "anna", "bob" }) await Writes(company, name, "Tests");
        company.Platform.Says(new SendResult.Throttled(Duration.FromMinutes(5)));
        await company.Through("2026-03-12T10:04");

        company.Platform.TakesEverything();
        await company.Through("2026-03-12T10:05");

        Conversation.TextOf(LastPost(company)).ShouldContain("- Tests\n- Tests");
        (await company.Query<bool>("select digest_at is not null from team_posts where organization_id = @id")).ShouldBeTrue();
    }

    [Fact]
    public async Task An_empty_line_keeps_the_form_open()
    {
        await using var company = await CompanyWith("anna", "bob", "carl");
        await company.Through("2026-03-11T10:00");
        var button = LastButton(company);
        var anna = company.With("anna");
        await anna.Presses(button.ActionId, button.Payload);

        await anna.Sends("  ", "");
        anna.Hears("Write at least one of the two.");
        await anna.Sends("", "Nothing yet");
        anna.Hears("Thank you, your line is in.");
    }

    [Fact]
    public async Task A_second_line_by_the_same_person_replaces_the_first()
    {
        await using var company = await CompanyWith("anna", "bob", "carl");
        await company.Through("2026-03-11T10:00");
        await Writes(company, "anna", "Tests");
        await Writes(company, "anna", "Better tests");
        await company.Through("2026-03-12T10:00");

        company.Platform.Asked.Count.ShouldBe(1);
        (await company.List<string>("select worked from team_post_lines where organization_id = @id")).ShouldBe(["Better tests"]);
    }

    [Fact]
    public async Task What_people_write_becomes_no_link_mention_or_heading()
    {
        await using var company = await CompanyWith("anna", "bob", "carl");
        await company.Through("2026-03-11T10:00");
        await Writes(company, "anna", "[click](http://evil.example) <!channel> @here");
        await Writes(company, "bob", "# Big\n- **bold**");
        await company.Through("2026-03-12T10:00");

        var digest = Conversation.TextOf(LastPost(company));
        digest.ShouldContain(Markdown.Escape("[click](http://evil.example) <!channel> @here"));
        digest.ShouldNotContain("[click](");
        digest.ShouldNotContain("\n# Big");
    }
}
