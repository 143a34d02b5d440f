namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>A modal that says how many people it is about while it is open.</summary>
public class FormsToLookAtTests
{
    [Fact]
    public async Task The_number_follows_what_is_chosen_and_what_was_typed_stays()
    {
        await using var town = await WithAdminAsync();
        await town.Anna.Commands("/nudge campaign create autumn");
        town.Anna.FormSays.ShouldContain("For everyone: *8 people* today; 4 of them cannot be reached yet.");

        town.Anna.Fills(("Tool", "copilot"), ("Name", "In autumn"));
        await town.Anna.ChoosesIn("Roles", "qa");
        town.Anna.FormSays.ShouldContain("For role qa: *1 person* today, who can be reached.");
        town.Anna.Fills(("Start", "some day"));
        await town.Anna.ChoosesIn("Roles", "qa", "developer");
        town.Anna.FormSays.ShouldContain("For role qa or developer: *8 people* today");
        town.Anna.FormSays.ShouldContain("⚠️ --start takes a date");
        town.Anna.Fills(("Start", "2027-02-01"));
        await town.Anna.PressesInForm("Count the people");
        town.Anna.FormSays.ShouldNotContain("⚠️");
        (town.Anna.Field("Tool"), town.Anna.Field("Name"), town.Anna.Field("Roles")).ShouldBe(("copilot", "In autumn", "qa, developer"));
        (await town.QueryAsync<string>("select key from campaigns")).ShouldBe(["first-60-days"], "nothing was sent yet");

        await town.Anna.Sends();

        town.Anna.HasForm.ShouldBeFalse();
        town.Anna.Sees("--roles \"qa, developer\"");
        (await town.QueryAsync<string>("select key from campaigns order by key")).ShouldBe(["autumn", "first-60-days"]);
        (await town.QueryAsync<string>("select payload from inbox where payload like '%In autumn%'")).ShouldBeEmpty("what stood in a form is not kept");
        town.NothingWentWrong();
    }

    [Fact]
    public async Task An_edit_goes_back_to_everybody_when_nothing_is_chosen_any_more()
    {
        await using var town = await WithAdminAsync();
        await town.Anna.Types("campaign create autumn --tool copilot --start 2027-02-01 --owner anna@acme.com --roles qa");
        await town.Anna.Commands("/nudge campaign edit autumn");
        town.Anna.Field("Roles").ShouldBe("qa");

        await town.Anna.ChoosesIn("Roles");
        town.Anna.FormSays.ShouldContain("For everyone: *8 people* today");
        await town.Anna.Sends();

        town.Anna.Sees("--roles all --teams all --locations all");
        town.NothingWentWrong();
    }

    [Fact]
    public async Task Of_two_choices_in_a_moment_the_last_is_what_stands_there()
    {
        await using var town = await WithAdminAsync();
        await town.Anna.Commands("/nudge campaign create autumn");
        var form = town.Anna.Form;
        var before = form.Hash;
        await town.Anna.ChoosesIn("Roles", "qa");

        // The second left before its client had heard of what the first was answered.
        form.Hash = before;
        var second = town.Slack.Acting.ChooseAsync(town.Anna.User, form, new("value", "--roles"), "qa", "developer");
        form.Hash = "changed-meanwhile";
        await second;

        town.Anna.FormSays.ShouldContain("For role qa or developer: *8 people* today");
    }

    [Fact]
    public async Task Who_is_no_administrator_any_more_hears_that_and_the_form_says_nothing_new()
    {
        await using var town = await WithAdminAsync();
        await town.Anna.Commands("/nudge campaign create autumn");
        await town.QueryAsync<bool>("update persons set admin = false returning admin");

        await town.Anna.ChoosesIn("Roles", "qa");

        town.Anna.FormSays.ShouldNotContain("qa:");
        (await town.QueryAsync<bool>("select bool_or(refused) from audit_entries")).ShouldBe([true]);
    }

    static async Task<SlackTown> WithAdminAsync()
    {
        var town = await SlackTown.InstalledAsync();
        await town.QueryAsync<bool>("update persons set admin = true where email = 'anna@acme.com' returning admin");
        return town;
    }
}
