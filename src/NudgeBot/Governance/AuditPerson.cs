using System.Security.Cryptography;
using Dapper;
using Npgsql;
using NudgeBot.Database;

namespace NudgeBot.Governance;

/// <summary>
/// Somebody as the audit log knows them: a random pseudonym in the entries, and beside them who that is and the key to what is theirs. When they are
/// deleted, the pseudonym alone is left.
/// </summary>
sealed record AuditPerson
{
    const int KeyLength = 32;

    public int OrganizationId { get; init; }
    public Guid Pseudonym { get; init; }
    public long? PersonId { get; init; }
    public byte[]? Key { get; init; }
    /// <summary>Sealed; as it was when they were first named.</summary>
    public byte[]? Email { get; init; }

    public bool IsForgotten => Key is null;

    /// <summary>Those that the log has not named yet get a pseudonym; they come back as <c>New</c> as well.</summary>
    /// <exception cref="ArgumentException">The organization has no such person.</exception>
    public static async Task<(IReadOnlyDictionary<long, AuditPerson> ById, IReadOnlyList<AuditPerson> New)> EnsureAsync(
        NpgsqlConnection connection, int organizationId, IReadOnlyCollection<long> personIds, CancellationToken cancellation)
    {
        if (personIds.Count == 0) return (new Dictionary<long, AuditPerson>(), []);
        var ids = personIds.Distinct().ToArray();
        var byId = (await connection.QueryAsync<AuditPerson>(new CommandDefinition("""
            select organization_id, pseudonym, person_id, key, email from audit_persons where organization_id = @organizationId and person_id = any(@ids)
            """, new { organizationId, ids }, cancellationToken: cancellation))).ToDictionary(person => person.PersonId!.Value);
        if (byId.Count == ids.Length) return (byId, []);

        var addresses = (await connection.QueryAsync<(long Id, string Email)>(new CommandDefinition(
            "select id, email from persons where organization_id = @organizationId and id = any(@ids)",
            new { organizationId, ids }, cancellationToken: cancellation))).ToDictionary(person => person.Id, person => person.Email);
        var fresh = new List<AuditPerson>();
        foreach (var id in ids.Where(id => !byId.ContainsKey(id)))
        {
            if (!addresses.TryGetValue(id, out var email)) throw new ArgumentException($"Organization {organizationId} has no person {id} to write of in its audit log.", nameof(personIds));
            fresh.Add(byId[id] = Create(organizationId, id, email));
        }
        await connection.ExecuteAsync(new CommandDefinition("""
            insert into audit_persons (organization_id, pseudonym, person_id, key, email) values (@OrganizationId, @Pseudonym, @PersonId, @Key, @Email)
            """, fresh, cancellationToken: cancellation));
        return (byId, fresh);
    }

    public static async Task<IReadOnlyDictionary<Guid, AuditPerson>> AllAsync(NpgsqlConnection connection, int organizationId, CancellationToken cancellation) =>
        (await connection.QueryAsync<AuditPerson>(new CommandDefinition(
            "select organization_id, pseudonym, person_id, key, email from audit_persons where organization_id = @organizationId",
            new { organizationId }, cancellationToken: cancellation))).ToDictionary(person => person.Pseudonym);

    /// <summary>For what is written of them, other than the e-mail.</summary>
    public byte[] Seal(string words) => new SecretBox(Key!).Seal(words, Context("words"));

    /// <returns>Null: they were deleted, and nobody can read it any more.</returns>
    /// <exception cref="CryptographicException">It, or the key, was changed.</exception>
    public string? Open(byte[] words) => Key is null ? null : new SecretBox(Key).Open(words, Context("words"));

    /// <inheritdoc cref="Open"/>
    public string? OpenEmail() => Key is null ? null : new SecretBox(Key).Open(Email ?? [], Context($"e-mail of {PersonId}"));

    public string EmailDigest() => Convert.ToHexStringLower(SHA256.HashData(Email ?? []));

    static AuditPerson Create(int organizationId, long personId, string email)
    {
        var person = new AuditPerson
        {
            OrganizationId = organizationId,
            Pseudonym = Guid.NewGuid(),
            PersonId = personId,
            Key = RandomNumberGenerator.GetBytes(KeyLength),
        };
        return person with { Email = new SecretBox(person.Key).Seal(email, person.Context($"e-mail of {personId}")) };
    }

    /// <summary>What is sealed for one opens for no other.</summary>
    string Context(string what) => $"audit {OrganizationId} {Pseudonym} {what}";
}
