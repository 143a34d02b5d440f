using NudgeBot.Commands;
using NudgeBot.People;

namespace NudgeBot.Web.Terminal;

static class PeopleCommands
{
    public static async Task<int> ImportAsync(Installation installation, PeopleRequest.Import request, CancellationToken stop)
    {
        var report = await ProgressBar.ShowAsync(progress => installation.Product.RosterImport.RunAsync(
            installation.Operator, request.File, new RosterOptions(request.Complete, request.Confirm), progress, stop));
        foreach (var warning in report.Warnings) Console.WriteLine($"Note: {warning}");
        foreach (var problem in report.Problems) Console.WriteLine($"{request.File}, {problem}");
        Console.WriteLine(RosterText.Counts(report));
        if (report.Absentees is { } absentees)
        {
            Console.WriteLine(RosterText.Of(absentees, "Repeat with --confirm to mark them as having left:"));
            foreach (var email in absentees.Emails) Console.WriteLine($"  {email}");
        }
        return report.Refused > 0 ? 1 : 0;
    }

    public static async Task<int> CheckAsync(Installation installation, CancellationToken stop)
    {
        foreach (var line in PreflightText.CsvLines(await installation.Product.Preflight.CheckAsync(installation.OrganizationId, stop))) Console.WriteLine(line);
        return 0;
    }
}
