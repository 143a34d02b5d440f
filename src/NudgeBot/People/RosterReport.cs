using NudgeBot.Files;

namespace NudgeBot.People;

/// <summary>What an import of a roster did. Every row was added, changed, unchanged or refused.</summary>
public sealed record RosterReport
{
    public required int Added { get; init; }
    public required int Changed { get; init; }
    public required int Unchanged { get; init; }
    public required int Refused { get; init; }

    /// <summary>In the order of the file; a refused row may have several.</summary>
    public required IReadOnlyList<RowProblem> Problems { get; init; }
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The people whose time zone or country changed: what was planned for them is planned anew.</summary>
    public required IReadOnlyList<long> Moved { get; init; }

    /// <summary>Null unless the file was said to be complete.</summary>
    public Absentees? Absentees { get; init; }
}

/// <summary>People who have not left, and whom a complete roster does not name; their e-mails in alphabetical order.</summary>
/// <param name="MarkedAsLeft">They have left now, each on the present date of their zone.</param>
/// <param name="NotMarkedBecause">Why they were not marked although that was confirmed.</param>
public sealed record Absentees(IReadOnlyList<string> Emails, bool MarkedAsLeft, string? NotMarkedBecause);
