using Dapper;
using Npgsql;
using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.World;
using NudgeBot.Web.Playground;
using NudgeBot.Web.Playground.Invented;

namespace NudgeBot.Web.SlackDemo;

/// <summary>The invented company as a workspace of a Slack: its people, a channel for wins and one for each team, and the app installed.</summary>
sealed class InventedWorkspace
{
    readonly FakeSlackServer slack;
    readonly Channel wins;

    public InventedWorkspace(FakeSlackServer slack)
    {
        this.slack = slack;
        Team = slack.World.AddTeam(InventedCompany.Name);
        BotToken = slack.World.Install(Team).Value;
        wins = slack.World.AddChannel(Team, InventedCompany.WinsChannel, ChannelKind.Public, Team.Bot!);
    }

    public Team Team { get; }
    public string BotToken { get; }
    public DemoWorkspace Place => new(NudgeBot.Slack.Sending.SlackPlatform.Platform, Team.Id, Team.Name, wins.Id);

    /// <summary>Everybody on the roster becomes a user, and joins the channel for wins and the team's, in which the app is, too.</summary>
    public async Task BringInAsync(NpgsqlDataSource database, int organizationId, int workspaceId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var people = (await connection.QueryAsync<(string Email, string Name, string Zone, string Locale, string Team)>("""
            select p.email, p.name, p.time_zone, p.locale, s.team
            from persons p join segments s on s.id = p.segment_id
            where p.organization_id = @organizationId
            order by p.name
            """, new { organizationId })).AsList();
        foreach (var team in people.GroupBy(person => person.Team).OrderBy(team => team.Key, StringComparer.Ordinal))
        {
            List<User> members = [.. team.Select(person => slack.World.AddUser(Team, AsUser(person.Email, person.Name, person.Zone, person.Locale)))];
            lock (slack.World.Gate) wins.Members.UnionWith(members.Select(member => member.Id));
            if (team.Key.Length == 0) continue;
            var channel = slack.World.AddChannel(Team, team.Key.ToLowerInvariant().Replace(' ', '-'), ChannelKind.Public, [Team.Bot!, .. members]);
            await connection.ExecuteAsync(
                "insert into team_channels (organization_id, workspace_id, team, external_id) values (@organizationId, @workspaceId, @Key, @Id)",
                new { organizationId, workspaceId, team.Key, channel.Id });
        }
    }

    static User AsUser(string email, string name, string zone, string locale) => new()
    {
        Id = "",
        TeamId = "",
        Name = email[..email.IndexOf('@')],
        RealName = name,
        Email = email,
        Tz = zone,
        Locale = locale == "de" ? "de-DE" : "en-US",
    };
}
