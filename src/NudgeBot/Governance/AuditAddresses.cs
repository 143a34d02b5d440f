using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace NudgeBot.Governance;

/// <summary>
/// E-mail addresses in texts that can never be changed: whoever has one stands there as a person, and of one that nobody has only the domain stays.
/// </summary>
sealed partial class AuditAddresses(IReadOnlyDictionary<string, long> personsByEmail)
{
    public static async Task<AuditAddresses> FindAsync(
        NpgsqlConnection connection, int organizationId, IEnumerable<AuditValues?> values, CancellationToken cancellation)
    {
        var emails = values.OfType<AuditValues>().SelectMany(value => value.All).SelectMany(value => value.Value).OfType<AuditPart.Text>()
            .SelectMany(text => Address().Matches(text.Value)).SelectMany(found => Readings(found.Value)).Select(email => email.ToLowerInvariant()).Distinct().ToArray();
        if (emails.Length == 0) return new AuditAddresses(new Dictionary<string, long>());
        return new AuditAddresses((await connection.QueryAsync<(string Email, long Id)>(new CommandDefinition(
            "select email, id from persons where organization_id = @organizationId and email = any(@emails)",
            new { organizationId, emails }, cancellationToken: cancellation))).ToDictionary(person => person.Email, person => person.Id));
    }

    public IReadOnlyList<AuditPart> Replace(string text)
    {
        var parts = new List<AuditPart>();
        var end = 0;
        foreach (Match found in Address().Matches(text))
        {
            var email = Readings(found.Value).FirstOrDefault(reading => personsByEmail.ContainsKey(reading.ToLowerInvariant()));
            var before = text[end..(found.Index + found.Length - (email ?? found.Value).Length)];
            end = found.Index + found.Length;
            if (email is null) parts.Add(new AuditPart.Text(before + Masked(found)));
            else parts.AddRange([.. TextOf(before), new AuditPart.Person(personsByEmail[email.ToLowerInvariant()])]);
        }
        return parts.Count == 0 ? [new AuditPart.Text(text)] : [.. parts, .. TextOf(text[end..])];
    }

    /// <summary>For words that no key seals, as the operator's.</summary>
    public static string Mask(string text) => Address().Replace(text, Masked);

    static AuditPart[] TextOf(string text) => text.Length == 0 ? [] : [new AuditPart.Text(text)];

    static string Masked(Match found) => $"…@{found.Groups["domain"].Value}";

    /// <summary>Almost every sign may stand in an address: of <c>owner='anna@acme.com</c> all of it, or what follows one of its signs.</summary>
    static IEnumerable<string> Readings(string found) =>
        Enumerable.Range(0, found.IndexOf('@')).Where(start => start == 0 || !char.IsAsciiLetterOrDigit(found[start - 1])).Select(start => found[start..]);

    /// <summary>As <see cref="People.EmailAddress"/> has it, within a text. It begins where such signs begin, so that no start is tried twice.</summary>
    [GeneratedRegex(@"(?:\G|(?<![!#-'*+\-./0-9=?A-Z^_`a-z{|}~]))[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]+@(?<domain>([A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,})", RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}
