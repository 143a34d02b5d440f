using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Commands;

namespace NudgeBot.Conversations;

/// <summary>Who is named with an @ in a command about people.</summary>
static class MentionedPeople
{
    /// <returns>The line with e-mails in the mentions' places. Who has no account here stays as it was typed, as one word; what is no command about people stays whole.</returns>
    public static async Task<string> NamedAsync(NpgsqlConnection connection, Sender from, string line, IReadOnlyList<Mention> mentions, CancellationToken cancellation)
    {
        if (mentions.Count == 0 || !Grammar.Chat.NamesPeople(line)) return line;
        var emails = (await connection.QueryAsync<(string Account, string Email)>(new CommandDefinition("""
            select a.external_id, p.email
            from accounts own
            join accounts a on a.organization_id = @OrganizationId and a.workspace_id = own.workspace_id
            join persons p on p.organization_id = @OrganizationId and p.id = a.person_id
            where own.organization_id = @OrganizationId and own.id = @AccountId and a.external_id = any(@accounts)
            """, new { from.OrganizationId, from.AccountId, accounts = mentions.Select(mention => mention.Account).ToArray() }, cancellationToken: cancellation)))
            .ToDictionary(one => one.Account, one => one.Email);

        // From the end: people stand behind the command's own words, which may be the same as somebody's name.
        var end = line.Length;
        foreach (var mention in mentions.Reverse())
        {
            var at = line.LastIndexOf(mention.Text, end, StringComparison.Ordinal);
            if (at < 0) continue;
            line = $"{line[..at]}{Blank.LineOf([emails.GetValueOrDefault(mention.Account, mention.Text)])}{line[(at + mention.Text.Length)..]}";
            end = Math.Max(at - 1, 0);
        }
        return line;
    }
}
