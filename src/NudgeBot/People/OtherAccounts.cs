using Dapper;
using Npgsql;
using NudgeBot.Chat;

namespace NudgeBot.People;

/// <summary>Where somebody with several accounts is reached when one of them ends.</summary>
static class OtherAccounts
{
    /// <summary>
    /// Whoever was reached by an account that reaches nobody any more, because it or its workspace is gone, is from now on reached by another one that does.
    /// Who has none stays.
    /// </summary>
    /// <param name="account">In the platform's words; null: all of the workspace.</param>
    public static Task TakeOverAsync(NpgsqlConnection connection, Workspace gone, string? account, CancellationToken cancellation) => connection.ExecuteAsync(new CommandDefinition("""
        with other as (
          select distinct on (p.id) p.id as person_id, a.id, a.workspace_id
          from accounts gone
          join workspace_connections place on place.workspace_id = gone.workspace_id
          join persons p on p.account_id = gone.id
          join accounts a on a.person_id = p.id and a.id <> gone.id and a.unreachable is null
          join workspace_connections c on c.workspace_id = a.workspace_id and c.connected
          where gone.organization_id = @OrganizationId and gone.workspace_id = @Id and (@account::text is null or gone.external_id = @account)
            and (gone.unreachable is not null or not place.connected)
          order by p.id, a.conversation is null, a.id)
        update persons p set account_id = other.id, workspace_id = other.workspace_id
        from other
        where p.organization_id = @OrganizationId and p.id = other.person_id
        """, new { gone.OrganizationId, gone.Id, account }, cancellationToken: cancellation));
}
