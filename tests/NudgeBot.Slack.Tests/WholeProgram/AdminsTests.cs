using System.Text;
using NudgeBot.People;
using NudgeBot.Tests;

namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>What administrators do in Slack.</summary>
public class AdminsTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_asks_for_what_a_line_leaves_open_and_a_button_opens_it_where_nothing_was_pressed()
    {
        await using var town = await WithAdminAsync();

        await town.Anna.Types("campaign apply", [("long.yaml", Encoding.UTF8.GetBytes(LongCampaign()))]);

        await town.Anna.Commands("/nudge owner set");
        town.Anna.FormTitle.ShouldBe("Hand a campaign over");
        await town.Anna.Sends(("Key", "long"), ("Who", "bob"));
        town.Anna.SeesAnError("Who", "I do not know who bob is");
        await town.Anna.Sends(("Who", "eve@acme.com"));
        town.Anna.HasForm.ShouldBeFalse();
        (await OwnerAsync(town)).ShouldBe("eve@acme.com");

        await town.Anna.Types("owner set long");
        await town.Anna.Presses("Hand a campaign over");
        await town.Anna.Sends(("Who", "mara@acme.com"));
        (await OwnerAsync(town)).ShouldBe("mara@acme.com");
        town.NothingWentWrong();
    }

    [Theory]
    [InlineData("campaign create")]
    [InlineData("campaign edit first-60-days")]
    [InlineData("campaign step first-60-days day-3-check-in")]
    [InlineData("campaign text first-60-days day-0-welcome")]
    [InlineData("campaign preview")]
    [InlineData("campaign apply")]
    [InlineData("people import")]
    [InlineData("people set eve@acme.com")]
    [InlineData("channel team")]
    [InlineData("pause workspace")]
    [InlineData("admin add")]
    public async Task Slack_shows_every_kind_of_form(string line)
    {
        await using var town = await WithAdminAsync();
        using var teams = new TextFile("email,time_zone,team\n" + string.Join('\n', Enumerable.Range(0, 100).Select(i => $"p{i}@acme.com,Europe/Berlin,Team {i} {new string('x', 60)}")));
        await town.Program.Product.RosterImport.RunAsync(1, teams.Path, new RosterOptions(), stop: Cancellation);

        await town.Anna.Commands($"/nudge {line}");

        town.Anna.HasForm.ShouldBeTrue();
        town.NothingWentWrong();
    }

    [Fact]
    public async Task One_person_of_the_roster_is_changed_by_form_and_by_mention()
    {
        await using var town = await WithAdminAsync();

        await town.Anna.Commands("/nudge people set eve@acme.com");
        town.Anna.FormTitle.ShouldBe("Change a person");
        town.Anna.Field("Role").ShouldBe((await RoleAsync(town)).Single());
        await town.Anna.Sends(("Country", "UK"));
        town.Anna.SeesAnError("Country", "The United Kingdom is GB.");
        await town.Anna.Sends(("Country", "GB"), ("Role", "qa"));
        town.Anna.HasForm.ShouldBeFalse();
        (await RoleAsync(town)).ShouldBe(["qa"]);
        await town.Anna.Commands("/nudge people set @eve --role designer --left today");
        town.Anna.Sees("The roster is what counts");
        (await RoleAsync(town)).ShouldBe(["designer"]);
        await town.Anna.Commands("/nudge audit");
        town.Anna.Sees("role: qa → designer");
        town.NothingWentWrong();

        static Task<IReadOnlyList<string>> RoleAsync(SlackTown town) => town.QueryAsync<string>("select role from persons p join segments s on s.id = p.segment_id where email = 'eve@acme.com'");
    }

    [Fact]
    public async Task A_line_that_is_too_long_for_a_form_is_answered_all_the_same()
    {
        await using var town = await WithAdminAsync();

        await town.Anna.Commands($"/nudge owner set {new string('a', 3500)}");

        town.Anna.Sees("too long");
        town.NothingWentWrong();
    }

    [Fact]
    public async Task People_are_named_by_mention_wherever_the_command_is_given()
    {
        await using var town = await WithAdminAsync();
        var team = town.Channel("payments", town.Anna, town.Eve);

        await town.Anna.Commands("/nudge champion add @eve");
        await town.Anna.Types("champion add @mara");
        await town.Anna.Mentions("champion add @hana", team);
        town.Anna.Sees("Hana", team);
        await town.Anna.Commands("/nudge champion add @sten");
        town.Anna.Sees("I do not know who @sten is");

        (await town.QueryAsync<string>("select email from persons where champion order by email")).ShouldBe(["eve@acme.com", "hana@acme.com", "mara@acme.com"]);
        town.Slack.MessagesIn(team, town.Eve.User).ShouldHaveSingleItem().UserId.ShouldBe(town.Anna.User.Id);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task A_file_that_comes_with_the_command_is_read_and_no_other()
    {
        await using var town = await WithAdminAsync();

        await town.Anna.Types("people import", [("roster.csv", Encoding.UTF8.GetBytes("email,name,role,time_zone\nzoe@acme.com,Zo\u00eb,qa,Europe/Berlin\nno address,X,qa,Europe/Berlin\n"))]);
        town.Anna.Sees("1 added, 0 changed, 0 unchanged, 1 refused.");
        town.Anna.Sees("line 3");
        await town.Anna.Types("campaign apply", [("long.yaml", Encoding.UTF8.GetBytes(LongCampaign()))]);
        town.Anna.Sees("long");
        await town.Anna.Types("people import", [("roster.csv", new byte[2 * 1024 * 1024])]);
        town.Anna.Sees("larger than 1 MB");
        await town.Anna.Types("people import", [("a.csv", "a"u8.ToArray()), ("b.csv", "b"u8.ToArray())]);
        town.Anna.Sees("one file at a time");
        await town.Eve.Types("people import", [("roster.csv", "email\n"u8.ToArray())]);
        town.Eve.LastIn().ShouldNotContain("added");

        (await town.QueryAsync<string>("select name from persons where email = 'zoe@acme.com'")).ShouldBe(["Zo\u00eb"]);
        (await town.QueryAsync<bool>("select payload is null from inbox")).ShouldAllBe(isEmptied => isEmptied);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task Who_is_missing_in_a_complete_roster_is_confirmed_by_a_button_without_sending_the_file_again()
    {
        await using var town = await WithAdminAsync();
        var others = await town.QueryAsync<string>("select email || ',' || time_zone from persons where email <> 'eve@acme.com'");

        await town.Anna.Types("people import --complete", [("roster.csv", Encoding.UTF8.GetBytes($"email,time_zone\n{string.Join('\n', others)}\n"))]);
        town.Anna.Sees("eve@acme.com");
        (await LeftAsync(town)).ShouldBeEmpty();
        await town.Anna.Presses("All 1 have left");

        town.Anna.Sees("1 have left, as of today.");
        (await LeftAsync(town)).ShouldBe(["eve@acme.com"]);
        town.NothingWentWrong();

        static Task<IReadOnlyList<string>> LeftAsync(SlackTown town) => town.QueryAsync<string>("select email from persons where left_on is not null");
    }

    [Fact]
    public async Task Without_the_permission_to_read_files_it_is_told_what_to_do()
    {
        await using var town = await SlackTown.FoundAsync();
        await town.StartAsync();
        await town.InstallAsync(town.Anna, scope => scope != "files:read");
        await town.RunAsync();
        await town.ExecuteAsync("update persons set admin = true where organization_id = 1 and email = 'anna@acme.com'");

        await town.Anna.Types("people import", [("roster.csv", "email,time_zone\n"u8.ToArray())]);

        town.Anna.Sees("files:read");
    }

    /// <summary>Of 40 steps.</summary>
    static string LongCampaign() => $"key: long\nname: Long\ntool: copilot\nowner: anna@acme.com\nstart: 2027-06-01\nsteps:\n{string.Join('\n', Enumerable.Range(0, 40).Select(i =>
        $"  - {{key: step-{i}, day: {i}, at: \"10:00\", kind: guide, text: day-1, only_if: {{no_use_in: 4}}}}"))}\n";

    static async Task<string> OwnerAsync(SlackTown town) => (await town.QueryAsync<string>("select owner_email from campaigns where key = 'long'")).Single();

    static async Task<SlackTown> WithAdminAsync()
    {
        var town = await SlackTown.InstalledAsync();
        await town.ExecuteAsync("update persons set admin = true where organization_id = 1 and email = 'anna@acme.com'");
        return town;
    }
}
