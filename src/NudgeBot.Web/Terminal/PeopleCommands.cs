using NudgeBot.Commands;
using NudgeBot.People;

namespace NudgeBot.Web.Terminal;

static class PeopleCommands
{
    public static async Task<int> ImportAsync(Installation installation, PeopleRequest.Import request, CancellationToken stop)
    {
        var report = await ProgressBar.ShowAsync(progress => installation.Product.RosterImport.RunAsync(
            installation.OrganizationId, request.File, new RosterOptions(request.Complete, request.Confirm), progress, stop));
        foreach (var warning in report.Warnings) Console.WriteLine($"Note: {warning}");
        foreach (var problem in report.Problems) Console.WriteLine($"{request.File}, {problem}");
        Console.WriteLine($"{report.Added} added, {report.Changed} changed, {report.Unchanged} unchanged, {report.Refused} refused.");
        if (report.Moved.Count > 0) Console.WriteLine($"{report.Moved.Count} moved to another zone or country; their next messages are planned anew.");
        if (report.Absentees is { } absentees) Print(absentees);
        return report.Refused > 0 ? 1 : 0;
    }

    public static async Task<int> CheckAsync(Installation installation, CancellationToken stop)
    {
        foreach (var line in PreflightText.CsvLines(await installation.Product.Preflight.CheckAsync(installation.OrganizationId, stop))) Console.WriteLine(line);
        return 0;
    }

    static void Print(Absentees absentees)
    {
        if (absentees.Emails.Count == 0)
        {
            Console.WriteLine("Everybody known is in the file.");
            return;
        }
        Console.WriteLine(absentees.MarkedAsLeft
            ? $"{absentees.Emails.Count} are not in the file and have left, as of today:"
            : $"{absentees.Emails.Count} are not in the file. {absentees.NotMarkedBecause ?? "Repeat with --confirm to mark them as having left:"}");
        foreach (var email in absentees.Emails) Console.WriteLine($"  {email}");
    }
}
