using System.Text.Json.Nodes;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.Calling;

/// <summary>People who do things in Slack: each is told to the app as Slack would. All come back when the app has answered, or has failed to.</summary>
public sealed partial class ActingUsers(FakeSlackServer server)
{
    /// <param name="channel">Null: the direct channel with the app.</param>
    /// <returns>Null where the app does not hear of it.</returns>
    public Task<Delivery?> SayAsync(User user, string text, Channel? channel = null, string? threadTs = null) => SayAsync(user, text, channel, threadTs, []);

    /// <summary>With files.</summary>
    /// <inheritdoc cref="SayAsync(User, string, Channel?, string?)"/>
    public async Task<Delivery?> SayAsync(User user, string text, Channel? channel, string? threadTs, IReadOnlyList<(string Name, byte[] Content)> files)
    {
        var team = server.World.Teams[user.TeamId];
        JsonObject told;
        lock (server.World.Gate)
        {
            channel ??= server.World.OpenDirect(team, user);
            var message = new Message { Ts = server.World.NextTs(), At = server.Host.Clock(), ChannelId = channel.Id, UserId = user.Id, ThreadTs = threadTs, Text = TypedText.InMessage(text, team), Files = files.Count == 0 ? null : new JsonArray([.. files.Select(file => server.Files.Keep(file.Name, file.Content))]) };
            channel.Messages.Add(message);
            if (threadTs is not null && channel.Find(threadTs) is { } parent) parent.ThreadTs = threadTs;
            told = server.Events.MessageEvent(message, channel, team);
            told["client_msg_id"] = Guid.NewGuid().ToString();
        }
        if (!channel.Members.Contains(team.Bot!.Id)) return null;
        var mentioned = channel.Kind != ChannelKind.Direct && ((string)told["text"]!).Contains($"<@{team.Bot.Id}>");
        Delivery? heard = null;
        if (channel.Kind == ChannelKind.Direct || server.App.HearsChannels) heard = await server.Events.TellAsync(team, told.DeepClone().AsObject());
        if (!mentioned) return heard;
        told["type"] = "app_mention";
        told.Remove("channel_type");
        return await server.Events.TellAsync(team, told);
    }

    /// <summary>Says something to the app in a channel that it is in.</summary>
    public async Task<Delivery> MentionAsync(User user, Channel channel, string text) =>
        await SayAsync(user, $"@{server.World.Teams[user.TeamId].Bot!.Name} {text}", channel) ?? throw new InvalidOperationException($"The app is not in #{channel.Name}.");

    public async Task<Delivery> OpenHomeAsync(User user)
    {
        var team = server.World.Teams[user.TeamId];
        JsonObject told;
        lock (server.World.Gate)
        {
            told = new JsonObject
            {
                ["type"] = "app_home_opened",
                ["user"] = user.Id,
                ["channel"] = server.World.OpenDirect(team, user).Id,
                ["tab"] = "home",
                ["event_ts"] = server.World.NextTs(),
            };
            if (team.Homes.TryGetValue(user.Id, out var home)) told["view"] = Shapes.Of(home, team, server.App);
        }
        return await server.Events.TellAsync(team, told);
    }

    public Task<Delivery> UserChangedAsync(User user)
    {
        server.World.Replace(user);
        return TellOfAsync("user_change", user);
    }

    /// <param name="user">One that was added to the world just now.</param>
    public Task<Delivery> TeamJoinAsync(User user) => TellOfAsync("team_join", user);

    Task<Delivery> TellOfAsync(string type, User user)
    {
        var team = server.World.Teams[user.TeamId];
        var told = new JsonObject
        {
            ["type"] = type,
            ["user"] = Shapes.Of(server.World.Users[user.Id], server.Time.Now, withEmail: true, withLocale: true),
            ["cache_ts"] = server.Time.Now.ToUnixTimeSeconds(),
            ["event_ts"] = server.World.NextTs(),
        };
        return server.Events.TellAsync(team, told);
    }

    /// <summary>Takes the app out of a workspace: its tokens die, then it is told so twice, as Slack does.</summary>
    public async Task<Delivery> UninstallAsync(Team team)
    {
        lock (server.World.Gate)
        {
            foreach (var token in server.World.Tokens.Values.Where(token => token.TeamId == team.Id)) token.Revoked = true;
        }
        await server.Events.TellAsync(team, new JsonObject
        {
            ["type"] = "tokens_revoked",
            ["tokens"] = new JsonObject { ["oauth"] = new JsonArray(), ["bot"] = new JsonArray(team.Bot!.Id) },
            ["event_ts"] = server.World.NextTs(),
        });
        return await server.Events.TellAsync(team, new JsonObject { ["type"] = "app_uninstalled", ["event_ts"] = server.World.NextTs() });
    }
}
