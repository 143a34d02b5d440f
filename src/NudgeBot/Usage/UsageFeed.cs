using Dapper;
using NodaTime;
using Npgsql;

namespace NudgeBot.Usage;

/// <summary>A source of use, and how far it has told everything.</summary>
public sealed record UsageFeed
{
    public string Tool { get; init; } = "";
    public string Format { get; init; } = "";
    public LocalDate CompleteTo { get; init; }
    public Instant ImportedAt { get; init; }

    public static async Task<IReadOnlyList<UsageFeed>> ListAsync(NpgsqlDataSource database, int organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<UsageFeed>(
            "select tool, format, complete_to, imported_at from usage_feeds where organization_id = @organizationId order by tool, format",
            new { organizationId })).AsList();
    }

    /// <summary>Notes how far a feed has told everything; never takes back what it told before.</summary>
    /// <param name="day">Null where this import told nothing.</param>
    /// <returns>How far it has told everything now; null where it never told anything.</returns>
    internal static async Task<LocalDate?> CompleteToAsync(
        NpgsqlConnection connection, int organizationId, string tool, UsageFormat format, LocalDate? day, Instant now)
    {
        var feed = new { organizationId, tool, format = Words.Of(format), identity = Words.Of(format.Identity()), day, now };
        if (day is null)
        {
            return await connection.QuerySingleOrDefaultAsync<LocalDate?>(
                "select complete_to from usage_feeds where organization_id = @organizationId and tool = @tool and format = @format", feed);
        }
        return await connection.QuerySingleAsync<LocalDate>("""
            insert into usage_feeds as f (organization_id, tool, format, identity, complete_to, imported_at)
            values (@organizationId, @tool, @format, @identity, @day, @now)
            on conflict (organization_id, tool, format) do update
            set complete_to = greatest(f.complete_to, excluded.complete_to), imported_at = excluded.imported_at
            returning complete_to
            """, feed);
    }
}
