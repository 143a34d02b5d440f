using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodaTime;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.FakeTeams.Graph;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Teams.Tests.People;

/// <summary>Nobody has the app until it is installed for them, and Teams has told nothing yet.</summary>
public class InstallingTests
{
    static async Task<GraphCompany> CompanyAsync(string[] people, GraphOptions? graph = null, string fields = "", Func<TeamsSettings, TeamsSettings>? change = null)
    {
        var company = await GraphCompany.CreateAsync(graph, change);
        foreach (var name in people) company.Join(name);
        await company.RosterAsync("email,time_zone", [.. people.Select(name => $"{name}@acme.com,Europe/Berlin")]);
        await company.LaunchAsync(CampaignYaml.Of(CampaignYaml.Welcome, fields: fields));
        return company;
    }

    [Fact]
    public async Task Whoever_has_something_coming_gets_the_app_and_then_the_nudge()
    {
        await using var company = await CompanyAsync(["anna", "bob"]);
        company.Join("carl");
        await company.PrepareAsync();
        await company.PrepareAsync();

        company["carl"].Installed.ShouldBeFalse("nobody of no roster is bothered");
        (await company.UnreachedAsync()).ShouldBeEmpty();
        await company.AtAsync(10);
        (await company.NudgesAsync()).ShouldBe(["anna sent", "bob sent"]);
        company.MessagesOf("anna").ShouldHaveSingleItem("nobody is greeted at night for what they did not do");
        company.Calls(Operation.Install).ShouldBe(2);
        (await company.HealthAsync()).ShouldBe((HealthStatus.Healthy, "Connected."));
    }

    [Fact]
    public async Task Those_who_get_no_nudges_do_not_get_the_app_either()
    {
        await using var company = await CompanyAsync([.. Enumerable.Range(0, 40).Select(i => $"p{i:00}")], fields: "holdout: 50");
        await company.PrepareAsync();
        await company.PrepareAsync();
        var nudged = await company.ListAsync<string>(
            "select split_part(p.email, '@', 1) from enrollments e join persons p on p.id = e.person_id where e.organization_id = @id and e.arm = 'nudged' order by 1");
        nudged.Length.ShouldBeInRange(1, 39);
        Enumerable.Range(0, 40).Select(i => $"p{i:00}").Where(name => company[name].Installed).ShouldBe(nudged);
    }

    [Fact]
    public async Task A_nudge_waits_until_Teams_has_told_where_conversations_are()
    {
        await using var company = await CompanyAsync(["anna"], new GraphOptions { TellsOfInstalls = false });
        await company.PrepareAsync();
        company["anna"].Installed.ShouldBeTrue();
        await company.AtAsync(10);
        (await company.NudgesAsync()).ShouldBe(["anna pending throttled"]);

        await company.HearAsync();
        await company.AtAsync(10, 1);
        (await company.NudgesAsync()).ShouldBe(["anna sent"]);
    }

    [Fact]
    public async Task Whoever_has_the_app_already_is_reached_by_it()
    {
        await using var company = await CompanyAsync(["anna"]);
        await company.HearAsync();
        // By an admin, long ago.
        await company.Teams.Acting.InstallAsync(company["anna"]);
        await company.Product.InboxWorker.WhenIdleAsync();
        await company.ExecuteAsync("update accounts set conversation = null where organization_id = @id");
        await company.PrepareAsync();
        await company.PrepareAsync();
        await company.AtAsync(10);
        (await company.NudgesAsync()).ShouldBe(["anna sent"]);
        company.Calls(Operation.Install).ShouldBe(1);
        company.Log.All.ShouldNotContain("409");
    }

