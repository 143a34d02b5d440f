using NudgeBot.FakeTeams.World;

namespace NudgeBot.Teams.Tests.WholeProgram;

/// <summary>What colleagues tell each other, in their channels.</summary>
public class WinsTests
{
    const string What = "What went well?";
    const string Prompt = "The prompt you used, if you like to share it";
    const string Minutes = "About how many minutes did it save?";

    [Fact]
    public async Task A_win_is_told_in_a_dialog_posted_cheered_and_tried()
    {
        await using var town = await TeamsTown.InstalledAsync();
        var wins = await WinsChannelAsync(town);

        await town.Anna.Types("win Tests for the *invoice* export");
        await town.Anna.Presses("A win");
        town.Anna.Dialog.Title.ShouldBe("A win");
        town.Anna.Field(What).ShouldBe("Tests for the *invoice* export");
        town.Anna.Field("Which tool helped?").ShouldBe("GitHub Copilot");
        await town.Anna.Sends((What, " "), (Prompt, "Write tests for <this> & that"));
        town.Anna.SeesError(What, "Write in a sentence or two what went well.");
        town.Anna.Field(Prompt).ShouldBe("Write tests for <this> & that", "what was filled in stays");
        await town.Anna.Sends((What, "Tests for the *invoice* export"), (Minutes, "30"));
        town.Anna.HasDialog.ShouldBeFalse();
        town.Anna.Sees("It stands in the wins channel in a moment.");

        var post = town.Teams.MessagesIn(wins).ShouldHaveSingleItem();
        ShownOnCards.Text(post.Card).ShouldContain("A win by Anna Bauer, with GitHub Copilot");
        ShownOnCards.Text(post.Card).ShouldContain("Tests for the *invoice* export");

        await town.Eve.Presses("Kudos", wins);
        await town.Mara.Presses("Kudos 1", wins);
        await town.Mara.Presses("Kudos 2", wins);
        ShownOnCards.Buttons(post.Card).ShouldContain("Kudos 2");
        town.Mara.Sees("Your kudos are counted already.");
        await town.Anna.Presses("Kudos 2", wins);
        town.Anna.Sees("This win is yours");
        ShownOnCards.Buttons(post.Card).ShouldContain("Kudos 2");

        await town.Eve.Presses("Try this prompt", wins);
        town.Eve.Sees("Write tests for <this> & that");
        town.Teams.MessagesIn(wins).ShouldHaveSingleItem("what is for one person is said in the personal chat").ShouldBe(post);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task A_win_as_long_as_the_dialog_takes_it_is_posted_and_its_prompt_shown()
    {
        await using var town = await TeamsTown.InstalledAsync();
        var wins = await WinsChannelAsync(town);

        await town.Anna.Types("win");
        await town.Anna.Presses("A win");
        await town.Anna.Sends((What, new string('&', 1000)), (Prompt, new string('<', 3000)));
        await town.Eve.Presses("Try this prompt", wins);

        ShownOnCards.Text(town.Teams.MessagesIn(wins).ShouldHaveSingleItem().Card).ShouldContain(new string('&', 1000));
        town.Eve.Sees(new string('<', 3000));
        town.NothingWentWrong();
    }

    [Fact]
    public async Task A_team_is_asked_for_a_line_each_and_reads_them_together_in_the_thread()
    {
        await using var town = await TeamsTown.InstalledAsync();
        var team = await town.ChannelAsync("payments");
        await town.ExecuteAsync("insert into team_channels (organization_id, workspace_id, team, external_id) select 1, id, 'Payments', @Id from workspaces where organization_id = 1", new { team.Id });
        await town.MoveToAsync("2027-01-18 10:00");

        await town.Eve.Presses("Add a line", team);
        await town.Eve.Sends();
        town.Eve.SeesError("What worked?", "Write at least one of the two.");
        await town.Eve.Sends(("What worked?", "unit tests"));
        town.Eve.Sees("Thank you, your line is in.");
        await town.Mara.Presses("Add a line", team);
        await town.Mara.Sends(("What worked?", "release notes"), ("What did not?", "SQL"));
        await town.MoveToAsync("2027-01-20 17:00");

        town.Anna.Sees("What Payments wrote about GitHub Copilot", team);
        town.Anna.Sees("unit tests", team);
        town.Anna.Sees("SQL", team);
        var messages = town.Teams.MessagesIn(team);
        messages.Count.ShouldBe(2);
        messages[1].ThreadId.ShouldBe(messages[0].Id);
        town.NothingWentWrong();
    }

    static async Task<Conversation> WinsChannelAsync(TeamsTown town)
    {
        var wins = await town.ChannelAsync("wins");
        await town.ExecuteAsync("update workspaces set wins_channel = @Id where organization_id = 1", new { wins.Id });
        return wins;
    }
}
