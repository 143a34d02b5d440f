using Dapper;
using Npgsql;

namespace NudgeBot.Governance;

/// <summary>Somebody whom a command names.</summary>
sealed record NamedPerson(long Id, string Email, string Name, bool Admin, bool Champion)
{
    /// <param name="who">An e-mail. A mention that no account is known of comes as it was typed.</param>
    /// <exception cref="RefusalException">There is nobody with this e-mail.</exception>
    public static async Task<NamedPerson> FindAsync(NpgsqlConnection connection, int organizationId, string who, string symbol = "WHO") =>
        await connection.QuerySingleOrDefaultAsync<NamedPerson>("""
            select id, email, name, admin, champion from persons where organization_id = @organizationId and email = lower(@who)
            """, new { organizationId, who = who.Trim() })
        ?? throw Unknown(who, symbol);

    public static RefusalException Unknown(string who, string symbol) => new(who.Contains('@') && !who.TrimStart().StartsWith('@')
            ? $"There is nobody with the e-mail {who} on the roster."
            : $"I do not know who {who} is. Give the e-mail, or in chat write @ and choose the person.", symbol);
}
