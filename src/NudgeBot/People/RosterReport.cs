using NodaTime;
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

/// <summary>Whom a complete roster does not name.</summary>
/// <param name="People">By e-mail.</param>
/// <param name="MarkedAsLeft">They have left now, each on the present date of their zone.</param>
/// <param name="NotMarkedBecause">Why they are not to be marked; null: nothing is against it.</param>
public sealed record Absentees(IReadOnlyList<Absentee> People, bool MarkedAsLeft, string? NotMarkedBecause)
{
    public IEnumerable<string> Emails => People.Select(person => person.Email);
}

/// <summary>Somebody who has not left, and perhaps has.</summary>
/// <param name="Today">Where they are.</param>
public sealed record Absentee(long Id, string Email, LocalDate Today);
