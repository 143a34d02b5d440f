using NodaTime;
using NudgeBot.Files;

namespace NudgeBot.Usage;

/// <summary>
/// What an import of use did. Every row was new (its date is now known), already known, without use, of another tool, unmapped or refused.
/// </summary>
public sealed record UsageReport
{
    /// <summary>Of how many problems and identities the details are kept.</summary>
    public const int Kept = 100;

    public required long Rows { get; init; }
    public required long DaysAdded { get; init; }
    public required long AlreadyKnown { get; init; }
    public required long Inactive { get; init; }
    public required long OtherTool { get; init; }

    public required long Refused { get; init; }
    /// <summary>Of the first refused rows.</summary>
    public required IReadOnlyList<RowProblem> Problems { get; init; }

    public required long UnmappedRows { get; init; }
    public required int UnmappedIdentities { get; init; }
    /// <summary>Those with the most rows.</summary>
    public required IReadOnlyList<UnmappedIdentity> Unmapped { get; init; }

    /// <summary>The last date of which the feed has told everything; null while it has told nothing, and for seats.</summary>
    public LocalDate? CompleteTo { get; init; }

    /// <summary>For files of seats only.</summary>
    public SeatCounts? Seats { get; init; }

    /// <summary>What the file should have looked like, where not one row of it could be read.</summary>
    public string? Expected { get; init; }
}

/// <summary>An e-mail or login that no person has.</summary>
public sealed record UnmappedIdentity(string Identity, long Rows);

/// <param name="Logins">Distinct: somebody may have a seat from several teams.</param>
/// <param name="LicencesDated">The people whose licence had no date yet, and got that of their seat.</param>
public sealed record SeatCounts(int Logins, int LicencesDated);
