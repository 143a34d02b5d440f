namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>What colleagues tell each other, in their channels.</summary>
public class WinsTests
{
    const string What = "What went well?";
    const string Prompt = "The prompt you used, if you like to share it";
    const string Minutes = "About how many minutes did it save?";

    [Fact]
    public async Task A_win_is_told_in_a_form_posted_cheered_and_tried()
    {
        await using var town = await SlackTown.InstalledAsync();
        var wins = await WinsChannelAsync(town);

        await town.Anna.Commands("/win Tests for the *invoice* export", wins);
        town.Anna.FormTitle.ShouldBe("A win");
        town.Anna.Field(What).ShouldBe("Tests for the *invoice* export");
        town.Anna.Field("Which tool helped?").ShouldBe("GitHub Copilot");
        await town.Anna.Sends((What, " "));
        town.Anna.SeesError(What, "Write in a sentence or two what went well.");
        await town.Anna.Sends((What, "Tests for the *invoice* export"), (Prompt, "Write tests for <this> & that"), (Minutes, "30"));
        town.Anna.HasForm.ShouldBeFalse();

        var post = town.Slack.MessagesIn(wins, town.Eve.User).ShouldHaveSingleItem();
        Shown.Text(post).ShouldContain("*A win by Anna Bauer*, with GitHub Copilot");
        town.Slack.MessagesIn(wins, town.Anna.User).Select(Shown.Text).ShouldContain("Thank you. It stands in the wins channel in a moment.");

        await town.Eve.Presses("Kudos", wins);
        await town.Mara.Presses("Kudos 1", wins);
        await town.Mara.Presses("Kudos 2", wins);
        Shown.Text(post).ShouldContain("Kudos 2");
        town.Mara.Sees("Your kudos are counted already.", wins);
        await town.Anna.Presses("Kudos 2", wins);
        town.Anna.Sees("This win is yours", wins);
        Shown.Text(post).ShouldContain("Kudos 2");

        await town.Eve.Presses("Try this prompt", wins);
        town.Eve.Sees("Write tests for <this> & that", wins);
        town.Slack.MessagesIn(wins, town.Hana.User).ShouldHaveSingleItem().ShouldBe(post);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task A_colleagues_message_is_shared_as_a_win_by_its_menu()
    {
        await using var town = await SlackTown.InstalledAsync();
        var wins = await WinsChannelAsync(town);
        var general = town.Slack.World.AddChannel(town.Acme, "general", members: [town.Anna.User, town.Eve.User]);
        await town.Eve.Types("The migration took an hour & not a day", general);

        await town.Anna.Shares(town.Slack.MessagesIn(general, town.Anna.User).Single());
        town.Anna.Field(What).ShouldBe("The migration took an hour & not a day");
        await town.Anna.Sends();

        town.Anna.Sees("The migration took an hour &amp; not a day", wins);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task A_win_as_long_as_the_form_takes_it_is_posted_and_its_prompt_shown()
    {
        await using var town = await SlackTown.InstalledAsync();
        var wins = await WinsChannelAsync(town);

        await town.Anna.Commands("/win", wins);
        // Each of these signs is five letters long where it is escaped.
        await town.Anna.Sends((What, new string('&', 1000)), (Prompt, new string('<', 3000)));
        await town.Eve.Presses("Try this prompt", wins);

        town.Slack.MessagesIn(wins, town.Mara.User).ShouldHaveSingleItem();
        Shown.Text(town.Slack.MessagesIn(wins, town.Mara.User)[0]).Split("&amp;").Length.ShouldBe(1001);
        town.Eve.LastIn(wins).ShouldContain(new string('<', 3000));
        town.NothingWentWrong();
    }

    [Fact]
    public async Task A_team_is_asked_for_a_line_each_and_reads_them_together()
    {
        await using var town = await SlackTown.InstalledAsync();
        var team = town.Channel("payments", town.Anna, town.Eve, town.Mara);
        await town.ExecuteAsync("insert into team_channels (organization_id, workspace_id, team, external_id) select 1, id, 'Payments', @Id from workspaces where organization_id = 1", new { team.Id });
        await town.MoveToAsync("2027-01-18 10:00");

        await town.Eve.Presses("Add a line", team);
        await town.Eve.Sends();
        town.Eve.SeesError("What worked?", "Write at least one of the two.");
        await town.Eve.Sends(("What worked?", "unit tests"));
        town.Eve.Sees("Thank you, your line is in.", team);
        await town.Mara.Presses("Add a line", team);
        await town.Mara.Sends(("What worked?", "release notes"), ("What did not?", "SQL"));
        await town.MoveToAsync("2027-01-20 17:00");

        town.Anna.Sees("*What Payments wrote about GitHub Copilot*", team);
        town.Anna.Sees("unit tests", team);
        town.Anna.Sees("SQL", team);
        town.NothingWentWrong();
    }

    static async Task<NudgeBot.FakeSlack.World.Channel> WinsChannelAsync(SlackTown town)
    {
        var wins = town.Channel("wins", town.Anna, town.Eve, town.Mara, town.Hana);
        await town.ExecuteAsync("update workspaces set wins_channel = @Id where organization_id = 1", new { wins.Id });
        return wins;
    }
}
