using NudgeBot.Commands;
using NudgeBot.Nudging;
using NudgeBot.People;

namespace NudgeBot.Web.Terminal;

static class PeopleCommands
{
    public static async Task<int> ImportAsync(Installation installation, CommandRequest.ImportPeople request, CancellationToken stop)
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

    public static async Task<int> ShowAsync(Installation installation, string email, CancellationToken stop)
    {
        var (product, organizationId) = (installation.Product, installation.OrganizationId);
        var person = await PersonCard.FindAsync(product.Database, organizationId, email, stop)
            ?? throw new OperatorException($"There is nobody with the e-mail {email}.");
        foreach (var (label, value) in person.Lines()) Console.WriteLine($"{label,-16}{value}");
        foreach (var outlook in await product.Outlooks.OfAsync(organizationId, person.Id, stop))
        {
            Console.WriteLine();
            foreach (var line in OutlookText.Lines(outlook)) Console.WriteLine(line);
        }
        return 0;
    }

    public static async Task<int> CheckAsync(Installation installation, bool csv, CancellationToken stop)
    {
        var report = await installation.Product.Preflight.CheckAsync(installation.OrganizationId, stop);
        foreach (var line in csv ? PreflightText.CsvLines(report) : PreflightText.Lines(report)) Console.WriteLine(line);
        if (!csv && !await Organizations.HasWorkspaceAsync(installation.Product.Database, installation.OrganizationId, stop))
            Console.WriteLine("Note: no chat platform is connected yet, so nobody has an account.");
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
