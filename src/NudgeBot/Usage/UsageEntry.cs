using System.Globalization;
using NodaTime;
using NudgeBot.Governance;

namespace NudgeBot.Usage;

/// <summary>What the audit log keeps of an import of use: how many, and nobody's name.</summary>
static class UsageEntry
{
    /// <param name="completeBefore">To which date the feed was complete.</param>
    /// <param name="cutShort">It came to no end; what it has learned until then stays.</param>
    public static AuditEntry Of(Asker asker, string tool, UsageFormat format, UsageReport report, LocalDate? completeBefore = null, bool cutShort = false)
    {
        const string CompleteTo = "complete to";
        return asker.Does(AuditActions.UsageImport) with
        {
            Before = completeBefore is { } date ? new() { [CompleteTo] = Date(date) } : null,
            After = new()
            {
                ["tool"] = tool,
                ["format"] = Words.Of(format),
                ["rows"] = Number(report.Rows),
                ["days added"] = report.Seats is null ? Number(report.DaysAdded) : null,
                ["seats"] = report.Seats is { } seats ? Number(seats.Logins) : null,
                ["licences dated"] = report.Seats is { } dated ? Number(dated.LicencesDated) : null,
                ["refused"] = Number(report.Refused),
                ["unmapped"] = Number(report.UnmappedRows),
                [CompleteTo] = report.CompleteTo is { } complete ? Date(complete) : null,
                ["cut short"] = cutShort ? "yes" : null,
            },
        };
    }

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    static string Date(LocalDate date) => $"{date:uuuu-MM-dd}";
}
