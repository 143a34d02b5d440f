using NodaTime;
using NudgeBot.Files;

namespace NudgeBot.Usage;

/// <summary>Lets the rows through that say use of one tool, and counts the others.</summary>
sealed class UsageSieve(string tool, Instant now, UsageTally tally)
{
    /// <summary>Tomorrow, where the day begins first: no feed can know more.</summary>
    readonly LocalDate lastDay = now.WithOffset(Offset.FromHours(14)).Date.PlusDays(1);

    /// <exception cref="FutureDateException">Nothing was changed.</exception>
    public void ReachedByOrder(LocalDate day)
    {
        if (day > lastDay) throw new FutureDateException(day);
        tally.Reached(day);
    }

    public async IAsyncEnumerable<UsageRow> Pass(IAsyncEnumerable<UsageLine> lines)
    {
        await foreach (var line in lines)
        {
            switch (line)
            {
                case UsageLine.Used used:
                    tally.Rows++;
                    if (IsOfTool(used.Tool) && IsPossible(used.Line, used.Row.Day) && HasIdentity(used)) yield return used.Row;
                    break;
                case UsageLine.NotUsed notUsed:
                    tally.Rows++;
                    if (IsOfTool(notUsed.Tool) && IsPossible(notUsed.Line, notUsed.Day)) tally.Inactive++;
                    break;
                case UsageLine.Refused refused:
                    tally.Rows++;
                    tally.Refuse(refused.Problem);
                    break;
                case UsageLine.CompleteTo completeTo:
                    if (completeTo.Day <= lastDay) tally.Reached(completeTo.Day);
                    break;
                default:
                    throw new InvalidOperationException($"{line.GetType().Name} is not handled.");
            }
        }
    }

    bool IsOfTool(string? rowTool)
    {
        if (rowTool is null || rowTool.Equals(tool, StringComparison.OrdinalIgnoreCase)) return true;
        tally.OtherTool++;
        return false;
    }

    bool IsPossible(long line, LocalDate day)
    {
        if (day <= lastDay)
        {
            tally.Reached(day);
            return true;
        }
        tally.Refuse(new RowProblem(line, "day", $"{day:uuuu-MM-dd} lies in the future.", "Check the date."));
        return false;
    }

    /// <summary>PostgreSQL keeps no zero byte, which JSON can write.</summary>
    bool HasIdentity(UsageLine.Used used)
    {
        if (!string.IsNullOrWhiteSpace(used.Row.Identity) && !used.Row.Identity.Any(char.IsControl)) return true;
        tally.Refuse(new RowProblem(used.Line, "", "The e-mail or login is empty or holds a control character.", "Check the file."));
        return false;
    }
}

public sealed class FutureDateException(LocalDate day) : Exception($"{day:uuuu-MM-dd} lies in the future: nothing is complete to that date yet. Give the last date that the file covers.");
