using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using NudgeBot.FakeTeams;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.FakeTeams.Limits;
using NudgeBot.FakeTeams.World;
using NudgeBot.Tests.Database;
using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Teams.Tests.WholeProgram;

/// <summary>A company that works in Teams: a Teams with its limits, tokens and people, and what every <see cref="Town"/> has.</summary>
sealed class TeamsTown : Town
{
    /// <summary>Anna, Eve and Mara get messages. Hana is held out, Gina is a guest in Teams, and Cleo has not got the app.</summary>
    const string Roster = """
        email,name,role,team,time_zone
        anna@acme.com,Anna Bauer,developer,Payments,Europe/Berlin
        eve@acme.com,Eve Winter,developer,Payments,Europe/Berlin
        mara@acme.com,Mara Stein,qa,Payments,Europe/Berlin
        hana@acme.com,Hana Vogt,developer,Payments,Europe/Berlin
        gina@acme.com,Gina Lang,developer,Payments,Europe/Berlin
        cleo@acme.com,Cleo Horn,developer,Payments,Europe/Berlin
        """;

    readonly double limitsTimes;

    TeamsTown(TestDatabase database, FakeTeamsServer teams, double limitsTimes) : base(database)
    {
        Teams = teams;
        this.limitsTimes = limitsTimes;
        Anna = Join("Anna Bauer");
        Eve = Join("Eve Winter");
        Mara = Join("Mara Stein");
        Hana = Join("Hana Vogt");
        Gina = Join("Gina Lang", isGuest: true);
        Cleo = Join("Cleo Horn");
        Stranger = Join("Sten Berg");
        Payments = teams.World.AddTeam("Payments", Anna.Person, Eve.Person, Mara.Person, Hana.Person);
    }

    public FakeTeamsServer Teams { get; }

    public TeamsPerson Anna { get; }
    public TeamsPerson Eve { get; }
    public TeamsPerson Mara { get; }
    public TeamsPerson Hana { get; }
    public TeamsPerson Gina { get; }
    public TeamsPerson Cleo { get; }

    /// <summary>In Teams and on no roster.</summary>
    public TeamsPerson Stranger { get; }

    /// <summary>Those who are nudged.</summary>
    public IReadOnlyList<TeamsPerson> Nudged => [Anna, Eve, Mara];

    /// <summary>Which has the app once <see cref="ChannelAsync"/> was called.</summary>
    public Team Payments { get; }

    /// <summary>Nobody has the app and no program runs yet.</summary>
    public static async Task<TeamsTown> FoundAsync(FakeTeamsOptions? teams = null, double limitsTimes = 1)
    {
        var town = new TeamsTown(await TestDatabase.CreateAsync(), await FakeTeamsServer.StartAsync(teams), limitsTimes);
        await town.HireAsync(Roster);
        return town;
    }

    /// <summary>A program is running, and all but Cleo have the app; no nudge was sent yet.</summary>
    public static async Task<TeamsTown> InstalledAsync(FakeTeamsOptions? teams = null, params (string Setting, string Value)[] settings)
    {
        var town = await FoundAsync(teams);
        await town.BeginAsync(settings);
        return town;
    }

    /// <summary>The same, and nobody waits for Teams' seconds: for weeks of messages to a crowd.</summary>
    public static async Task<TeamsTown> FastAsync()
    {
        var town = await FoundAsync(new FakeTeamsOptions { Limits = new RateLimitOptions { Enforced = false } }, limitsTimes: 1000);
        await town.BeginAsync();
        return town;
    }

    async Task BeginAsync(params (string Setting, string Value)[] settings)
    {
        await StartAsync(With(settings));
        foreach (var person in new[] { Anna, Eve, Mara, Hana, Gina, Stranger }) await person.Installs();
        await RunAsync();
    }

    /// <summary>What an operator sets, and this besides.</summary>
    public Dictionary<string, string?> With(params (string Setting, string Value)[] settings)
    {
        var all = TeamsPart.Settings(Teams);
        foreach (var (setting, value) in settings) all[setting] = value;
        return all;
    }

    protected override Dictionary<string, string?> Platforms => With();

    protected override Task<IReadOnlyList<ProgramPart>> ReadAsync(NpgsqlDataSource source, ILoggerFactory logging, IConfiguration configuration) =>
        Task.FromResult<IReadOnlyList<ProgramPart>>([TeamsPart.Read(Teams, source, Clock, logging, configuration, limitsTimes)]);

    public override void CallFrom(TownProgram program) => TeamsPart.CallFrom(Teams, program);

    public TeamsPerson Join(string name, bool isGuest = false) =>
        new(this, Teams, Teams.World.AddPerson(name, $"{name.Split(' ')[0].ToLowerInvariant()}@acme.com", isGuest));

    /// <summary>A channel of the team, which has the app.</summary>
    public async Task<Conversation> ChannelAsync(string name)
    {
        if (!Payments.Installed) await Teams.Acting.InstallAsync(Payments, Anna.Person);
        return Teams.World.AddChannel(Payments, name);
    }

    /// <summary>So many more developers, who have the app: crowd0, crowd1, ...</summary>
    public async Task<IReadOnlyList<TeamsPerson>> CrowdAsync(int size)
    {
        var crowd = Enumerable.Range(0, size).Select(number => Join($"Crowd{number}")).ToList();
        await ImportAsync("email,role,team,time_zone\n" + string.Join('\n', crowd.Select(one => $"{one.Person.Email},developer,Crowd,Europe/Berlin")));
        await ExecuteAsync("""
            with account as (
              insert into accounts (organization_id, workspace_id, person_id, external_id, conversation)
              select 1, w.id, p.id, t.person, t.conversation
              from unnest(@emails, @people, @chats) as t(email, person, conversation) join persons p on p.organization_id = 1 and p.email = t.email
              join workspaces w on w.organization_id = 1
              returning id, person_id, workspace_id)
            update persons p set account_id = a.id, workspace_id = a.workspace_id from account a where p.organization_id = 1 and p.id = a.person_id
            """, new
        {
            emails = crowd.Select(one => one.Person.Email).ToArray(),
            people = crowd.Select(one => one.Person.AadObjectId).ToArray(),
            chats = crowd.Select(one => $"{Teams.ServiceUrl} {Teams.World.GiveApp(one.Person).Id}").ToArray(),
        });
        return crowd;
    }

    /// <summary>How often a call came in, without those that were broken before they came that far.</summary>
    public long Calls(Operation operation) => Teams.Calls.TryGetValue(operation, out var count) ? count.Calls : 0;

    /// <summary>Never once was Teams asked more often than it allows, nor for what it refuses.</summary>
    public void NothingWentWrong()
    {
        foreach (var (operation, count) in Teams.Calls) count.Throttled.ShouldBe(0, operation.ToString());
        Warnings.ShouldBeEmpty();
        foreach (var delivery in Teams.Deliveries.All) delivery.Taken.ShouldBeTrue($"{delivery.Activity["type"]} {delivery.Activity["name"]}");
    }

    protected override ValueTask ClosePlatformsAsync() => Teams.DisposeAsync();
}
