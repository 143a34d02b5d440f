using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using NudgeBot.Database;
using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.World;
using NudgeBot.Slack.Installing;
using NudgeBot.Tests.Database;
using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>
/// A company that works in Slack, and everything around it: a Slack with its limits, scopes and signatures, a database, the shipped campaign as it is shipped,
/// and the programs that serve it. Product time stands until it is moved; moments are written as the clocks in Berlin show them.
/// </summary>
sealed class SlackTown : Town
{
    /// <summary>
    /// Anna, Eve and Mara get messages. Hana is held out, Gina is a guest in Slack, Dora is deactivated there, Cleo is not in Slack at all, and
    /// behind Hedda's address is a bot.
    /// </summary>
    const string Roster = """
        email,name,role,team,time_zone
        anna@acme.com,Anna Bauer,developer,Payments,Europe/Berlin
        eve@acme.com,Eve Winter,developer,Payments,Europe/Berlin
        mara@acme.com,Mara Stein,qa,Payments,Europe/Berlin
        hana@acme.com,Hana Vogt,developer,Payments,Europe/Berlin
        gina@acme.com,Gina Lang,developer,Payments,Europe/Berlin
        dora@acme.com,Dora Kern,developer,Payments,Europe/Berlin
        cleo@acme.com,Cleo Horn,developer,Payments,Europe/Berlin
        hedda@acme.com,Hedda,developer,Payments,Europe/Berlin
        """;

    readonly string key = SecretBox.NewKey();
    readonly Browser browser;
    readonly double limitsTimes;

    SlackTown(TestDatabase database, FakeSlackServer slack, double limitsTimes) : base(database)
    {
        Slack = slack;
        this.limitsTimes = limitsTimes;
        browser = new Browser(slack);
        Acme = slack.World.AddTeam("Acme");
        Anna = Join(Acme, "Anna Bauer");
        Eve = Join(Acme, "Eve Winter");
        Mara = Join(Acme, "Mara Stein");
        Hana = Join(Acme, "Hana Vogt");
        Gina = Join(Acme, "Gina Lang", like => like with { IsRestricted = true });
        Dora = Join(Acme, "Dora Kern", like => like with { Deleted = true });
        Hedda = Join(Acme, "Hedda", like => like with { IsBot = true });
        Stranger = Join(Acme, "Sten Berg");
    }

    public FakeSlackServer Slack { get; }
    public Team Acme { get; }

    public SlackPerson Anna { get; }
    public SlackPerson Eve { get; }
    public SlackPerson Mara { get; }
    public SlackPerson Hana { get; }
    public SlackPerson Gina { get; }
    public SlackPerson Dora { get; }
    public SlackPerson Hedda { get; }

    /// <summary>In Slack and on no roster.</summary>
    public SlackPerson Stranger { get; }

    /// <summary>Nothing is installed and no program runs yet.</summary>
    public static async Task<SlackTown> FoundAsync(FakeSlackOptions? slack = null)
    {
        var options = slack ?? new FakeSlackOptions();
        // Secrets as Slack's look: a program's start checks them.
        var app = new FakeApp { ClientSecret = "c1ient0secret0123456789", SigningSecret = "s1gning0secret012345678", RotatesTokens = options.App.RotatesTokens };
        var town = new SlackTown(await TestDatabase.CreateAsync(), await FakeSlackServer.StartAsync(options with { App = app }), options.Limits.Times);
        await town.HireAsync(Roster);
        return town;
    }

    /// <summary>A program is running and the app is installed; nothing was sent yet.</summary>
    public static async Task<SlackTown> InstalledAsync(FakeSlackOptions? slack = null)
    {
        var town = await FoundAsync(slack);
        await town.StartAsync();
        await town.InstallAsync(town.Anna);
        await town.RunAsync();
        return town;
    }

    /// <summary>What an operator sets for a program that workspaces install by themselves.</summary>
    public Dictionary<string, string?> OAuthEnvironment => Environment(
        ("SLACK_CLIENT_ID", Slack.App.ClientId), ("SLACK_CLIENT_SECRET", Slack.App.ClientSecret), ("SLACK_SIGNING_SECRET", Slack.App.SigningSecret));

