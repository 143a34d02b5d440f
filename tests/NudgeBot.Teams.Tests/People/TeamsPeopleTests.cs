using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodaTime;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.FakeTeams.Graph;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Teams.Tests.People;

public class TeamsPeopleTests
{
    static readonly Duration Day = Duration.FromDays(1);
    static readonly Duration Minute = Duration.FromMinutes(1);

    [Fact]
    public async Task Accounts_are_linked_by_e_mail_whatever_its_case_and_whoever_cannot_be_reached_is_left_out_with_the_reason()
    {
        await using var company = await GraphCompany.CreateAsync();
        await company.RosterAsync("anna", "bob", "carl", "dora", "eve", "frank", "gina");
        company.Join("anna", entry => entry.Mail = "Anna@ACME.com");
        company.Join("bob", guest: true);
        company.Join("carl", entry => entry.Licensed = false);
        company.Join("dora", entry => entry.Enabled = false);
        company.Join("eve", entry => (entry.Mail, entry.Aliases) = ("eve.married@acme.com", ["Eve@acme.com"]));
        company.Join("frank", entry => entry.Mail = null);
        company.Join("stranger");
        await company.HearAsync();

        await company.PrepareAsync();

        (await company.ReachedAsync()).ShouldBe(["anna", "eve"]);
        (await company.UnreachedAsync()).ShouldBe(["bob guest", "carl unlicensed", "dora deactivated", "frank no-account", "gina no-account"]);
    }

    [Fact]
    public async Task Somebody_without_a_mailbox_is_found_by_the_name_to_sign_in_with()
    {
        await using var company = await GraphCompany.CreateAsync();
        await company.RosterAsync("email,time_zone", ["frank@acme.example,"]);
        company.Join("frank", entry => entry.Mail = null);
        await company.PrepareAsync();
        (await company.ReachedAsync()).ShouldBe(["frank@acme.example is frank"]);
    }

    [Fact]
    public async Task A_day_later_only_what_has_changed_is_read()
    {
        await using var company = await GraphCompany.CreateAsync();
        await company.RosterAsync("anna", "anna.b", "bob", "carl", "dora", "eve");
        foreach (var name in (string[])["anna", "bob", "carl", "dora"]) company.Join(name);
        company.Join("eve", entry => entry.Licensed = false);
        await company.HearAsync();
        await company.PrepareAsync();
        (await company.ReachedAsync()).ShouldBe(["anna", "bob", "carl", "dora"]);

        company.Directory.Change(company["anna"], entry => entry.Mail = "anna.b@acme.com");
        company.Directory.Change(company["bob"], entry => entry.Enabled = false);
        company.Directory.Change(company["carl"], entry => entry.Licensed = false);
        company.Directory.Remove(company["dora"]);
        company.Directory.Change(company["eve"], entry => entry.Licensed = true);
        await company.PrepareInAsync(Day - Minute);
        company.Calls(Operation.Users).ShouldBe(1);
        await company.PrepareInAsync(Minute);
        company.Calls(Operation.Users).ShouldBe(2);

        (await company.ReachedAsync()).ShouldBe(["anna.b@acme.com is anna", "eve"]);
        (await company.UnreachedAsync()).ShouldBe(["anna no-account", "bob deactivated", "carl unlicensed", "dora deactivated"]);

        company.Directory.Change(company["bob"], entry => entry.Enabled = true);
        await company.PrepareInAsync(Day);
        (await company.ReachedAsync()).ShouldBe(["anna.b@acme.com is anna", "bob", "eve"]);
    }

    [Fact]
    public async Task Reading_three_thousand_people_goes_on_where_it_was_broken_off()
    {
        await using var company = await GraphCompany.CreateAsync();
        var names = Enumerable.Range(0, 3000).Select(i => $"p{i:0000}").ToArray();
        await company.RosterAsync(names);
        foreach (var name in names) company.Join(name, entry => entry.MailboxZone = null);
        company.Teams.Faults.Sometimes(Operation.Users, new Fault.Fails(503), 0.3);

        var readings = 0;
        for (; readings < 100 && (await company.ReachedAsync()).Length < names.Length; readings++) await company.PrepareAsync();

        readings.ShouldBeInRange(3, 99, "it was broken off, and came to its end");
        company.Calls(Operation.Users).ShouldBe(30, "no page was read twice");
    }

