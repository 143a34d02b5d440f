using Dapper;
using NodaTime;
using Npgsql;

namespace NudgeBot.People;

/// <summary>Who would get nothing if something were due now, and why.</summary>
public sealed class Preflight(NpgsqlDataSource database, ProductClock clock)
{
    /// <summary>Null: reached. Needs <c>p</c> (persons), <c>a</c> (the account of theirs that counts) and <c>c</c> (its workspace_connections) in scope.</summary>
    internal const string ReasonSql = """
        case
          when a.id is null then coalesce((
            select min(n.unreachable) from accounts n where n.organization_id = p.organization_id and n.person_id = p.id), 'no-account')
          when a.unreachable is not null then a.unreachable
          when not c.connected then 'not-installed'
        end
        """;

    /// <summary>Of those who have not left and did not opt out.</summary>
    public async Task<PreflightReport> CheckAsync(int organizationId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await CheckAsync(connection, organizationId, clock.Now, segmentIds: null);
    }

    /// <param name="segmentIds">Null: everybody.</param>
    internal static async Task<PreflightReport> CheckAsync(NpgsqlConnection connection, int organizationId, Instant now, int[]? segmentIds)
    {
        var people = (await connection.QueryAsync<(string Email, string? Reason)>($"""
            select p.email, {ReasonSql} as reason
            from persons p
            left join accounts a on a.id = p.account_id
            left join workspace_connections c on c.workspace_id = a.workspace_id
            where p.organization_id = @organizationId and p.opted_out_at is null and coalesce(p.left_on > (@now at time zone p.time_zone)::date, true)
              and (@segmentIds::int[] is null or p.segment_id = any(@segmentIds))
            order by p.email
            """, new { organizationId, now, segmentIds })).AsList();
        return new PreflightReport(people.Count, [.. people.Where(person => person.Reason is not null).Select(person => new Unreached(person.Email, person.Reason!))]);
    }
}

/// <param name="People">All that were looked at.</param>
/// <param name="Unreached">By e-mail.</param>
public sealed record PreflightReport(int People, IReadOnlyList<Unreached> Unreached);

/// <param name="Reason"><c>no-account</c>, <c>not-installed</c>, or why an account is not reached, in the platform's word: <c>deactivated</c>, <c>guest</c>, ...</param>
public sealed record Unreached(string Email, string Reason);
