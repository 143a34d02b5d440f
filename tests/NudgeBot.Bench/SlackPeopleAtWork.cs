using Microsoft.Extensions.Logging.Abstractions;
using NudgeBot.Database;
using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.Limits;
using NudgeBot.FakeSlack.World;
using NudgeBot.Slack;
using NudgeBot.Slack.Installing;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Bench;

/// <summary>
/// A Slack workspace whose limits hold, full of people. The workspace's minutes, and with them the limits on both sides, pass <see cref="Times"/> times as fast.
/// </summary>
sealed class SlackPeopleAtWork : PeopleAtWork
{
    public const double Times = 16;

    readonly SecretBox secrets = new(SecretBox.NewKey());
    readonly List<SlackApp> apps = [];
    readonly Team team;

    SlackPeopleAtWork(BenchDatabase postgres, FakeSlackServer slack) : base(postgres)
    {
        Slack = slack;
        team = slack.World.AddTeam("Acme");
    }

    public FakeSlackServer Slack { get; }
    public IReadOnlyList<User> People { get; private set; } = [];

    public static async Task<SlackPeopleAtWork> SettleAsync(int people, CancellationToken cancellation)
    {
        var started = await BenchDatabase.StartAsync(cancellation);
        var slack = await FakeSlackServer.StartAsync(new FakeSlackOptions { TimeFactor = Times, TellsAppOfItsOwnMessages = false });
        var company = new SlackPeopleAtWork(started, slack);
        try
        {
            Report.Progress($"settling {people} people");
            await company.FillAsync(people, cancellation);
            return company;
        }
        catch
        {
            await company.DisposeAsync();
            throw;
        }
    }

    public override NudgingProduct NewReplica()
    {
        var app = new SlackApp(Database, Clock, new SlackSettings { ApiUrl = Slack.ApiUrl, LimitsTimes = Times }, secrets, NullLoggerFactory.Instance, organization: null);
        apps.Add(app);
        return new NudgingProduct(Database, Clock, Content, app.Platforms);
    }

    /// <summary>For those whose channel nobody has opened yet.</summary>
    public async Task OpenChannelsAsync(CancellationToken cancellation)
    {
        await using var command = Database.CreateCommand("""
            update accounts a set conversation = o.conversation from unnest($1, $2) as o(external_id, conversation)
            where a.external_id = o.external_id and a.conversation is null
            """);
        command.Parameters.AddWithValue(People.Select(person => person.Id).ToArray());
        command.Parameters.AddWithValue(People.Select(person => Slack.World.OpenDirect(team, person).Id).ToArray());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public CallCount CallsOf(SlackMethod method) => Slack.Calls.GetValueOrDefault(method.Name, new CallCount(0, 0));

    /// <param name="ts">Younger than this message.</param>
    public IReadOnlyList<Message> MessagesSince(string ts) =>
        [.. People.SelectMany(Slack.MessagesWith).Where(message => string.CompareOrdinal(message.Ts, ts) > 0)];

    async Task FillAsync(int people, CancellationToken cancellation)
    {
        await FoundAsync(cancellation);
        var token = Slack.World.Install(team);
        People = [.. Enumerable.Range(0, people).Select(number => Slack.World.AddUser(team, $"Person {number}", $"person{number}@example.com"))];
        await new SlackInstallations(Database, secrets, Clock).InstallAsync(OrganizationId,
            new SlackGrant(team.Id, team.Name, Slack.App.Id, team.Bot!.Id, string.Join(',', token.Scopes), new TokenPair(token.Value, Refresh: null, ExpiresAt: null)), cancellation);
        await HireAsync([.. People.Select(person => person.Email!)], cancellation);
    }

    protected override ValueTask CloseAsync()
    {
        foreach (var app in apps) app.Dispose();
        return Slack.DisposeAsync();
    }
}
