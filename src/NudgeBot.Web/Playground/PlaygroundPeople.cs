using Dapper;
using NodaTime;
using Npgsql;

namespace NudgeBot.Web.Playground;

/// <summary>How somebody's use of the tool goes on: as invented, on every working day, or not at all.</summary>
public enum Use { Invented, Daily, None }

/// <summary>An invented person, as the page shows them.</summary>
public sealed record PlaygroundPerson
{
    public long Id { get; init; }
    public string Email { get; init; } = "";
    public string Name { get; init; } = "";
    public string Role { get; init; } = "";
    public string Team { get; init; } = "";
    public string Location { get; init; } = "";
    public string TimeZone { get; init; } = "";
    public string? Country { get; init; }
    public bool Champion { get; init; }
    public bool Admin { get; init; }
    public bool Played { get; init; }
    public string UseWord { get; init; } = "";
    /// <summary>What NudgeBot sent unasked and the visitor has not seen.</summary>
    public int Unread { get; init; }

    public Use Use => Words.Parse<Use>(UseWord);
    public DateTimeZone Zone => DateTimeZoneProviders.Tzdb[TimeZone];

    /// <summary>The chat with NudgeBot is called by the account, as everywhere in a workspace of our own.</summary>
    public string Chat => Email;
}

/// <summary>The people of the playground, and what the visitor has made of them.</summary>
sealed class PlaygroundPeople(NpgsqlDataSource database, int organizationId, int workspaceId)
{
    public async Task<IReadOnlyList<PlaygroundPerson>> AllAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<PlaygroundPerson>("""
            select p.id, p.email, p.name, s.role, s.team, s.location, p.time_zone, p.country, p.champion, p.admin,
                   coalesce(v.played, false) as played, coalesce(v.use, 'invented') as use_word,
                   (select count(*)::int from playground_messages m
                    where m.organization_id = p.organization_id and m.workspace_id = @workspaceId and m.place = p.email
                      and m.send_id is not null and m.id > coalesce(v.read_to, 0)) as unread
            from persons p
            join segments s on s.id = p.segment_id
            left join playground_people v on v.person_id = p.id
            where p.organization_id = @organizationId
            order by s.team, p.name
            """, new { organizationId, workspaceId })).AsList();
    }

    /// <summary>Marks the personal chat as seen, to its end.</summary>
    public Task ReadAsync(long personId, CancellationToken cancellation) => ChangeAsync(personId, cancellation, readTo: """
        (select coalesce(max(m.id), 0) from playground_messages m
         join persons p on p.organization_id = m.organization_id and p.email = m.place
         where m.organization_id = @organizationId and m.workspace_id = @workspaceId and p.id = @personId)
        """);

    /// <summary>Everybody has seen everything.</summary>
    public async Task ReadAllAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("""
            insert into playground_people (person_id, organization_id, read_to)
            select p.id, p.organization_id, max(m.id)
            from persons p join playground_messages m on m.organization_id = p.organization_id and m.workspace_id = @workspaceId
            where p.organization_id = @organizationId
            group by p.id
            on conflict (person_id) do update set read_to = excluded.read_to
            """, new { organizationId, workspaceId });
    }

    public Task UseAsync(long personId, Use use, CancellationToken cancellation) => ChangeAsync(personId, cancellation, use: use);

    /// <summary>From now on the visitor answers for this person; or, handed back, the person again.</summary>
    public Task PlayAsync(long personId, bool played, CancellationToken cancellation) => ChangeAsync(personId, cancellation, played: played);

    async Task ChangeAsync(long personId, CancellationToken cancellation, bool? played = null, Use? use = null, string readTo = "null::bigint")
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync($"""
            insert into playground_people as v (person_id, organization_id, played, use, read_to)
            select id, organization_id, coalesce(@played, false), coalesce(@use, 'invented'), coalesce({readTo}, 0)
            from persons where organization_id = @organizationId and id = @personId
            on conflict (person_id) do update
              set played = coalesce(@played, v.played), use = coalesce(@use, v.use), read_to = coalesce({readTo}, v.read_to)
            """, new { organizationId, workspaceId, personId, played, use = use is { } one ? Words.Of(one) : null });
    }
}
