using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using NodaTime;
using Npgsql;

namespace NudgeBot.Governance;

/// <summary>The audit log as it can be read: the newest entry first, with names for pseudonyms.</summary>
public sealed class AuditReader(NpgsqlDataSource database)
{
    /// <summary>Stands for what somebody made unreadable. <see cref="AuditVerification"/> tells what and where.</summary>
    public const string Unreadable = "?";

    const int PageOfAll = 1000;

    public async Task<IReadOnlyList<AuditRecord>> ReadAsync(int organizationId, AuditFilter filter, int count, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = (await connection.QueryAsync<AuditRow>(new CommandDefinition("""
            select organization_id, number, at, actor, place, action, refused, campaign, subject, before, after, why, named, hash
            from audit_entries
            where organization_id = @organizationId
              and (@Since::timestamptz is null or at >= @Since)
              and (@Campaign::text is null or campaign = @Campaign)
              and (@Before::bigint is null or number < @Before)
              and (@word::text is null or actor = @word)
              and (@personId::bigint is null
                or actor = (select pseudonym::text from audit_persons where organization_id = @organizationId and person_id = @personId))
            order by number desc limit @count
            """, new
        {
            organizationId,
            filter.Since,
            filter.Campaign,
            filter.Before,
            word = filter.By?.Match(_ => (string?)null, _ => AuditRow.Operator, _ => AuditRow.System),
            personId = filter.By?.Match(person => person.PersonId, _ => (long?)null, _ => null),
            count,
        }, cancellationToken: cancellation))).AsList();
        if (rows.Count == 0) return [];
        var persons = await AuditPerson.AllAsync(connection, organizationId, cancellation);
        return [.. rows.Select(row => Record(row, persons))];
    }

    /// <summary>Everything that the filter lets through.</summary>
    public async IAsyncEnumerable<AuditRecord> AllAsync(int organizationId, AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (await ReadAsync(organizationId, filter, PageOfAll, cancellation) is { Count: > 0 } page)
        {
            foreach (var record in page) yield return record;
            filter = filter with { Before = page[^1].Number };
        }
    }

    static AuditRecord Record(AuditRow row, IReadOnlyDictionary<Guid, AuditPerson> persons)
    {
        return new AuditRecord
        {
            Number = row.Number,
            At = row.At,
            By = Guid.TryParse(row.Actor, out var actor) ? Email(actor) : row.Actor,
            Place = row.Place,
            Action = row.Action,
            Refused = row.Refused,
            Campaign = row.Campaign,
            IsAboutSomebody = row.Subject is not null,
            Subject = row.Subject is { } subject ? Email(subject) : null,
            Before = Values(row.Before),
            After = Values(row.After),
            HasWhy = row.Why is not null,
            Why = row.Why is not { } why ? null : Guid.TryParse(row.Actor, out var speaker) ? Words(speaker, why) : Encoding.UTF8.GetString(why),
            Hash = Convert.ToHexStringLower(row.Hash),
        };

        string? Email(Guid pseudonym) => Read(pseudonym, person => person.OpenEmail());

        string? Words(Guid pseudonym, byte[] words) => Read(pseudonym, person => person.Open(words));

        string? Read(Guid pseudonym, Func<AuditPerson, string?> open)
        {
            try
            {
                return persons.TryGetValue(pseudonym, out var person) ? open(person) : Unreadable;
            }
            catch (CryptographicException)
            {
                return Unreadable;
            }
        }

        IReadOnlyList<AuditValue> Values(string? json)
        {
            try
            {
                return AuditJson.Read(json, Email, Words);
            }
            catch (JsonException)
            {
                return [new AuditValue(Unreadable, [json])];
            }
        }
    }
}

/// <summary>Null: whatever it is.</summary>
public sealed record AuditFilter
{
    public Instant? Since { get; init; }
    public Actor? By { get; init; }
    public string? Campaign { get; init; }

    /// <summary>For the next page: the number of the last entry shown.</summary>
    public long? Before { get; init; }
}
