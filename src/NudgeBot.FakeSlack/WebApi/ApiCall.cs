using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.WebApi;

/// <summary>One call of a method, made while the world's gate is held.</summary>
sealed record ApiCall(FakeSlackServer Server, Arguments Arguments, Team? Caller, Token? Token)
{
    public SlackWorld World => Server.World;
    public FakeApp App => Server.App;
    public Team Team => Caller ?? throw new InvalidOperationException("This method is called without a workspace.");

    public bool Has(string scope) => Token!.Scopes.Contains(scope);

    public void Need(string scope)
    {
        if (!Has(scope)) throw SlackRefusal.Scope(scope, Token!.Scopes);
    }

    /// <summary>A channel of the caller's workspace that its bot can see.</summary>
    public Channel Channel(string? id)
    {
        if (id is null || !World.Channels.TryGetValue(id, out var channel) || channel.TeamId != Team.Id) throw new SlackRefusal("channel_not_found");
        if (channel.Kind != ChannelKind.Public && !channel.Members.Contains(Team.Bot!.Id)) throw new SlackRefusal("channel_not_found");
        return channel;
    }

    public User User(string? id) =>
        id is not null && World.Users.TryGetValue(id, out var user) && user.TeamId == Team.Id ? user : throw new SlackRefusal("user_not_found");

    /// <summary>e.g. <c>im:history</c> for <paramref name="action"/> <c>history</c> in a direct channel.</summary>
    public static string ScopeFor(ChannelKind kind, string action) => kind switch
    {
        ChannelKind.Public => $"channels:{action}",
        ChannelKind.Private => $"groups:{action}",
        ChannelKind.Direct => $"im:{action}",
    };
}
