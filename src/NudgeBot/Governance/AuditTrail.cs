using System.Text;
using Dapper;
using NodaTime;
using Npgsql;

namespace NudgeBot.Governance;

/// <summary>
/// Writes the audit log, in the transaction that is open on the connection: a change and its entry commit together, or neither does.
/// </summary>
/// <remarks>
/// From an entry to the commit nobody else writes to the log of the organization: that is why its numbers have no gap. Write it after the change, so
/// that two who change the same rows wait for each other in one order.
/// </remarks>
public sealed class AuditTrail(NpgsqlConnection connection, ProductClock clock)
{
    /// <exception cref="ArgumentException">A person of it is not one of the organization.</exception>
    /// <exception cref="PostgresException">No transaction is open.</exception>
    public async Task WriteAsync(int organizationId, AuditEntry entry, CancellationToken cancellation = default)
    {
        var (number, hash) = await TakeHeadAsync(organizationId, cancellation);
        var addresses = await AuditAddresses.FindAsync(connection, organizationId, [entry.Before, entry.After], cancellation);
        var (before, after) = (entry.Before?.Replacing(addresses.Replace), entry.After?.Replacing(addresses.Replace));
        var (persons, named) = await AuditPerson.EnsureAsync(connection, organizationId, [.. PersonsIn(entry, before, after)], cancellation);
        var row = new AuditRow
        {
            OrganizationId = organizationId,
            Number = number + 1,
            At = Microseconds(clock.Now),
            Actor = entry.By.Match(person => persons[person.PersonId].Pseudonym.ToString(), _ => AuditRow.Operator, _ => AuditRow.System),
            Place = entry.Place,
            Action = entry.Action,
            Refused = entry.Refused,
            Campaign = entry.Campaign,
            Subject = entry.SubjectId is { } subject ? persons[subject].Pseudonym : null,
            Before = AuditJson.Write(before, persons),
            After = AuditJson.Write(after, persons),
            Why = entry.Why is { } why ? entry.By.Match(person => persons[person.PersonId].Seal(why), _ => Plain(why), _ => Plain(why)) : null,
            Named = AuditJson.WriteNamed(named),
        };
        await connection.ExecuteAsync(new CommandDefinition("""
            update audit_heads set number = @Number, hash = @Hash where organization_id = @OrganizationId;
            insert into audit_entries (organization_id, number, at, actor, place, action, refused, campaign, subject, before, after, why, named, hash)
            values (@OrganizationId, @Number, @At, @Actor, @Place, @Action, @Refused, @Campaign, @Subject, @Before, @After, @Why, @Named, @Hash)
            """, row with { Hash = row.HashAfter(hash) }, cancellationToken: cancellation));
    }

    /// <summary>
    /// Destroys the key to what the log has of a person. Its entries stay, and the chain holds; nobody can tell any more whom they name. That it was
    /// done is an entry too. Comes before the person is deleted, which the database refuses otherwise.
    /// </summary>
    /// <returns>Whether the log named them at all.</returns>
    /// <exception cref="PostgresException">No transaction is open.</exception>
    public async Task<bool> ForgetAsync(int organizationId, long personId, CancellationToken cancellation = default)
    {
        await TakeHeadAsync(organizationId, cancellation);
        var isNamed = await connection.QuerySingleAsync<bool>(new CommandDefinition(
            "select exists (select from audit_persons where organization_id = @organizationId and person_id = @personId)",
            new { organizationId, personId }, cancellationToken: cancellation));
        if (!isNamed) return false;
        await WriteAsync(organizationId, new AuditEntry(new Actor.System(), AuditRow.System, AuditActions.PersonForget) { SubjectId = personId }, cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            "update audit_persons set person_id = null, key = null, email = null where organization_id = @organizationId and person_id = @personId",
            new { organizationId, personId }, cancellationToken: cancellation));
        return true;
    }

    /// <summary>The first statement is there for what it refuses: outside a transaction the lock on the head would be gone before the entry is written.</summary>
    async Task<(long Number, byte[] Hash)> TakeHeadAsync(int organizationId, CancellationToken cancellation) =>
        await connection.QuerySingleAsync<(long, byte[])>(new CommandDefinition("""
            lock table audit_heads in row share mode;
            insert into audit_heads (organization_id, number, hash) values (@organizationId, 0, @Genesis) on conflict (organization_id) do nothing;
            select number, hash from audit_heads where organization_id = @organizationId for no key update
            """, new { organizationId, AuditRow.Genesis }, cancellationToken: cancellation));

    static IEnumerable<long> PersonsIn(AuditEntry entry, params AuditValues?[] values)
    {
        long?[] named = [entry.By.Match(person => person.PersonId, _ => (long?)null, _ => null), entry.SubjectId];
        return
        [
            .. named.OfType<long>(),
            .. from value in values.OfType<AuditValues>()
               from part in value.All.SelectMany(one => one.Value)
               let personId = part.Match(_ => (long?)null, person => person.PersonId, hidden => hidden.PersonId)
               where personId is not null
               select personId.Value,
        ];
    }

    static byte[] Plain(string why) => Encoding.UTF8.GetBytes(AuditAddresses.Mask(why));

    static Instant Microseconds(Instant now) => Instant.FromUnixTimeTicks(now.ToUnixTimeTicks() / 10 * 10);
}
