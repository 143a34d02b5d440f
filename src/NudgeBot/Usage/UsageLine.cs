using NodaTime;
using NudgeBot.Files;

namespace NudgeBot.Usage;

/// <summary>What a reader finds in a file of use.</summary>
public abstract record UsageLine
{
    UsageLine() { }

    public sealed record Used(long Line, UsageRow Row, string? Tool = null) : UsageLine;

    /// <summary>A row that says that somebody did not use the tool: it makes the feed complete to its day, and nothing else.</summary>
    public sealed record NotUsed(long Line, LocalDate Day, string? Tool = null) : UsageLine;

    public sealed record Refused(RowProblem Problem) : UsageLine;

    /// <summary>The file says that it reports up to this day, whether or not somebody was active on it.</summary>
    public sealed record CompleteTo(LocalDate Day) : UsageLine;
}
