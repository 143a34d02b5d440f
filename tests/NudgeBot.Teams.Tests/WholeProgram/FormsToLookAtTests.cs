namespace NudgeBot.Teams.Tests.WholeProgram;

/// <summary>A dialog that says how many people it is about while it is open.</summary>
public class FormsToLookAtTests
{
    [Fact]
    public async Task The_button_counts_again_and_the_form_is_sent_as_it_was_looked_at()
    {
        await using var town = await TeamsTown.InstalledAsync();
        await town.QueryAsync<bool>("update persons set admin = true where email = 'anna@acme.com' returning admin");
        await town.Anna.Types("campaign create autumn");
        await town.Anna.Presses("New campaign");

        await town.Anna.PressesInDialog("Count the people", ("Roles", "qa"), ("Tool", "copilot"));
        ShownOnCards.Text(town.Anna.Dialog.Card).ShouldContain("For role qa: 1 person today");
        town.Anna.Field("Roles").ShouldBe("qa");
        await town.Anna.Sends(("Start", "2027-02-01"));

        town.Anna.HasDialog.ShouldBeFalse();
        town.Anna.Sees("--roles qa");
        (await town.QueryAsync<string>("select key from campaigns order by key")).ShouldBe(["autumn", "first-60-days"]);
        town.NothingWentWrong();
    }
}
