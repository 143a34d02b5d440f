using NodaTime;
using NudgeBot.Files;

namespace NudgeBot.Usage;

/// <summary>Counts while an import runs.</summary>
sealed class UsageTally
{
    readonly List<RowProblem> problems = [];
    readonly Dictionary<string, long> unmapped = [];

    public long Rows { get; set; }
    public long DaysAdded { get; set; }
    public long AlreadyKnown { get; set; }
    public long Inactive { get; set; }
    public long OtherTool { get; set; }
    public LocalDate? LastDay { get; private set; }

    long refused;

    public void Refuse(RowProblem problem)
    {
        refused++;
        if (problems.Count < UsageReport.Kept) problems.Add(problem);
    }

    public void Unmapped(string identity, long rows) => unmapped[identity] = unmapped.GetValueOrDefault(identity) + rows;

    public void Reached(LocalDate day)
    {
        if (!(day <= LastDay)) LastDay = day;
    }

    public UsageReport Report(UsageFormat format, LocalDate? completeTo = null, SeatCounts? seats = null) => new()
    {
        Rows = Rows,
        DaysAdded = DaysAdded,
        AlreadyKnown = AlreadyKnown,
        Inactive = Inactive,
        OtherTool = OtherTool,
        Refused = refused,
        Problems = problems,
        UnmappedRows = unmapped.Values.Sum(),
        UnmappedIdentities = unmapped.Count,
        Unmapped = [.. unmapped.OrderByDescending(u => u.Value).ThenBy(u => u.Key).Take(UsageReport.Kept).Select(u => new UnmappedIdentity(u.Key, u.Value))],
        CompleteTo = completeTo,
        Seats = seats,
        Expected = Rows == refused && (refused > 0 || LastDay is null) ? UsageFile.Expected(format) : null,
    };
}
