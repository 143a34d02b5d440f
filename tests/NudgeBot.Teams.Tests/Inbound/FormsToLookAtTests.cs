using System.Text.Json.Nodes;
using NudgeBot.Conversations;
using NudgeBot.FakeTeams.Calling;
using NudgeBot.People;
using NudgeBot.Teams.Rendering;
using NudgeBot.Teams.Tests.WholeProgram;
using NudgeBot.Tests;
using Message = NudgeBot.FakeTeams.World.Message;

namespace NudgeBot.Teams.Tests.Inbound;

/// <summary>Forms that say how many people they are about before they are sent: in a dialog, and as a card in the chat.</summary>
public sealed class FormsToLookAtTests
{
    [Fact]
    public async Task A_dialog_counts_the_people_and_keeps_what_was_filled_in()
    {
        await using var company = await WithAdminAsync();
        await company.Teams.Acting.SayAsync(company.Anna, "campaign create");
        await company.IdleAsync();
        await company.Teams.Acting.PressAsync(company.Anna, company.LastTo(company.Anna), "New campaign");
        Dialog(company).ShouldContain("For everyone: 4 people today; 3 of them cannot be reached yet.");

        // What must be filled in to send the form is not needed to look at it.
        var look = await LooksAsync(company, ("field.--roles", "qa"), ("field.--roles", "developer"), ("field.--name", "In autumn"));
        Dialog(company).ShouldContain("For role qa or developer: 3 people today; 2 of them cannot be reached yet.");
        Value(company, "field.--roles").ShouldBe("developer,qa");
        Value(company, "field.--name").ShouldBe("In autumn");
        await LooksAsync(company, ("field.--start", "some day"), ("field.NEW-KEY", "autumn"), ("field.--tool", "copilot"));
        Dialog(company).ShouldContain("--start takes a date");
        Dialog(company).ShouldContain("For role developer or qa: 3 people today");
        await company.Teams.Deliveries.AgainAsync(look);
        company.Teams.DialogOf(company.Anna).ShouldNotBeNull("told twice, it is answered twice");
        (await company.QueryAsync<string>("select key from campaigns")).ShouldBeEmpty();
        (await company.QueryAsync<string>("select payload from inbox where payload like '%In autumn%'")).ShouldBeEmpty("what stood in a form is not kept");

        await company.Teams.Acting.SubmitDialogAsync(company.Anna, "Create", ("field.--start", "2027-02-01"), ("field.--teams", "Payments"), ("field.--owner", ""));
        Dialog(company).ShouldContain(Phrases.Say("en", "form-empty"));
        Dialog(company).ShouldContain("For role developer or qa, team Payments: 1 person today", Case.Sensitive, "beside what is wrong, the number is of what stands there");
        await company.Teams.Acting.SubmitDialogAsync(company.Anna, "Create", ("field.--owner", "anna@acme.com"));
        await company.IdleAsync();

        company.Teams.DialogOf(company.Anna).ShouldBeNull();
        ShownOnCards.Text(company.LastTo(company.Anna).CardSeenBy(company.Anna)).ShouldContain("--roles developer,qa --teams Payments");
        (await company.QueryAsync<string>("select key from campaigns")).ShouldBe(["autumn"]);
    }

    [Fact]
    public async Task A_card_in_the_chat_counts_them_in_its_place()
    {
        await using var company = await WithAdminAsync();
        await company.Teams.Acting.SayAsync(company.Anna, "campaign create autumn --tool copilot --start 2027-02-01 --owner anna@acme.com --roles qa");
        await company.IdleAsync();
        var press = company.Activity("message");
        press["value"] = new CardAction(ActionIds.Command, "campaign edit autumn").Write();
        (await company.PostAsync(press.ToJsonString())).ShouldBe((200, ""));
        await company.IdleAsync();
        var card = company.LastTo(company.Anna);
        Card(card, company).ShouldContain("For role qa: 2 people today; none of them can be reached yet.");

        await company.Teams.Acting.PressAsync(company.Anna, card, "Count the people", ("field.--roles", ""), ("field.--name", "For all"));
        Card(card, company).ShouldContain("For everyone: 4 people today");
        (await company.QueryAsync<int>("select count(*)::int from journey_versions")).ShouldBe([1]);
        await company.Teams.Acting.PressAsync(company.Anna, card, "Save");
        await company.IdleAsync();

        Card(card, company).ShouldContain("**autumn** has version 2 now.".Replace("**", ""));
        (await company.QueryAsync<string>("select name from campaigns")).ShouldBe(["For all"]);
        company.SaidTo(company.Anna).ShouldContain(said => said.Contains("--roles all --teams all --locations all"));
    }

    [Fact]
    public async Task Who_may_not_is_told_and_the_dialog_closes()
    {
        await using var company = await WithAdminAsync();
        await company.Teams.Acting.SayAsync(company.Anna, "campaign create");
        await company.IdleAsync();
        await company.Teams.Acting.PressAsync(company.Anna, company.LastTo(company.Anna), "New campaign");
        await company.QueryAsync<bool>("update persons set admin = false returning admin");

        await LooksAsync(company, ("field.--roles", "qa"));

        company.Teams.DialogOf(company.Anna).ShouldBeNull();
        company.Teams.World.NoticesOf(company.Anna)[^1].ShouldContain("is for administrators");
        (await company.QueryAsync<bool>("select bool_or(refused) from audit_entries")).ShouldBe([true]);
    }

    static Task<Delivery> LooksAsync(TeamsCompany company, params (string, string)[] inputs) =>
        company.Teams.Acting.SubmitDialogAsync(company.Anna, "Count the people", inputs);

    static string Dialog(TeamsCompany company) => ShownOnCards.Text(company.Teams.DialogOf(company.Anna).ShouldNotBeNull().Card);

    static string Card(Message message, TeamsCompany company) => ShownOnCards.Text(message.CardSeenBy(company.Anna));

    static string? Value(TeamsCompany company, string input) => (string?)company.Teams.DialogOf(company.Anna)!.Card["body"]!.AsArray().Single(part => (string?)part!["id"] == input)!["value"];

    /// <summary>Anna, who has an account; Bob; and two testers, who have none either.</summary>
    static async Task<TeamsCompany> WithAdminAsync()
    {
        var company = await TeamsCompany.WithAnnaAsync();
        using var roster = new TextFile("email,role,team,time_zone\nanna@acme.com,developer,Payments,Europe/Berlin\nbob@acme.com,product-manager,,Europe/Berlin\nc@acme.com,qa,Search,Europe/Berlin\nd@acme.com,qa,Search,Europe/Berlin\n");
        await company.Product.RosterImport.RunAsync(1, roster.Path, new RosterOptions(), stop: TestContext.Current.CancellationToken);
        await company.QueryAsync<bool>("update persons set admin = true where email = 'anna@acme.com' returning admin");
        return company;
    }
}
