using NodaTime;

namespace NudgeBot.FakeSlack.World;

/// <summary>Everything this Slack knows, in memory. Whoever reads or changes it holds <see cref="Gate"/>, which one thread may take more than once.</summary>
public sealed class SlackWorld(FakeApp app, SlackTime time)
{
    public static readonly Duration LifeOfTokens = Duration.FromHours(12);
    readonly Dictionary<string, Channel> _direct = [];
    long _lastTs;

    public Lock Gate { get; } = new();
    public Ids Ids { get; } = new();
    public Dictionary<string, Team> Teams { get; } = [];
    public Dictionary<string, Token> Tokens { get; } = [];

    /// <summary>Codes that were granted and not yet exchanged.</summary>
    public Dictionary<string, Grant> Grants { get; } = [];
    /// <summary>What people attached to their messages, by its id.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];
    public Dictionary<string, User> Users { get; } = [];
    public Dictionary<string, Channel> Channels { get; } = [];

    /// <summary>Unix seconds and microseconds; no two are the same.</summary>
    public string NextTs()
    {
        lock (Gate)
        {
            _lastTs = Math.Max(_lastTs + 1, time.Now.ToUnixTimeTicks() / 10);
            return $"{_lastTs / 1_000_000:D10}.{_lastTs % 1_000_000:D6}";
        }
    }

    public Team AddTeam(string name)
    {
        lock (Gate)
        {
            var team = new Team { Id = Ids.Next("T"), Name = name, Domain = new string([.. name.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)]) };
            Teams.Add(team.Id, team);
            return team;
        }
    }

    /// <param name="like">All but <c>Id</c>, <c>TeamId</c> and <c>Updated</c> is taken from it.</param>
    public User AddUser(Team team, User like)
    {
        lock (Gate)
        {
            var user = like with { Id = Ids.Next("U"), TeamId = team.Id, Updated = time.Now.ToUnixTimeSeconds() };
            team.Users.Add(user);
            Users.Add(user.Id, user);
            return user;
        }
    }

    public User AddUser(Team team, string name, string? email = null) =>
        AddUser(team, new User { Id = "", TeamId = "", Name = name.ToLowerInvariant().Replace(' ', '.'), RealName = name, Email = email });

    public void Replace(User user)
    {
        lock (Gate)
        {
            var users = Teams[user.TeamId].Users;
            users[users.FindIndex(known => known.Id == user.Id)] = Users[user.Id] = user with { Updated = time.Now.ToUnixTimeSeconds() };
        }
    }

    public Channel AddChannel(Team team, string name, ChannelKind kind = ChannelKind.Public, params IEnumerable<User> members)
    {
        lock (Gate)
        {
            var channel = new Channel { Id = Ids.Next("C"), TeamId = team.Id, Kind = kind, Name = name, Created = time.Now.ToUnixTimeSeconds() };
            channel.Members.UnionWith(members.Select(member => member.Id));
            return Keep(team, channel);
        }
    }

    public Channel? DirectChannel(User user) => _direct.GetValueOrDefault(user.Id);

    public Channel OpenDirect(Team team, User user)
    {
        lock (Gate)
        {
            if (DirectChannel(user) is { } open) return open;
            var channel = new Channel { Id = Ids.Next("D"), TeamId = team.Id, Kind = ChannelKind.Direct, With = user.Id, Created = time.Now.ToUnixTimeSeconds() };
            channel.Members.UnionWith([user.Id, team.Bot!.Id]);
            _direct.Add(user.Id, channel);
            return Keep(team, channel);
        }
    }

    Channel Keep(Team team, Channel channel)
    {
        team.Channels.Add(channel);
        Channels.Add(channel.Id, channel);
        return channel;
    }

    /// <summary>What a person's consent to install the app comes to: a code for <c>oauth.v2.access</c>.</summary>
    public string GrantCode(Team team, User by, IReadOnlyList<string>? scopes = null)
    {
        lock (Gate)
        {
            var code = $"{Ids.Secret(5)}.{Ids.Secret(5)}.{Ids.Secret(16)}";
            Grants.Add(code, new Grant(team.Id, by.Id, scopes ?? app.Scopes));
            return code;
        }
    }

    /// <summary>Installs the app without the detour through a browser.</summary>
    public Token Install(Team team, IReadOnlyList<string>? scopes = null)
    {
        lock (Gate)
        {
            if (team.Bot is null)
            {
                team.BotId = Ids.Next("B");
                team.Bot = AddUser(team, new User { Id = "", TeamId = "", Name = app.BotName, RealName = app.Name, IsBot = true });
            }
            if (!app.RotatesTokens && Tokens.Values.FirstOrDefault(known => known.TeamId == team.Id && !known.Revoked && scopes is null) is { } still) return still;
            var token = new Token
            {
                Value = $"{(app.RotatesTokens ? "xoxe.xoxb-1" : "xoxb")}-{team.Id}-{Ids.Secret()}",
                TeamId = team.Id,
                Scopes = scopes ?? app.Scopes,
                ExpiresAt = app.RotatesTokens ? time.After(LifeOfTokens) : null,
                RefreshToken = app.RotatesTokens ? $"xoxe-1-{Ids.Secret(24)}" : null,
            };
            Tokens.Add(token.Value, token);
            return token;
        }
    }

    public sealed record Grant(string TeamId, string UserId, IReadOnlyList<string> Scopes);
}
