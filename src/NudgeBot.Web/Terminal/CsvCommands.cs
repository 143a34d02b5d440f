using NudgeBot.Commands;

namespace NudgeBot.Web.Terminal;

/// <summary>What the terminal prints as CSV.</summary>
static class CsvCommands
{
    public static async Task<int> RetentionAsync(Installation installation, ReportRequest.Retention request, CancellationToken stop)
    {
        foreach (var line in await installation.Product.Reports.RetentionCsvAsync(installation.Operator, request, stop)) Console.WriteLine(line);
        return 0;
    }

    public static async Task<int> AuditAsync(Installation installation, ReportRequest.Audit request, CancellationToken stop)
    {
        await foreach (var line in installation.Product.Reports.AuditCsvAsync(installation.Operator, request, stop)) Console.WriteLine(line);
        return 0;
    }
}
