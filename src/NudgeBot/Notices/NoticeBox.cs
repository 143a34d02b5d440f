using System.Text.Json;
using Dapper;
using Npgsql;
using NudgeBot.Chat;

namespace NudgeBot.Notices;

/// <summary>
/// What the bot has to tell one person unasked, and that is no nudge: written in the transaction that gives the reason for it, sent by
/// <see cref="NoticeDispatcher"/> to the account at which the person is reached by then.
/// </summary>
/// <remarks>Whether somebody who said <c>stop</c> may still be told something is for the caller to decide: an answer to what they asked, yes.</remarks>
public sealed class NoticeBox(ProductClock clock)
{
    /// <param name="connection">In the caller's transaction.</param>
    /// <param name="orAdmins">If it does not reach the person, or nobody knows whether it did, the administrators get it.</param>
    public Task AddAsync(
        NpgsqlConnection connection, int organizationId, long personId, Message message, NoticeKind kind = NoticeKind.Word, bool orAdmins = false) =>
        connection.ExecuteAsync("""
            insert into notices (organization_id, person_id, kind, or_admins, message, at, due_at)
            values (@organizationId, @personId, @kind, @orAdmins, @message, @now, @now)
            """, new { organizationId, personId, kind = Words.Of(kind), orAdmins, message = JsonSerializer.Serialize(message), now = clock.Now });
}
