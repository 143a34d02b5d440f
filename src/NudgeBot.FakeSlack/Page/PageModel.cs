using System.Text.Json.Nodes;
using NodaTime;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.Page;

/// <summary>All that one look at the page shows, copied out of the world at once.</summary>
public sealed record PageModel
{
    public required FakeSlackServer Server { get; init; }
    public required Look Look { get; init; }

    /// <summary>How many changes there had been, at least.</summary>
    public required int Change { get; init; }
    public required Team? Team { get; init; }
    public required IReadOnlyList<Person> People { get; init; }
    public User? User { get; init; }
    public IReadOnlyList<Place> Places { get; init; } = [];

    /// <summary>Null: the direct channel with the app has not been opened yet.</summary>
    public Channel? Channel { get; init; }
    public IReadOnlyList<Shown> Messages { get; init; } = [];
    public Sheet? Home { get; init; }
    public Sheet? Modal { get; init; }

    /// <summary>What Slack itself has to tell the visitor.</summary>
    public string? Notice { get; init; }
    public string? HostLine { get; init; }

    public FakeApp App => Server.App;
    public bool IsDirect => Channel is null or { Kind: ChannelKind.Direct };
    public string Title => IsDirect ? App.Name : $"#{Channel!.Name}";
    public DateTimeZone Zone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(User?.Tz ?? "") ?? DateTimeZone.Utc;

    /// <summary>To look at a place is to have read it.</summary>
    internal static PageModel Read(FakeSlackServer server, Visits visits, Look look)
    {
        var change = server.Changes.Count;
        lock (server.World.Gate)
        {
            var user = look.User is { } id ? server.World.Users.GetValueOrDefault(id) : null;
            var team = user is null ? server.World.Teams.Values.FirstOrDefault(one => one.Bot is not null) : server.World.Teams[user.TeamId];
            if (user is null || user.IsBot || team?.Bot is null)
                return new PageModel { Server = server, Look = look with { User = null }, Change = change, Team = team, People = PeopleOf(server, team), HostLine = visits.HostLine };

            var channel = look.Place is { } place && server.World.Channels.GetValueOrDefault(place) is { } found && found.Members.Contains(user.Id)
                ? found : server.World.DirectChannel(user);
            if (channel is not null && !look.Home) server.Reading.Seen(user, channel);
            return new PageModel
            {
                Server = server,
                Look = look with { Place = channel is null or { Kind: ChannelKind.Direct } ? null : channel.Id },
                Change = change,
                Team = team,
                People = PeopleOf(server, team),
                User = user,
                Places =
                [
                    .. team.Channels.Where(one => one.Kind != ChannelKind.Direct && one.Members.Contains(user.Id)).OrderBy(one => one.Name, StringComparer.Ordinal)
                        .Select(one => new Place(one.Id, one.Name, server.Reading.Unread(user, one))),
                ],
                Channel = channel,
                Messages = channel is null ? [] : [.. channel.Messages.Where(message => message.IsSeenBy(user)).Select(message => Shown.Of(message, server.World))],
                Home = team.Homes.GetValueOrDefault(user.Id) is { } home ? Sheet.Of(home) : null,
                Modal = server.Modals.Of(user).LastOrDefault() is { } modal ? Sheet.Of(modal) : null,
                Notice = visits.NoticeFor(user),
                HostLine = visits.HostLine,
            };
        }
    }

    static List<Person> PeopleOf(FakeSlackServer server, Team? team) =>
    [
        .. (team?.Users ?? []).Where(user => !user.IsBot && !user.Deleted).OrderBy(user => user.RealName, StringComparer.Ordinal)
            .Select(user => new Person(user, server.World.DirectChannel(user) is { } direct ? server.Reading.Unread(user, direct) : 0)),
    ];
}

/// <param name="Unread">Of the direct messages with the app.</param>
public sealed record Person(User User, int Unread);

public sealed record Place(string Id, string Name, int Unread);

/// <summary>A message as it stood.</summary>
public sealed record Shown(string Ts, string? ThreadTs, User By, Instant At, string Text, JsonArray? Blocks, bool IsEdited, bool IsEphemeral)
{
    public bool IsReply => ThreadTs is not null && ThreadTs != Ts;

    public static Shown Of(Message message, SlackWorld world) => new(
        message.Ts, message.ThreadTs, world.Users[message.UserId], message.At, message.Text, message.Blocks?.DeepClone().AsArray(),
        message.Edited is not null, message.EphemeralFor is not null);
}

/// <summary>A view as it stood.</summary>
public sealed record Sheet(string Id, string Hash, JsonObject Sent, JsonArray Blocks, JsonObject Values, JsonObject Errors)
{
    public static Sheet Of(View view) => new(view.Id, view.Hash, view.Sent.DeepClone().AsObject(), view.Blocks.DeepClone().AsArray(), view.Values.DeepClone().AsObject(), view.Errors?.DeepClone().AsObject() ?? []);
}
