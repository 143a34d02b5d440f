using NodaTime;

namespace NudgeBot.Governance;

/// <summary>An entry as it can be read. People are e-mail addresses, as they were when the log first named them.</summary>
public sealed record AuditRecord
{
    public required long Number { get; init; }
    public required Instant At { get; init; }

    /// <summary><c>operator</c>, <c>system</c> or an address; null: a deleted person's.</summary>
    public required string? By { get; init; }

    public required string Place { get; init; }
    public required string Action { get; init; }
    public required bool Refused { get; init; }
    public required string? Campaign { get; init; }

    public required bool IsAboutSomebody { get; init; }
    /// <summary>Null where they were deleted, too.</summary>
    public required string? Subject { get; init; }

    public required IReadOnlyList<AuditValue> Before { get; init; }
    public required IReadOnlyList<AuditValue> After { get; init; }

    public required bool HasWhy { get; init; }
    /// <summary>Null where the person who said it was deleted, too.</summary>
    public required string? Why { get; init; }

    /// <summary>Hexadecimal.</summary>
    public required string Hash { get; init; }
}