    /// <summary>What an operator sets for one workspace and no public address.</summary>
    public Dictionary<string, string?> SocketEnvironment => Environment(("SLACK_BOT_TOKEN", Slack.World.Install(Acme, SlackScopes.Bot).Value), ("SLACK_APP_TOKEN", Slack.App.AppToken));

    Dictionary<string, string?> Environment(params (string, string)[] settings) => new(
        settings.Append((SlackConfiguration.ApiUrl, Slack.ApiUrl.AbsoluteUri)).Append((SecretBox.Setting, key))
            .Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2)));

    protected override Dictionary<string, string?> Platforms => OAuthEnvironment;

    protected override async Task<IReadOnlyList<ProgramPart>> ReadAsync(NpgsqlDataSource source, ILoggerFactory logging, IConfiguration configuration) =>
        [await SlackPart.ReadAsync(source, Clock, logging, configuration, Cancellation, limitsTimes)];

    public override void CallFrom(TownProgram program) => SlackPart.CallFrom(Slack, program);

    /// <inheritdoc cref="Browser.InstallAsync"/>
    public Task<string> InstallAsync(SlackPerson by, Func<string, bool>? allows = null) => browser.InstallAsync(Program.Address, by, allows ?? (_ => true), Cancellation);

    public SlackPerson Join(Team team, string name, Func<User, User>? but = null)
    {
        var first = name.Split(' ')[0];
        var like = new User { Id = "", TeamId = "", Name = first.ToLowerInvariant(), RealName = name, Email = $"{first.ToLowerInvariant()}@acme.com" };
        return new SlackPerson(this, Slack, Slack.World.AddUser(team, but?.Invoke(like) ?? like));
    }

    /// <summary>A channel that the bot was invited to.</summary>
    public Channel Channel(string name, params SlackPerson[] members)
    {
        var channel = Slack.World.AddChannel(Acme, name, ChannelKind.Public, members.Select(member => member.User));
        channel.Members.Add(Acme.Bot!.Id);
        return channel;
    }

    /// <summary>So many more developers, whom the bot can write to already: crowd0, crowd1, ...</summary>
    public async Task<IReadOnlyList<SlackPerson>> CrowdAsync(int size)
    {
        var crowd = Enumerable.Range(0, size).Select(number => Join(Acme, $"Crowd{number}")).ToList();
        await ImportAsync("email,role,team,time_zone\n" + string.Join('\n', crowd.Select(one => $"{one.User.Email},developer,Crowd,Europe/Berlin")));
        foreach (var one in crowd)
        {
            await ExecuteAsync("""
                with account as (
                  insert into accounts (organization_id, workspace_id, person_id, external_id, conversation)
                  select 1, w.id, p.id, @user, @channel from persons p join workspaces w on w.organization_id = p.organization_id
                  where p.organization_id = 1 and p.email = @email and w.external_id = @team
                  returning id, person_id, workspace_id)
                update persons p set account_id = a.id, workspace_id = a.workspace_id from account a where p.organization_id = 1 and p.id = a.person_id
                """, new { user = one.User.Id, email = one.User.Email, team = Acme.Id, channel = Slack.World.OpenDirect(Acme, one.User).Id });
        }
        return crowd;
    }

    /// <summary>How often a method was called, without the calls that were broken before they came that far.</summary>
    public long Calls(string method) => Slack.Calls.TryGetValue(method, out var count) ? count.Calls : 0;

    /// <summary>Never once was Slack asked more often than it allows, nor for what it refuses.</summary>
    public void NothingWentWrong()
    {
        foreach (var (method, count) in Slack.Calls) count.Throttled.ShouldBe(0, method);
        Warnings.ShouldBeEmpty();
        foreach (var delivery in Slack.Deliveries) delivery.Acknowledged.ShouldBeTrue($"{delivery.Kind} {delivery.Payload["event"]?["type"] ?? delivery.Payload["type"]}");
    }

    protected override async ValueTask ClosePlatformsAsync()
    {
        browser.Dispose();
        await Slack.DisposeAsync();
    }
}
