using Dapper;
using NodaTime;
using NudgeBot.Nudging;
using NudgeBot.Retention;

namespace NudgeBot.Web.Playground;

/// <summary>All that one look at the page needs, read at once.</summary>
public sealed record PlaygroundPage
{
    const int Weeks = 8;

    public required Here Here { get; init; }
    /// <summary>How many changes there had been when the page was read, at least.</summary>
    public required int Change { get; init; }
    public required Instant Now { get; init; }
    public required IReadOnlyList<PlaygroundPerson> People { get; init; }
    /// <summary>The wins channel first, then the teams'.</summary>
    public required IReadOnlyList<string> Channels { get; init; }
    public PlaygroundPerson? Person { get; init; }
    public IReadOnlyList<PlaygroundMessage> Messages { get; init; } = [];
    public OpenForm? OpenForm { get; init; }
    /// <summary>What the engine knows of the person; null: they are in no campaign.</summary>
    public Outlook? Outlook { get; init; }
    public Move? LastMove { get; init; }
    public required string CampaignKey { get; init; }
    public required RetentionReport Retention { get; init; }

    /// <summary>In whose time the clock is shown.</summary>
    public PlaygroundPerson Clock => Person ?? People.FirstOrDefault(person => person.Admin) ?? People[0];

    /// <summary>To look at a personal chat is to have read it.</summary>
    internal static async Task<PlaygroundPage> ReadAsync(
        PlaygroundWorld world, PlaygroundVisit visit, TimeMachine time, Here here, CancellationToken cancellation)
    {
        var change = world.Changes.Count;
        var (winsChannel, channels, campaign) = await PlacesAsync(world, cancellation);
        if (here.Channel is { } asked && asked != winsChannel && !channels.Contains(asked)) here = here with { Channel = null };
        if (here is { PersonId: { } id, Channel: null }) await world.People.ReadAsync(id, cancellation);
        var people = await world.People.AllAsync(cancellation);
        var person = people.FirstOrDefault(one => one.Id == here.PersonId);
        return new PlaygroundPage
        {
            Here = here,
            Change = change,
            Now = world.Now,
            People = people,
            Channels = [winsChannel, .. channels],
            Person = person,
            Messages = person is null ? [] : await world.Messages.SeenByAsync(person.Id, here.Channel ?? person.Chat, cancellation),
            OpenForm = person is null ? null : visit.OpenFormOf(person),
            Outlook = person is null ? null : (await world.Product.Outlooks.OfAsync(world.OrganizationId, person.Id, cancellation)).FirstOrDefault(),
            LastMove = time.Last,
            CampaignKey = campaign,
            Retention = await world.Product.Retention.RunAsync(
                world.OrganizationId, campaign, [Grouping.All, Grouping.Entry, Grouping.Arm], Weeks, cancellation: cancellation),
        };
    }

    static async Task<(string Wins, IReadOnlyList<string> Teams, string Campaign)> PlacesAsync(PlaygroundWorld world, CancellationToken cancellation)
    {
        await using var connection = await world.Product.Database.OpenConnectionAsync(cancellation);
        var channels = (await connection.QueryAsync<string>(
            "select external_id from team_channels where organization_id = @OrganizationId order by team", new { world.OrganizationId })).AsList();
        var (wins, campaign) = await connection.QuerySingleAsync<(string, string)>("""
            select w.wins_channel, (select key from campaigns c where c.organization_id = w.organization_id order by c.id limit 1)
            from workspaces w where w.organization_id = @OrganizationId and w.id = @WorkspaceId
            """, new { world.OrganizationId, world.WorkspaceId });
        return (wins, channels, campaign);
    }
}
