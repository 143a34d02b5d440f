using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NudgeBot.FakeTeams;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.FakeTeams.Limits;
using NudgeBot.FakeTeams.World;
using NudgeBot.Teams;
using NudgeBot.Teams.Installing;
using NudgeBot.Teams.Tests.Connector;

namespace NudgeBot.Bench;

/// <summary>
/// A Teams tenant whose limits hold, full of people who have the app. The tenant's seconds, and with them the limits on both sides, pass <see cref="Times"/>
/// times as fast.
/// </summary>
sealed class TeamsPeopleAtWork : PeopleAtWork
{
    /// <summary>At more, what keeps a process from working for a moment would be a long time of theirs. And tokens would end in less time than they are renewed in.</summary>
    public const double Times = 2;

    readonly List<TeamsApp> apps = [];
    IReadOnlyList<Person> people = [];

    TeamsPeopleAtWork(BenchDatabase postgres, FakeTeamsServer teams) : base(postgres)
    {
        Teams = teams;
        Settings = new TeamsSettings
        {
            AppId = teams.Bot.AppId,
            TenantId = teams.Bot.TenantId,
            Credential = new TeamsCredential.Secret(teams.Bot.Secret),
            LoginAuthority = teams.LoginAuthority,
            LimitsTimes = Times,
        };
    }

    public FakeTeamsServer Teams { get; }
    public TeamsSettings Settings { get; }

    public static async Task<TeamsPeopleAtWork> SettleAsync(int people, CancellationToken cancellation)
    {
        var started = await BenchDatabase.StartAsync(cancellation);
        var company = new TeamsPeopleAtWork(started, await FakeTeamsServer.StartAsync(new FakeTeamsOptions { TimeFactor = Times }));
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
        var app = new TeamsApp(Database, Clock, Settings, NullLoggerFactory.Instance, organization: null, inDevelopment: true, TrustingLogin.Of(Teams));
        apps.Add(app);
        return new NudgingProduct(Database, Clock, Content, app.Platforms);
    }

    public CallCount CallsOf(Operation operation) => Teams.Calls.GetValueOrDefault(operation, new CallCount(0, 0));

    /// <summary>The first of them: their chats are not known yet.</summary>
    public Task ForgetChatsAsync(int count, CancellationToken cancellation) =>
        ExecuteAsync($"update accounts set conversation = null where id in (select id from accounts order by id limit {count.ToString(CultureInfo.InvariantCulture)})", cancellation);

    /// <returns>By the people's ids.</returns>
    public IReadOnlyDictionary<string, IReadOnlyList<Message>> MessagesSince(string id) => people.ToDictionary(
        person => person.AadObjectId,
        person => (IReadOnlyList<Message>)[.. Teams.MessagesWith(person).Where(message => string.CompareOrdinal(message.Id, id) > 0)]);

    async Task FillAsync(int count, CancellationToken cancellation)
    {
        await FoundAsync(cancellation);
        var tenants = new TeamsTenants(Database, Clock);
        var workspace = await tenants.ConnectAsync(OrganizationId, Settings, cancellation) ?? throw new InvalidOperationException("The tenant cannot be connected.");
        await tenants.StoreServiceUrlAsync(workspace, Teams.ServiceUrl, cancellation);
        people = [.. Enumerable.Range(0, count).Select(number => Teams.World.AddPerson($"Person {number}", $"person{number}@example.com"))];
        await HireAsync([.. people.Select(person => person.Email!)], cancellation);

        await using var command = Database.CreateCommand("""
            with account as (
              insert into accounts (organization_id, workspace_id, person_id, external_id, conversation)
              select p.organization_id, $1, p.id, h.external_id, h.conversation from unnest($2, $3, $4) as h(email, external_id, conversation) join persons p on p.email = h.email
              returning id, person_id)
            update persons p set account_id = account.id, workspace_id = $1 from account where p.id = account.person_id
            """);
        command.Parameters.AddWithValue(workspace.Id);
        command.Parameters.AddWithValue(people.Select(person => person.Email!).ToArray());
        command.Parameters.AddWithValue(people.Select(person => person.AadObjectId).ToArray());
        command.Parameters.AddWithValue(people.Select(person => $"{Teams.ServiceUrl} {Teams.World.GiveApp(person).Id}").ToArray());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    protected override ValueTask CloseAsync()
    {
        foreach (var app in apps) app.Dispose();
        return Teams.DisposeAsync();
    }
}
