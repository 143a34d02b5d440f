using System.Diagnostics;
using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.World;
using NudgeBot.People;
using NudgeBot.Slack.People;
using NudgeBot.Slack.Tests.Fake;
using NudgeBot.Slack.WebApi;
using NudgeBot.Tests;

namespace NudgeBot.Slack.Tests.People;

/// <summary>A company of 50,000 is read by a job that begins anew every minute, from a Slack that says "too many" to the 21st call of a minute.</summary>
public class LargeWorkspaceTests
{
    const int Employees = 50_000;
    const int Others = 300;
    const int PageSize = 200;
    const int SecondsBetweenRuns = 60;
    const int RunThatDies = 10;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_is_linked_in_the_end_though_the_reading_dies_and_Slack_is_never_asked_too_often()
    {
        var time = new ManualTime();
        await using var slack = await FakeSlackServer.StartAsync(new() { Time = time });
        Fill(slack);
        await using var company = await SlackCompany.CreateAsync();
        await ImportAsync(company);
        var watch = Stopwatch.StartNew();

        var runs = 0;
        while ((await company.List<bool>("select finished_at is not null from people_reads where organization_id = @id")) is not [true])
        {
            runs++.ShouldBeLessThan(Employees / PageSize);
            await RunAsync(company, slack, dies: runs == RunThatDies);
            time.Move(TimeSpan.FromSeconds(SecondsBetweenRuns));
            await company.Pass(SecondsBetweenRuns);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{runs} runs, {watch.Elapsed}");

        var pages = (slack.World.Teams.Values.Single().Users.Count + PageSize - 1) / PageSize;
        slack.Calls["users.list"].ShouldBe(new(pages + 1, Throttled: 0), "only the page is read twice whose reader died");
        (await company.List<int>("""
            select count(*)::int from persons p join accounts a on a.id = p.account_id
            where p.organization_id = @id and p.email like 'employee-%' and p.time_zone = 'Europe/Vienna' and p.locale = 'de-AT'
            """)).ShouldBe([Employees]);
        (await company.List<int>("select count(*)::int from accounts where organization_id = @id and unreachable is null")).ShouldBe([Employees]);
    }

    /// <summary>As each minute's job: with nothing left of the one before but what is stored.</summary>
    static async Task RunAsync(SlackCompany company, FakeSlackServer slack, bool dies)
    {
        using var death = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var http = new HttpClient(new Dying(dies ? death : null));
        var people = new SlackPeople(company.NewCalls(http, new SlackSettings { ApiUrl = slack.ApiUrl }), company.Source, company.Clock);
        var reading = people.ReadAsync(company.Workspace, company.Product.Profiles, death.Token);
        if (dies) await Should.ThrowAsync<OperationCanceledException>(reading);
        else await reading;
    }

    /// <summary>Bots, guests and people who left stand between the others, with e-mails that are on the roster.</summary>
    static void Fill(FakeSlackServer slack)
    {
        var team = slack.World.AddTeam("Acme");
        var token = slack.World.Install(team);
        slack.World.Tokens.Add(SlackCompany.Token, new Token { Value = SlackCompany.Token, TeamId = team.Id, Scopes = token.Scopes });
        var user = new User { Id = "", TeamId = "", Name = "somebody", RealName = "Somebody", Tz = "Europe/Vienna", Locale = "de-AT" };
        for (var i = 0; i < Employees; i++)
        {
            slack.World.AddUser(team, user with { Email = $"Employee-{i}@Acme.com" });
            if (i >= Others) continue;
            var other = user with { Email = $"other-{i}@acme.com" };
            slack.World.AddUser(team, (i % 3) switch { 0 => other with { IsBot = true }, 1 => other with { IsRestricted = true }, _ => other with { Deleted = true } });
            slack.World.AddUser(team, user with { Email = $"stranger-{i}@elsewhere.com" });
        }
    }

    static async Task ImportAsync(SlackCompany company)
    {
        var emails = Enumerable.Range(0, Employees).Select(i => $"employee-{i}@acme.com").Concat(Enumerable.Range(0, Others).Select(i => $"other-{i}@acme.com"));
        using var file = new TextFile($"email,time_zone\n{string.Join('\n', emails.Select(email => $"{email},"))}\n");
        (await company.Product.RosterImport.RunAsync(company.Workspace.OrganizationId, file.Path, new RosterOptions(), stop: Cancellation)).Added.ShouldBe(Employees + Others);
    }

    /// <summary>Where a process is killed that has its answer and has not stored it.</summary>
    sealed class Dying(CancellationTokenSource? death) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (death is not null) await death.CancelAsync();
            return answer;
        }
    }
}