    [Fact]
    public async Task Links_that_are_worth_nothing_any_more_begin_it_anew_and_whoever_is_gone_is_seen()
    {
        await using var company = await GraphCompany.CreateAsync(new GraphOptions { PageSize = 2 });
        await company.RosterAsync("anna", "bob", "carl", "dora", "eve");
        foreach (var name in (string[])["anna", "bob", "carl", "dora"]) company.Join(name);
        company.Teams.Faults.Next(Operation.Users, new Fault.CutsOff(After: true));
        await company.PrepareAsync();
        await company.PrepareAsync();
        (await company.ReachedAsync()).ShouldBe(["anna", "bob", "carl", "dora"]);

        company.Directory.Remove(company["bob"]);
        company.Join("eve");
        company.Directory.ForgetLinks();
        await company.PrepareInAsync(Day);

        (await company.ReachedAsync()).ShouldBe(["anna", "carl", "dora", "eve"]);
        (await company.UnreachedAsync()).ShouldContain("bob deactivated");
    }

    [Fact]
    public async Task A_link_of_the_middle_may_be_worth_nothing_too()
    {
        await using var company = await GraphCompany.CreateAsync();
        await company.RosterAsync("anna");
        company.Join("anna");
        await company.ExecuteAsync($"insert into people_reads (organization_id, workspace_id, cursor) values (@id, 1, '{company.Teams.GraphUrl}users/delta?$skiptoken=dead')");
        await company.PrepareAsync();
        (await company.ReachedAsync()).ShouldBe(["anna"]);
    }

    [Theory]
    [InlineData("https://elsewhere.example/v1.0/users/delta?$skiptoken=1")]
    [InlineData("nonsense")]
    public async Task The_token_goes_nowhere_else(string link)
    {
        await using var company = await GraphCompany.CreateAsync();
        await company.RosterAsync("anna");
        company.Join("anna");
        await company.ExecuteAsync("insert into people_reads (organization_id, workspace_id, cursor) values (@id, 1, @link)", new { link });
        await company.PrepareAsync();
        company.Calls(Operation.Users).ShouldBe(1);
        (await company.ReachedAsync()).ShouldBe(["anna"]);
    }

    [Fact]
    public async Task Graph_that_was_asked_too_often_is_not_asked_before_it_says()
    {
        await using var company = await GraphCompany.CreateAsync();
        await company.RosterAsync("anna");
        company.Join("anna");
        company.Teams.Faults.Next(Operation.Users, new Fault.TooMany(90));
        await company.PrepareAsync();
        await company.PassAsync(80);
        await company.PrepareAsync();
        company.Calls(Operation.Users).ShouldBe(0);
        (await company.ReachedAsync()).ShouldBeEmpty();

        await company.PassAsync(15);
        await company.PrepareAsync();
        (await company.ReachedAsync()).ShouldBe(["anna"]);
    }

    [Fact]
    public async Task Without_consent_nobody_is_read_and_health_names_what_is_missing_until_it_is_given()
    {
        await using var company = await GraphCompany.CreateAsync(new GraphOptions { Permissions = [] });
        await company.RosterAsync("anna");
        company.Join("anna");
        await company.HearAsync();
        await company.PrepareAsync();
        await company.PrepareAsync();

        (await company.HealthAsync()).ShouldBe((HealthStatus.Degraded, "Microsoft Graph refuses the bot: its registration lacks User.Read.All, or an admin's consent to it."));
        company.Log.All.ShouldContain("User.Read.All");

        company.Directory.Permit("User.Read.All");
        await company.PrepareAsync();
        (await company.ReachedAsync()).ShouldBe(["anna"]);
        (await company.HealthAsync()).ShouldBe((HealthStatus.Healthy, "Connected."), "a zone is nice to have");
    }

