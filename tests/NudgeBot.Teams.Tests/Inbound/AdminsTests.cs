using System.Text;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;
using NudgeBot.Governance;
using NudgeBot.People;
using NudgeBot.Teams.Rendering;
using NudgeBot.Tests;
using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Teams.Tests.Inbound;

/// <summary>What administrators do in Teams.</summary>
public sealed class AdminsTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("campaign edit pilot", "Change a campaign")]
    [InlineData("campaign step pilot hello", "Change a step")]
    [InlineData("campaign text pilot hello", "Change the words")]
    [InlineData("campaign preview", "Preview a step")]
    [InlineData("campaign apply", "Apply a file")]
    [InlineData("people import", "Import people")]
    [InlineData("people set bob@acme.com", "Change a person")]
    [InlineData("channel team", "A team's channel")]
    [InlineData("owner set", "Hand a campaign over")]
    public async Task Teams_shows_every_kind_of_form(string line, string title)
    {
        await using var company = await WithAdminAsync();
        using var teams = new TextFile("email,time_zone,team\n" + string.Join('\n', Enumerable.Range(0, 100).Select(i => $"p{i}@acme.com,Europe/Berlin,Team {i} {new string('x', 60)}")));
        await company.Product.RosterImport.RunAsync(1, teams.Path, new RosterOptions(), stop: Cancellation);
        await SaysAsync(company, "campaign apply key: pilot\nname: Pilot\ntool: copilot\nowner: anna@acme.com\nstart: 2027-06-01\nsteps:\n  - {key: hello, day: 0, at: \"10:00\", kind: welcome, text: welcome}");

        await SaysAsync(company, line);
        await company.Teams.Acting.PressAsync(company.Anna, company.LastTo(company.Anna), title);

        company.Teams.DialogOf(company.Anna).ShouldNotBeNull().Title.ShouldBe(title);
    }

    [Fact]
    public async Task What_is_wrong_stands_in_the_form_again_and_the_version_that_was_looked_at_stays()
    {
        await using var company = await WithAdminAsync();
        await company.Teams.Acting.SayAsync(company.Anna, "campaign apply", ("long.yaml", Encoding.UTF8.GetBytes(LongCampaign())));
        await company.IdleAsync();
        await SaysAsync(company, "campaign edit long");
        await company.Teams.Acting.PressAsync(company.Anna, company.LastTo(company.Anna), "Change a campaign");

        await FillsAsync(company, ("--holdout", "99"));
        DialogOf(company).ShouldContain("a whole number from 0 to 50");
        await FillsAsync(company, ("--holdout", "98"));
        DialogOf(company).ShouldContain("a whole number from 0 to 50");
        await company.Product.Desk.AnswerAsync(
            Asker.Operator(company.Workspace.OrganizationId), new CampaignRequest.Edit("long", new CampaignChange { Holdout = 20 }, BasedOn: null), Cancellation);
        await FillsAsync(company, ("--holdout", "30"));

        DialogOf(company).ShouldContain("was changed meanwhile: it has version 2 now, and this was made from version 1.");
        await SaysAsync(company, "campaign export long");
        Sees(company, "holdout: 20");
    }

    [Fact]
    public async Task One_person_of_the_roster_is_changed_by_form_and_by_line()
    {
        await using var company = await WithAdminAsync();

        await SaysAsync(company, "people set bob@acme.com");
        await company.Teams.Acting.PressAsync(company.Anna, company.LastTo(company.Anna), "Change a person");
        await FillsAsync(company, ("--country", "UK"));
        DialogOf(company).ShouldContain("The United Kingdom is GB.");
        await FillsAsync(company, ("--country", "GB"), ("--role", "qa"));
        company.Teams.DialogOf(company.Anna).ShouldBeNull();
        Sees(company, "people set bob@acme.com");
        await SaysAsync(company, "people set bob@acme.com --role designer");
        Sees(company, "The roster is what counts");
        (await company.QueryAsync<string>("select role from persons p join segments s on s.id = p.segment_id where email = 'bob@acme.com'")).ShouldBe(["designer"]);
        await SaysAsync(company, "audit");
        Sees(company, "people.set");
    }

    [Fact]
    public async Task A_client_without_dialogs_has_the_form_as_a_card_in_the_chat()
    {
        await using var company = await WithAdminAsync();
        await company.Teams.Acting.SayAsync(company.Anna, "campaign apply", ("long.yaml", Encoding.UTF8.GetBytes(LongCampaign())));
        await company.IdleAsync();
        var press = company.Activity("message");
        press["value"] = new CardAction(ActionIds.Command, "owner set long").Write();
        (await company.PostAsync(press.ToJsonString())).ShouldBe((200, ""));
        await company.IdleAsync();
        var card = company.LastTo(company.Anna);

        await company.Teams.Acting.PressAsync(company.Anna, card, "Hand over", ("field.WHO", "nobody@acme.com"));
        card.CardSeenBy(company.Anna)!.ToJsonString().ShouldContain("There is nobody with the e-mail nobody@acme.com");
        await company.Teams.Acting.PressAsync(company.Anna, card, "Hand over", ("field.WHO", "bob@acme.com"));
        await company.IdleAsync();

        (await company.QueryAsync<string>("select owner_email from campaigns where key = 'long'")).ShouldBe(["bob@acme.com"]);
    }

    [Fact]
    public async Task Somebody_is_named_by_mention_in_a_channel_and_the_answer_is_in_the_personal_chat()
    {
        await using var company = await WithAdminAsync();
        await company.Teams.Acting.InstallAsync(company.Bob);
        await company.Teams.Acting.InstallAsync(company.Engines, company.Anna);
        await company.IdleAsync();

        await company.Teams.Acting.MentionAsync(company.Anna, company.General, "champion add @Bob Noyce");
        await company.IdleAsync();

        Sees(company, "Bob");
        company.SaidIn(company.General).ShouldBeEmpty();
        company.SaidTo(company.Bob).ShouldHaveSingleItem("the greeting");
        (await company.QueryAsync<string>("select email from persons where champion")).ShouldBe(["bob@acme.com"]);
    }

    [Fact]
    public async Task Somebody_without_an_account_who_is_named_is_asked_for_by_e_mail()
    {
        await using var company = await WithAdminAsync();
        await company.Teams.Acting.InstallAsync(company.Engines, company.Anna);

        await company.Teams.Acting.MentionAsync(company.Anna, company.General, "champion add @Bob Noyce");
        await company.IdleAsync();

        Sees(company, "I do not know who Bob Noyce is");
        company.SaidIn(company.General).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_comes_with_the_command_is_read_without_the_bots_token()
    {
        await using var company = await WithAdminAsync();

        await company.Teams.Acting.SayAsync(company.Anna, "people import", ("roster.csv", Encoding.UTF8.GetBytes("email,name,role,time_zone\nzoe@acme.com,Zo\u00eb,qa,Europe/Berlin\nno address,X,qa,Europe/Berlin\n")));
        await company.IdleAsync();
        Sees(company, "1 added, 0 changed, 0 unchanged, 1 refused.");
        Sees(company, "line 3");
        await company.Teams.Acting.SayAsync(company.Anna, "campaign apply", ("long.yaml", Encoding.UTF8.GetBytes(LongCampaign())));
        await company.IdleAsync();
        await company.Teams.Acting.SayAsync(company.Anna, "people import", ("roster.csv", new byte[2 * 1024 * 1024]));
        await company.IdleAsync();
        Sees(company, "larger than 1 MB");

        (await company.QueryAsync<string>("select key from campaigns")).ShouldBe(["long"]);
        (await company.QueryAsync<string>("select name from persons where email = 'zoe@acme.com'")).ShouldBe(["Zo\u00eb"]);
    }

    [Fact]
    public async Task A_long_answer_to_a_form_in_the_chat_begins_in_its_place_and_goes_on_below()
    {
        await using var company = await WithAdminAsync();
        await company.Teams.Acting.SayAsync(company.Anna, "campaign apply", ("long.yaml", Encoding.UTF8.GetBytes(LongAnswers.Campaign())));
        await company.IdleAsync();
        var press = company.Activity("message");
        press["value"] = new CardAction(ActionIds.Command, "campaign export").Write();
        (await company.PostAsync(press.ToJsonString())).ShouldBe((200, ""));
        await company.IdleAsync();
        var form = company.LastTo(company.Anna);

        await company.Teams.Acting.PressAsync(company.Anna, form, "Send", ("field.KEY", "long"));
        await company.IdleAsync();

        var below = company.Teams.MessagesWith(company.Anna).SkipWhile(message => message != form).Skip(1).ToList();
        below.Count.ShouldBeGreaterThan(2);
        foreach (var begun in new[] { form.CardSeenBy(company.Anna)!.ToJsonString(), Text(form) })
        {
            begun.ShouldContain("key: long");
            begun.ShouldNotContain("step-39");
        }
        Text(below[^2]).ShouldContain("step-39");
        Text(below[^1]).ShouldContain("As a line:");
    }

    static string LongCampaign() => $"key: long\nname: Long\ntool: copilot\nowner: anna@acme.com\nstart: 2027-06-01\nsteps:\n{string.Join('\n', Enumerable.Range(0, 40).Select(i =>
        $"  - {{key: step-{i}, day: {i}, at: \"10:00\", kind: guide, text: day-1, only_if: {{no_use_in: 4}}}}"))}\n";

    static async Task<TeamsCompany> WithAdminAsync()
    {
        var company = await TeamsCompany.WithAnnaAsync();
        await company.QueryAsync<bool>("update persons set admin = true where email = 'anna@acme.com' returning admin");
        return company;
    }

    static async Task SaysAsync(TeamsCompany company, string words)
    {
        await company.Teams.Acting.SayAsync(company.Anna, words);
        await company.IdleAsync();
    }

    static async Task FillsAsync(TeamsCompany company, params (string Field, string Value)[] values)
    {
        await company.Teams.Acting.SubmitDialogAsync(company.Anna, null, [.. values.Select(value => ($"field.{value.Field}", value.Value))]);
        await company.IdleAsync();
    }

    static string DialogOf(TeamsCompany company) => company.Teams.DialogOf(company.Anna).ShouldNotBeNull().Card.ToJsonString();

    /// <summary>In what the bot wrote after Anna's last words.</summary>
    static void Sees(TeamsCompany company, string words) =>
        string.Concat(company.Teams.MessagesWith(company.Anna).Reverse().TakeWhile(message => message.From is null).Select(Text)).ShouldContain(words);

    static string Text(FakeTeams.World.Message message) => message.Card!.ToJsonString();
}
