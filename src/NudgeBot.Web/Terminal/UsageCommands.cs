using NudgeBot.Commands;
using NudgeBot.Usage;

namespace NudgeBot.Web.Terminal;

static class UsageCommands
{
    public static async Task<int> ImportAsync(Installation installation, OperatorRequest.ImportUsage request, CancellationToken stop)
    {
        var tools = await ToolNames.AllAsync(installation.Product.Database, installation.OrganizationId, stop);
        var tool = request.Tool?.ToLowerInvariant() ?? (tools is [var only] ? only : null)
            ?? throw new OperatorException(tools.Count == 0
                ? "Name the tool with --tool, e.g. --tool copilot: there is no campaign yet that would tell."
                : $"Name the tool with --tool; the campaigns are for {string.Join(", ", tools)}.");
        if (tools.Count > 0 && !tools.Contains(tool))
            Console.WriteLine($"Note: no campaign is for '{tool}'; they are for {string.Join(", ", tools)}.{(Nearest.To(tool, tools) is { } near ? $" Did you mean {near}?" : "")}");
        var report = await ProgressBar.ShowAsync(progress => installation.Product.UsageImport.RunAsync(
            installation.Operator, tool, request.Format, request.File, request.CompleteTo, progress, stop));

        foreach (var problem in report.Problems) Console.WriteLine($"{request.File}, {problem}");
        if (report.Expected is { } expected) Console.WriteLine(expected);
        Console.WriteLine(report.Seats is { } seats
            ? $"{seats.Logins} seats; {seats.LicencesDated} people got their licence's date from them."
            : $"{report.Rows} rows: {report.DaysAdded} days of use added, {report.AlreadyKnown} known already, {report.Inactive} without use, "
                + $"{report.OtherTool} of other tools, {report.UnmappedRows} unmapped, {report.Refused} refused.");
        if (report.UnmappedIdentities > 0)
        {
            Console.WriteLine($"{report.UnmappedIdentities} identities are nobody's on the roster (add their login or e-mail, then import again):");
            foreach (var unmapped in report.Unmapped) Console.WriteLine($"  {unmapped.Identity}  {unmapped.Rows} rows");
        }
        if (report.UnmappedRows > 0 && report.DaysAdded + report.AlreadyKnown == 0)
            Console.WriteLine("WARNING: not one row belongs to somebody on the roster, yet the feed counts as complete: everybody looks as if they did not use the tool.");
        if (report.CompleteTo is { } date) Console.WriteLine($"The feed is complete to {date:uuuu-MM-dd}.");
        return report.Refused > 0 || report.Expected is not null ? 1 : 0;
    }

    public static async Task<int> ListFeedsAsync(Installation installation, CancellationToken stop)
    {
        var feeds = await UsageFeed.ListAsync(installation.Product.Database, installation.OrganizationId, stop);
        if (feeds.Count == 0) Console.WriteLine("There is no usage feed yet. 'usage import FILE --format ...' brings one in.");
        foreach (var feed in feeds)
            Console.WriteLine($"{feed.Tool}, {feed.Format}: complete to {feed.CompleteTo:uuuu-MM-dd}, last imported {feed.ImportedAt:uuuu-MM-dd'T'HH:mm'Z'}");
        return 0;
    }
}
