using System.Text.Json;
using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;

namespace NudgeBot.Web.Playground;

/// <param name="Place">A personal chat or a channel.</param>
/// <param name="AuthorId">Null: the bot.</param>
/// <param name="OnlyForId">Shown to this person alone; null: to all who see the place.</param>
public sealed record PlaygroundMessage(long Id, string Place, long? AuthorId, long? OnlyForId, Message Content, Instant At, Instant? EditedAt);

/// <summary>What stands in the playground's chats, in the order in which it was written.</summary>
sealed class PlaygroundMessages(NpgsqlDataSource database, int organizationId, int workspaceId)
{
    /// <summary>A message that its sender calls by a name is there once, however often it is sent.</summary>
    public async Task<long> AddAsync(
        string place, Message content, Instant at, long? authorId = null, long? onlyForId = null, string? sendId = null, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<long>("""
            insert into playground_messages (organization_id, workspace_id, place, author_id, only_for_id, send_id, content, at)
            values (@organizationId, @workspaceId, @place, @authorId, @onlyForId, @sendId, @content, @at)
            on conflict (workspace_id, send_id) do update set place = excluded.place
            returning id
            """, new { organizationId, workspaceId, place, authorId, onlyForId, sendId, content = JsonSerializer.Serialize(content), at });
    }

    public async Task EditAsync(long id, Message content, Instant at, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("""
            update playground_messages set content = @content, edited_at = @at
            where organization_id = @organizationId and workspace_id = @workspaceId and id = @id
            """, new { organizationId, workspaceId, id, content = JsonSerializer.Serialize(content), at });
    }

    /// <returns>Null where there is none of that id.</returns>
    public async Task<PlaygroundMessage?> FindAsync(long id, CancellationToken cancellation) =>
        (await ReadAsync("m.id = @id", new { organizationId, workspaceId, id }, cancellation)).SingleOrDefault();

    /// <summary>What the person sees there: everybody's messages, and those for this person alone.</summary>
    public Task<IReadOnlyList<PlaygroundMessage>> SeenByAsync(long personId, string place, CancellationToken cancellation) =>
        ReadAsync("m.place = @place and coalesce(m.only_for_id = @personId, true)", new { organizationId, workspaceId, place, personId }, cancellation);

    /// <returns>Null where nothing of that name was sent.</returns>
    public async Task<PlaygroundMessage?> SentAsAsync(string sendId, CancellationToken cancellation) =>
        (await ReadAsync("m.send_id = @sendId", new { organizationId, workspaceId, sendId }, cancellation)).SingleOrDefault();

    /// <summary>The id of the last message that NudgeBot sent unasked; 0 before the first.</summary>
    public async Task<long> LastSentAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<long>("""
            select coalesce(max(id), 0) from playground_messages
            where organization_id = @organizationId and workspace_id = @workspaceId and send_id is not null
            """, new { organizationId, workspaceId });
    }

    async Task<IReadOnlyList<PlaygroundMessage>> ReadAsync(string whichSql, object parameters, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<Row>($"""
            select m.id, m.place, m.author_id, m.only_for_id, m.content, m.at, m.edited_at
            from playground_messages m
            where m.organization_id = @organizationId and m.workspace_id = @workspaceId and {whichSql}
            order by m.id
            """, parameters);
        return [.. rows.Select(row => new PlaygroundMessage(
            row.Id, row.Place, row.AuthorId, row.OnlyForId, JsonSerializer.Deserialize<Message>(row.Content)!, row.At, row.EditedAt))];
    }

    sealed record Row
    {
        public long Id { get; init; }
        public string Place { get; init; } = "";
        public long? AuthorId { get; init; }
        public long? OnlyForId { get; init; }
        public string Content { get; init; } = "";
        public Instant At { get; init; }
        public Instant? EditedAt { get; init; }
    }
}
