using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NudgeBot.Governance;

/// <summary>The last entry of an audit log and its hash, written <c>12:9f86d0...</c>: noted elsewhere, it proves what came before.</summary>
public sealed record AuditHead(long Number, string Hash)
{
    public static bool TryParse(string written, [NotNullWhen(true)] out AuditHead? head)
    {
        head = written.Trim().Split(':') is [var number, { Length: 64 } hash] && hash.All(char.IsAsciiHexDigit)
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
                ? new AuditHead(parsed, hash.ToLowerInvariant())
                : null;
        return head is not null;
    }

    public override string ToString() => $"{Number.ToString(CultureInfo.InvariantCulture)}:{Hash}";
}
