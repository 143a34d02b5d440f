using NudgeBot.People;
using NudgeBot.Tests;

namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>A roster that comes when the app is there already, as an administrator does it who reads the manual.</summary>
public class NewcomersTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_comes_onto_the_roster_after_the_install_is_found_before_anything_is_skipped()
    {
        await using var town = await SlackTown.InstalledAsync();
        await town.MoveToAsync("2027-01-12 09:00");
        var nina = town.Join(town.Acme, "Nina Abt");
        await ImportAsync(town, nina.User.Email!, "olga@acme.com");
        await town.Program.Product.Enroller.RunAsync(1, Cancellation);

        // What is due meets people of whom nobody knows yet whether they are in Slack.
        town.Clock.MoveTo(SlackTown.Moment("2027-01-12 10:00"));
        await town.Program.Product.Tick.PlanAsync(Cancellation);
        await town.Program.Product.Dispatcher.RunAsync(1, Cancellation);
        (await WelcomesAsync(town)).ShouldBe(["nina pending", "olga pending"]);
        await town.MoveToAsync("2027-01-12 10:10");

        nina.Heard.ShouldHaveSingleItem().ShouldStartWith("Hello Nina, I am NudgeBot.");
        (await WelcomesAsync(town)).ShouldBe(["nina sent", "olga skipped"]);
        town.Calls("users.lookupByEmail").ShouldBe(2);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task Who_is_not_in_Slack_is_asked_for_once_and_found_when_they_join()
    {
        await using var town = await SlackTown.InstalledAsync();
        await ImportAsync(town, "olga@acme.com");
        await town.MoveToAsync("2027-01-10 12:30");
        town.Calls("users.lookupByEmail").ShouldBe(1);

        var olga = town.Join(town.Acme, "Olga Ott");
        await town.Slack.Acting.TeamJoinAsync(olga.User);
        await town.SettleAsync();

        (await town.QueryAsync<string>("select a.external_id from accounts a join persons p on p.id = a.person_id where p.email = 'olga@acme.com'")).ShouldBe([olga.User.Id]);
        town.Calls("users.lookupByEmail").ShouldBe(1);
    }

    [Fact]
    public async Task For_many_the_workspace_is_read_anew_instead_of_asking_for_each()
    {
        await using var town = await SlackTown.InstalledAsync();
        var readings = town.Calls("users.list");
        var crowd = Enumerable.Range(0, 501).Select(number => town.Join(town.Acme, $"Many{number}")).ToList();

        await ImportAsync(town, [.. crowd.Select(one => one.User.Email!)]);
        await town.MoveToAsync("2027-01-10 12:05");

        town.Calls("users.lookupByEmail").ShouldBe(0);
        town.Calls("users.list").ShouldBe(readings + 3);
        (await town.QueryAsync<int>("select count(*)::int from accounts a join persons p on p.id = a.person_id where p.email like 'many%'")).ShouldBe([501]);
    }

    static async Task ImportAsync(SlackTown town, params string[] emails)
    {
        using var roster = new TextFile("email,role,team,time_zone\n" + string.Join('\n', emails.Select(email => $"{email},developer,Ledger,Europe/Berlin")));
        (await town.Program.Product.RosterImport.RunAsync(1, roster.Path, new RosterOptions(), stop: Cancellation)).Problems.ShouldBeEmpty();
    }

    static Task<IReadOnlyList<string>> WelcomesAsync(SlackTown town) => town.QueryAsync<string>("""
        select split_part(p.email, '@', 1) || ' ' || n.outcome
        from nudges n join persons p on p.id = n.person_id join steps s on s.id = n.step_id
        where s.key = 'day-0-welcome' and p.email in ('nina@acme.com', 'olga@acme.com')
        order by 1
        """);
}
