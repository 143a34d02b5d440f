using Dapper;
using NodaTime;
using Npgsql;

namespace NudgeBot.Champions;

/// <summary>A success story as it was told, and how often colleagues cheered it and tried its prompt.</summary>
sealed record Win
{
    public long Id { get; init; }
    public long AuthorId { get; init; }
    public string Author { get; init; } = "";
    /// <summary>The author's, and so that of the post: everybody sees one and the same.</summary>
    public string Locale { get; init; } = "";
    /// <summary>As people read it.</summary>
    public string Tool { get; init; } = "";
    public string What { get; init; } = "";
    /// <summary>Empty: none was given.</summary>
    public string Prompt { get; init; } = "";
    /// <summary>Minutes saved; null: not said.</summary>
    public int? Minutes { get; init; }
    public Instant At { get; init; }
    public int Kudos { get; init; }
    public int Tries { get; init; }

    const string Select = """
        select v.id, v.person_id as author_id, coalesce(nullif(p.name, ''), split_part(p.email, '@', 1)) as author, p.locale,
               v.tool, v.what, v.prompt, v.minutes, v.at, r.kudos, r.tries
        from wins v
        join persons p on p.id = v.person_id
        cross join lateral (
          select count(*) filter (where kind = 'kudos')::int as kudos, count(*) filter (where kind = 'tried')::int as tries
          from win_reactions where win_id = v.id) r
        where v.organization_id = @organizationId
        """;

    /// <returns>Null when it is gone, or another organization's.</returns>
    public static Task<Win?> FindAsync(NpgsqlConnection connection, int organizationId, long id) =>
        connection.QuerySingleOrDefaultAsync<Win>($"{Select} and v.id = @id", new { organizationId, id });

    /// <summary>The last ones, the latest first; whatever became of their posts.</summary>
    public static async Task<IReadOnlyList<Win>> LatestAsync(NpgsqlConnection connection, int organizationId, int count) =>
        (await connection.QueryAsync<Win>($"{Select} order by v.at desc, v.id desc limit @count", new { organizationId, count })).AsList();
}
