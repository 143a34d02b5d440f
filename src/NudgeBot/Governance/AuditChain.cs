using System.Security.Cryptography;
using System.Text.Json;

namespace NudgeBot.Governance;

/// <summary>Checks entry after entry, and at the end what can be known only then.</summary>
sealed class AuditChain(IReadOnlyDictionary<Guid, AuditPerson> persons, AuditHead? noted)
{
    readonly Dictionary<Guid, long> namedBy = [];
    readonly HashSet<Guid> forgotten = [];
    byte[] hash = AuditRow.Genesis;
    long number;

    AuditHead Head => new(number, Convert.ToHexStringLower(hash));

    /// <returns>Null: it is as it was written.</returns>
    public AuditBreak? Add(AuditRow row)
    {
        if (row.Number <= number) return new AuditBreak(row.Number, AuditFault.Inserted);
        if (row.Number > number + 1) return new AuditBreak(number + 1, AuditFault.Missing);
        if (!row.HashAfter(hash).AsSpan().SequenceEqual(row.Hash)) return new AuditBreak(row.Number, AuditFault.Changed);
        if (noted?.Number == row.Number && noted.Hash != Convert.ToHexStringLower(row.Hash)) return new AuditBreak(row.Number, AuditFault.Noted);
        if (PersonalFault(row) is { } fault) return new AuditBreak(row.Number, fault);
        if (row is { Action: AuditActions.PersonForget, Subject: { } subject }) forgotten.Add(subject);
        (number, hash) = (row.Number, row.Hash);
        return null;
    }

    public AuditBreak? End((long Number, byte[] Hash)? head)
    {
        if (head?.Number > number) return new AuditBreak(number + 1, AuditFault.Missing);
        if (number > 0 && !(head?.Number == number && head.Value.Hash.AsSpan().SequenceEqual(hash))) return new AuditBreak(number, AuditFault.Head);
        if (noted?.Number > number) return new AuditBreak(number + 1, AuditFault.Missing);
        if (noted is { Number: 0 } && noted.Hash != Convert.ToHexStringLower(AuditRow.Genesis)) return new AuditBreak(0, AuditFault.Noted);
        return persons.Values.Select(Unexplained).OfType<AuditBreak>().MinBy(broken => broken.Number);
    }

    public AuditVerdict Verdict(AuditBreak? broken) => new(number, broken is null ? Head : null, broken);

    AuditFault? PersonalFault(AuditRow row)
    {
        try
        {
            foreach (var (pseudonym, digest) in AuditJson.ReadNamed(row.Named))
            {
                namedBy[pseudonym] = row.Number;
                if (!persons.TryGetValue(pseudonym, out var person)) return AuditFault.PersonMissing;
                if (!person.IsForgotten && !IsWhole(person, digest)) return AuditFault.PersonChanged;
            }
            if (row.Why is { } why && Guid.TryParse(row.Actor, out var actor)) Open(actor, why);
            foreach (var values in new[] { row.Before, row.After }) AuditJson.Read(values, _ => "", Open);
            return null;
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return AuditFault.Sealed;
        }
    }

    static bool IsWhole(AuditPerson person, string digest)
    {
        try
        {
            return person.EmailDigest() == digest && person.OpenEmail() is not null;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    string? Open(Guid pseudonym, byte[] words) =>
        persons.TryGetValue(pseudonym, out var person) ? person.Open(words) : throw new CryptographicException("Sealed for somebody whom the log does not know.");

    AuditBreak? Unexplained(AuditPerson person) => (namedBy.TryGetValue(person.Pseudonym, out var entry), person.IsForgotten, forgotten.Contains(person.Pseudonym)) switch
    {
        (false, _, _) => new AuditBreak(0, AuditFault.PersonInserted),
        (_, true, false) => new AuditBreak(entry, AuditFault.PersonErased),
        (_, false, true) => new AuditBreak(entry, AuditFault.PersonKept),
        _ => null,
    };
}