    [Fact]
    public async Task What_the_roster_leaves_open_is_told_by_the_directory_and_the_mailbox()
    {
        await using var company = await GraphCompany.CreateAsync();
        await company.RosterAsync("email,time_zone,locale", ["anna@acme.com,,", "bob@acme.com,Europe/Berlin,fr", "carl@acme.com,,", "dora@acme.com,,"]);
        company.Join("anna", entry => (entry.MailboxZone, entry.Language) = ("Pacific Standard Time", "de-DE"));
        company.Join("bob", entry => (entry.MailboxZone, entry.Language) = ("Tokyo Standard Time", "ja-JP"));
        company.Join("carl", entry => entry.MailboxZone = null);
        company.Join("dora", entry => entry.MailboxZone = "Asia/Kolkata");
        await company.PrepareAsync();

        (await company.PlacesAsync()).ShouldBe(["anna America/Los_Angeles de-DE", "bob Europe/Berlin fr", "carl UTC en", "dora Asia/Kolkata en"]);
        company.Calls(Operation.Mailbox).ShouldBe(3, "bob's zone is the roster's");
        await company.PrepareAsync();
        company.Calls(Operation.Mailbox).ShouldBe(3);

        company.Directory.Change(company["anna"], entry => entry.MailboxZone = "Tokyo Standard Time");
        await company.PrepareInAsync(Day);
        (await company.PlacesAsync())[0].ShouldBe("anna Asia/Tokyo de-DE");
    }

    [Fact]
    public async Task Mailboxes_that_may_not_be_read_are_asked_for_once_a_day()
    {
        await using var company = await GraphCompany.CreateAsync(new GraphOptions { Permissions = ["User.Read.All"] });
        await company.RosterAsync("anna", "bob");
        company.Join("anna");
        company.Join("bob");
        await company.PrepareAsync();
        await company.PrepareAsync();
        company.Calls(Operation.Mailbox).ShouldBe(1);
        await company.PrepareInAsync(Day);
        company.Calls(Operation.Mailbox).ShouldBe(2);
    }

    [Fact]
    public async Task Newcomers_on_the_roster_are_looked_for_at_once_and_many_by_reading_everybody()
    {
        await using var company = await GraphCompany.CreateAsync();
        await company.PrepareAsync();
        company.Join("o'hara");
        company.Join("bob");
        await company.RosterAsync("o'hara", "bob", "carl");
        await company.PrepareAsync();
        (await company.ReachedAsync()).ShouldBe(["bob", "o'hara"]);
        (company.Calls(Operation.Users), company.Calls(Operation.Find)).ShouldBe((1, 3));
        await company.PrepareAsync();
        company.Calls(Operation.Find).ShouldBe(3, "carl is not there, and is not looked for again");

        var many = Enumerable.Range(0, 600).Select(i => $"p{i:000}").ToArray();
        foreach (var name in many) company.Join(name, entry => entry.MailboxZone = null);
        await company.RosterAsync([.. many, "o'hara", "bob", "carl"]);
        await company.PrepareAsync();
        (await company.ReachedAsync()).Length.ShouldBe(602);
        company.Calls(Operation.Find).ShouldBe(3);
    }

    [Fact]
    public async Task Nobody_is_said_to_have_no_account_before_the_directory_was_asked()
    {
        await using var company = await GraphCompany.CreateAsync();
        await company.RosterAsync("email,time_zone", ["anna@acme.com,Europe/Berlin", "bob@acme.com,Europe/Berlin"]);
        company.Join("anna");
        await company.LaunchAsync(CampaignYaml.Of(CampaignYaml.Welcome));
        company.Teams.Faults.Next(Operation.Users, new Fault.Fails(503));
        await company.PrepareAsync();
        await company.AtAsync(10);
        (await company.NudgesAsync()).ShouldBe(["anna pending", "bob pending"]);

        await company.PrepareAsync();
        await company.AtAsync(10, 2);
        (await company.NudgesAsync()).ShouldBe(["anna sent", "bob skipped no-account"]);
    }

    [Fact]
    public async Task Without_Graph_nothing_calls_it_and_whoever_speaks_is_linked()
    {
        await using var company = await GraphCompany.CreateAsync(change: settings => settings with { UsesGraph = false, CatalogApp = null });
        await company.RosterAsync("anna");
        company.Join("anna");
        await company.PrepareAsync();
        (await company.ReachedAsync()).ShouldBeEmpty();
        await company.Teams.Acting.InstallAsync(company["anna"]);
        await company.Product.InboxWorker.WhenIdleAsync();
        await company.PrepareAsync();

        (await company.ReachedAsync()).ShouldBe(["anna"]);
        foreach (var operation in (Operation[])[Operation.Users, Operation.Find, Operation.Mailbox, Operation.Install]) company.Calls(operation).ShouldBe(0);
        (await company.ListAsync<long?>("select people_to from workspaces where organization_id = @id")).ShouldBe([null]);
    }
}
