using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;

namespace NudgeBot.People;

/// <summary>
/// How far the people of a workspace were read, once a day: a page and the place of the next are stored together, so that a reading goes on where it was
/// broken off.
/// </summary>
sealed class PeopleReads(NpgsqlDataSource database, ProductClock clock)
{
    static readonly Duration Every = Duration.FromDays(1);

    /// <returns>Null where nothing is to be read now.</returns>
    public async Task<ReadingPlace?> DueAsync(Workspace workspace, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var read = await connection.QuerySingleOrDefaultAsync<(string Cursor, string ChangesFrom, Instant? FinishedAt)?>("""
            select cursor, changes_from, finished_at from people_reads where organization_id = @OrganizationId and workspace_id = @Id
            """, workspace);
        return read is not var (cursor, changesFrom, finishedAt) ? new ReadingPlace("", "")
            : cursor.Length > 0 || finishedAt is null || finishedAt + Every <= clock.Now ? new ReadingPlace(cursor, changesFrom)
            : null;
    }

    /// <summary>In the transaction of what the page brought.</summary>
    /// <param name="next">The cursor of the next page; empty after the last one.</param>
    /// <param name="changesFrom">After the last page: where the next reading begins; empty: with everybody.</param>
    /// <returns>False where the reading began anew meanwhile: then its cursor counts.</returns>
    public async Task<bool> StoreAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Workspace workspace, ReadingPlace place, string next, string changesFrom = "")
    {
        var stored = await connection.ExecuteAsync("""
            insert into people_reads (organization_id, workspace_id, cursor, began_at, people_to)
            values (@OrganizationId, @Id, @next, @now, (select coalesce(max(id), 0) from persons where organization_id = @OrganizationId))
            on conflict (workspace_id) do update
            set cursor = excluded.cursor,
                began_at = case when @Cursor = '' then excluded.began_at else people_reads.began_at end,
                people_to = case when @Cursor = '' then excluded.people_to else people_reads.people_to end
            where people_reads.organization_id = excluded.organization_id and people_reads.cursor = @Cursor and people_reads.changes_from = @ChangesFrom
            """, new { workspace.OrganizationId, workspace.Id, place.Cursor, place.ChangesFrom, next, now = clock.Now }, transaction);
        if (stored > 0 && next.Length == 0) await FinishAsync(connection, transaction, workspace, place, changesFrom);
        return stored > 0;
    }

    /// <summary>With everybody: what the platform gave to go on with is worth nothing any more.</summary>
    public async Task BeginAnewAsync(Workspace workspace, ReadingPlace place)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await connection.ExecuteAsync("""
            update people_reads set cursor = '', changes_from = ''
            where organization_id = @OrganizationId and workspace_id = @Id and cursor = @Cursor and changes_from = @ChangesFrom
            """, new { workspace.OrganizationId, workspace.Id, place.Cursor, place.ChangesFrom });
    }

    /// <summary>At the end of a reading of everybody, all were looked for who were on the roster at its beginning.</summary>
    async Task FinishAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Workspace workspace, ReadingPlace place, string changesFrom)
    {
        await connection.ExecuteAsync("""
            update people_reads set finished_at = @now, changes_from = @changesFrom, zones_to = 0 where organization_id = @OrganizationId and workspace_id = @Id
            """, new { workspace.OrganizationId, workspace.Id, changesFrom, now = clock.Now }, transaction);
        if (!place.IsOfEverybody) return;
        await connection.ExecuteAsync("""
            update workspaces w set people_to = greatest(w.people_to, r.people_to)
            from people_reads r
            where w.organization_id = @OrganizationId and w.id = @Id and r.workspace_id = w.id
            """, workspace, transaction);
    }
}

/// <param name="Cursor">Of the page; empty: the first.</param>
/// <param name="ChangesFrom">Where the reading begins; empty: with everybody.</param>
sealed record ReadingPlace(string Cursor, string ChangesFrom)
{
    public bool IsOfEverybody => ChangesFrom.Length == 0;
}
