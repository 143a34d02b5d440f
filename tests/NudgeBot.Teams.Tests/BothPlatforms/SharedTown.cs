using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using NudgeBot.Database;
using NudgeBot.FakeSlack;
using NudgeBot.FakeTeams;
using NudgeBot.Slack.Installing;
using NudgeBot.Slack.Tests.WholeProgram;
using NudgeBot.Teams.Tests.WholeProgram;
using NudgeBot.Tests.Database;
using NudgeBot.Tests.WholeProgram;
using SlackUser = NudgeBot.FakeSlack.World.User;

namespace NudgeBot.Teams.Tests.BothPlatforms;

/// <summary>A company half in Slack and half in Teams, served by the same programs: Anna is in both, Eve in Slack only, Mara in Teams only.</summary>
sealed class SharedTown : Town
{
    const string Roster = """
        email,name,role,team,time_zone
        anna@acme.com,Anna Bauer,developer,Payments,Europe/Berlin
        eve@acme.com,Eve Winter,developer,Payments,Europe/Berlin
        mara@acme.com,Mara Stein,qa,Payments,Europe/Berlin
        """;

    readonly string key = SecretBox.NewKey();
    readonly Browser browser;

    SharedTown(TestDatabase database, FakeSlackServer slack, FakeTeamsServer teams) : base(database)
    {
        (Slack, Teams) = (slack, teams);
        browser = new Browser(slack);
        Acme = slack.World.AddTeam("Acme");
        AnnaInSlack = JoinSlack("Anna Bauer");
        Eve = JoinSlack("Eve Winter");
        AnnaInTeams = JoinTeams("Anna Bauer");
        Mara = JoinTeams("Mara Stein");
    }

    public FakeSlackServer Slack { get; }
    public FakeTeamsServer Teams { get; }
    public FakeSlack.World.Team Acme { get; }

    public SlackPerson AnnaInSlack { get; }
    public TeamsPerson AnnaInTeams { get; }
    public SlackPerson Eve { get; }
    public TeamsPerson Mara { get; }

    /// <summary>Both apps are there for everybody, Slack's first: that is where Anna is reached.</summary>
    public static async Task<SharedTown> InstalledAsync()
    {
        var app = new FakeApp { ClientSecret = "c1ient0secret0123456789", SigningSecret = "s1gning0secret012345678" };
        var town = new SharedTown(await TestDatabase.CreateAsync(), await FakeSlackServer.StartAsync(new FakeSlackOptions { App = app }), await FakeTeamsServer.StartAsync());
        await town.HireAsync(Roster);
        await town.StartAsync();
        await town.InstallSlackAsync();
        foreach (var person in new[] { town.AnnaInTeams, town.Mara }) await person.Installs();
        await town.RunAsync();
        return town;
    }

    public async Task InstallSlackAsync()
    {
        (await browser.InstallAsync(Program.Address, AnnaInSlack, _ => true, Cancellation)).ShouldContain("It lives in Acme now.");
        await RunAsync();
    }

    protected override Dictionary<string, string?> Platforms => new(TeamsPart.Settings(Teams))
    {
        ["SLACK_CLIENT_ID"] = Slack.App.ClientId,
        ["SLACK_CLIENT_SECRET"] = Slack.App.ClientSecret,
        ["SLACK_SIGNING_SECRET"] = Slack.App.SigningSecret,
        [SlackConfiguration.ApiUrl] = Slack.ApiUrl.AbsoluteUri,
        [SecretBox.Setting] = key,
    };

    protected override async Task<IReadOnlyList<ProgramPart>> ReadAsync(NpgsqlDataSource source, ILoggerFactory logging, IConfiguration configuration) =>
        [await SlackPart.ReadAsync(source, Clock, logging, configuration, Cancellation), TeamsPart.Read(Teams, source, Clock, logging, configuration)];

    public override void CallFrom(TownProgram program)
    {
        SlackPart.CallFrom(Slack, program);
        TeamsPart.CallFrom(Teams, program);
    }

    /// <summary>Of all that was sent to Anna, in both.</summary>
    public int NudgesOfAnna => NudgesIn(AnnaInSlack) + AnnaInTeams.Nudges.Count(IsNudge);

    public static int NudgesIn(SlackPerson person) => person.Heard.Count(IsNudge);

    /// <summary>And no reply to what somebody did.</summary>
    static bool IsNudge(string words) =>
        words.Contains("I am NudgeBot") || words.Contains("What good looks like") || words.Contains("has GitHub Copilot been of any use to you yet?");

    SlackPerson JoinSlack(string name)
    {
        var first = name.Split(' ')[0].ToLowerInvariant();
        return new SlackPerson(this, Slack, Slack.World.AddUser(Acme, new SlackUser { Id = "", TeamId = "", Name = first, RealName = name, Email = $"{first}@acme.com" }));
    }

    TeamsPerson JoinTeams(string name) => new(this, Teams, Teams.World.AddPerson(name, $"{name.Split(' ')[0]}@Acme.com"));

    protected override async ValueTask ClosePlatformsAsync()
    {
        browser.Dispose();
        await Slack.DisposeAsync();
        await Teams.DisposeAsync();
    }
}
