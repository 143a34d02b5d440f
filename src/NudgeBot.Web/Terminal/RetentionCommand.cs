using NudgeBot.Commands;

namespace NudgeBot.Web.Terminal;

static class RetentionCommand
{
    public static async Task<int> RunAsync(Installation installation, ReportRequest.Retention request, CancellationToken stop)
    {
        foreach (var line in await installation.Product.Reports.RetentionCsvAsync(installation.Operator, request, stop)) Console.WriteLine(line);
        return 0;
    }
}
