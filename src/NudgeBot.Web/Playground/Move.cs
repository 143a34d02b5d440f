using Dapper;
using NodaTime;
using NudgeBot.Nudging;

namespace NudgeBot.Web.Playground;

/// <summary>What happened while the clock was moved.</summary>
/// <param name="Recipients">Who got a message, in the order of sending.</param>
public sealed record Move(Instant From, Instant To, IReadOnlyList<MessagedPerson> Recipients, Decided Decided)
{
    internal static async Task<Move> TellAsync(PlaygroundWorld world, Instant from, long lastMessage, CancellationToken cancellation)
    {
        await using var connection = await world.Product.Database.OpenConnectionAsync(cancellation);
        var recipients = (await connection.QueryAsync<MessagedPerson>("""
            select p.id as person_id, p.name
            from playground_messages m join persons p on p.organization_id = m.organization_id and p.email = m.place
            where m.organization_id = @OrganizationId and m.workspace_id = @WorkspaceId and m.send_id is not null and m.id > @lastMessage
            group by p.id, p.name
            order by min(m.id)
            """, new { world.OrganizationId, world.WorkspaceId, lastMessage })).AsList();
        return new Move(from, world.Now, recipients, await Decided.BetweenAsync(world.Product.Database, world.OrganizationId, from, world.Now, cancellation));
    }
}

public sealed record MessagedPerson(long PersonId, string Name);