    [Fact]
    public async Task A_policy_that_keeps_the_app_from_somebody_is_seen_and_asked_about_again_in_a_day()
    {
        await using var company = await CompanyAsync(["anna", "bob"]);
        await company.HearAsync();
        company.Directory.Change(company["bob"], entry => entry.AppBlocked = true);
        await company.PrepareAsync();
        await company.PrepareAsync();
        (await company.UnreachedAsync()).ShouldBe(["bob blocked-by-policy"]);
        company.Calls(Operation.Install).ShouldBe(2);
        (await company.HealthAsync()).Item1.ShouldBe(HealthStatus.Healthy);

        await company.AtAsync(10);
        (await company.NudgesAsync()).ShouldBe(["anna sent", "bob failed not-installed"]);

        company.Directory.Find(company["bob"].AadObjectId)!.AppBlocked = false;
        await company.ExecuteAsync("update enrollments set next_due_at = '2026-03-11Z' where organization_id = @id");
        await company.PrepareInAsync(Duration.FromDays(1));
        await company.PrepareAsync();
        (await company.UnreachedAsync()).ShouldBeEmpty();
        company["bob"].Installed.ShouldBeTrue();
    }

    [Fact]
    public async Task Without_consent_nobody_is_given_up_and_health_names_it()
    {
        await using var company = await CompanyAsync(["anna", "bob"], new GraphOptions { Permissions = ["User.Read.All"] });
        await company.HearAsync();
        await company.PrepareAsync();
        (await company.UnreachedAsync()).ShouldBeEmpty();
        (await company.HealthAsync()).Item2!.ShouldContain("TeamsAppInstallation.ReadWriteSelfForUser.All");
        company.Calls(Operation.Install).ShouldBe(2, "those that were under way");

        company.Directory.Permit("User.Read.All", "TeamsAppInstallation.ReadWriteSelfForUser.All");
        await company.PrepareAsync();
        await company.AtAsync(10);
        (await company.NudgesAsync()).ShouldBe(["anna sent", "bob sent"]);
        (await company.HealthAsync()).Item1.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task Whoever_has_removed_the_app_does_not_get_it_again()
    {
        await using var company = await CompanyAsync(["anna"]);
        await company.PrepareAsync();
        await company.PrepareAsync();
        await company.Teams.Acting.UninstallAsync(company["anna"]);
        await company.Product.InboxWorker.WhenIdleAsync();
        company.Directory.Change(company["anna"], entry => entry.Language = "de-DE");
        await company.PrepareInAsync(Duration.FromDays(1));
        await company.PrepareAsync();
        company["anna"].Installed.ShouldBeFalse();
        (await company.UnreachedAsync()).ShouldBe(["anna not-installed"]);

        await company.Teams.Acting.InstallAsync(company["anna"]);
        await company.Product.InboxWorker.WhenIdleAsync();
        (await company.UnreachedAsync()).ShouldBeEmpty();
        company.MessagesOf("anna").ShouldHaveSingleItem("this time it was her own doing");
    }

    [Fact]
    public async Task Too_many_installs_wait_as_long_as_Graph_says()
    {
        await using var company = await CompanyAsync(["anna"]);
        await company.HearAsync();
        company.Teams.Faults.Next(Operation.Install, new Fault.TooMany(60));
        await company.PrepareAsync();
        await company.PrepareAsync();
        company.Calls(Operation.Install).ShouldBe(0);
        await company.PassAsync(61);
        await company.PrepareAsync();
        company["anna"].Installed.ShouldBeTrue();
        (await company.UnreachedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_apps_id_in_the_catalog_people_are_read_and_nothing_is_installed()
    {
        await using var company = await CompanyAsync(["anna", "bob"], change: settings => settings with { CatalogApp = null });
        await company.Teams.Acting.InstallAsync(company["anna"]);
        await company.Product.InboxWorker.WhenIdleAsync();
        await company.PrepareAsync();
        (await company.ReachedAsync()).ShouldBe(["anna", "bob"]);
        company.Calls(Operation.Install).ShouldBe(0);
        await company.AtAsync(10);
        (await company.NudgesAsync()).ShouldBe(["anna sent", "bob failed not-installed"]);
    }
}
