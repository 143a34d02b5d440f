using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace NudgeBot.Governance;

/// <summary>An entry as it is stored. docs/security.md tells everybody how its hash is computed: a change of that is a new <see cref="Format"/>.</summary>
sealed record AuditRow
{
    public const string Format = "nudgebot-audit-1";
    public const string Operator = "operator";
    public const string System = "system";

    /// <summary>What the first entry follows.</summary>
    public static readonly byte[] Genesis = new byte[SHA256.HashSizeInBytes];

    static readonly InstantPattern Time = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.ffffff'Z'");

    public int OrganizationId { get; init; }
    public long Number { get; init; }
    /// <summary>In whole microseconds, as the database keeps it.</summary>
    public Instant At { get; init; }
    /// <summary><see cref="Operator"/>, <see cref="System"/> or a pseudonym.</summary>
    public string Actor { get; init; } = "";
    public string Place { get; init; } = "";
    public string Action { get; init; } = "";
    public bool Refused { get; init; }
    public string? Campaign { get; init; }
    public Guid? Subject { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }
    public byte[]? Why { get; init; }
    public string? Named { get; init; }
    public byte[] Hash { get; init; } = [];

    public byte[] HashAfter(byte[] previous)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        hash.AppendData(previous);
        foreach (var field in Fields())
        {
            BinaryPrimitives.WriteInt32BigEndian(length, field?.Length ?? -1);
            hash.AppendData(length);
            hash.AppendData(field ?? []);
        }
        return hash.GetHashAndReset();
    }

    /// <summary>Each with its length before it, so that nothing can move from one to the next; null is not the same as empty.</summary>
    byte[]?[] Fields() =>
    [
        Utf8(Format), Utf8(OrganizationId.ToString(CultureInfo.InvariantCulture)), Utf8(Number.ToString(CultureInfo.InvariantCulture)), Utf8(Time.Format(At)),
        Utf8(Actor), Utf8(Place), Utf8(Action), Utf8(Refused ? "yes" : "no"), Utf8(Campaign), Utf8(Subject?.ToString()), Utf8(Before), Utf8(After), Why, Utf8(Named),
    ];

    static byte[]? Utf8(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);
}
