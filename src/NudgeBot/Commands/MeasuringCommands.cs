using NudgeBot.Retention;
using NudgeBot.Usage;
namespace NudgeBot.Commands;

/// <summary>Usage in, retention out.</summary>
static class MeasuringCommands
{
    /// <param name="canBeCsv">In the terminal the table can be had as CSV.</param>
    public static Verb Retention(bool canBeCsv)
    {
        var campaign = Values.CampaignOption();
        var by = Values.ChoiceOption<Grouping>("--by", "what to break it down by");
        var csv = Values.Flag("--csv", "as CSV");
        return new Verb("retention", Needs.Admin,
            line => new ReportRequest.Retention(line.GetRequiredValue(campaign), line.GetValue(by), canBeCsv && line.GetValue(csv)),
            canBeCsv ? [campaign, by, csv] : [campaign, by])
        {
            Description = "How many people are still using the tool, week by week.",
            Examples = ["retention --campaign first-60-days", "retention --campaign first-60-days --by team"],
            Also = ["report", "stats", "figures", "adoption"],
            Form = new VerbForm("Who still uses the tool", "Show") { Hidden = [csv] },
        };
    }

    /// <inheritdoc cref="Retention"/>
    public static Verb Audit(bool canBeCsv)
    {
        var since = Values.Option("--since", "AGO", "how far back, such as `24h`, `7d` or `2w`", Values.Ago);
        var by = Values.PersonOption("--by", "who did it: an e-mail, `operator` or `system`");
        var campaign = Values.KnownOption("--campaign", "KEY", "the campaign's key", Values.CampaignKeys);
        var before = Values.Option("--before", "N", "entries with a smaller number: the next page", Values.Whole(1, int.MaxValue));
        var csv = Values.Flag("--csv", "as CSV");
        System.CommandLine.Option[] options = canBeCsv ? [since, by, campaign, before, csv] : [since, by, campaign, before];
        return new Verb("audit", Needs.Admin, line => new ReportRequest.Audit(
            line.GetValue(since), line.GetValue(by), line.GetValue(campaign), line.GetValue(before), canBeCsv && line.GetValue(csv)), [VerifyAudit(), .. options])
        {
            Description = "Who changed what, the newest first.",
            Examples = ["audit", "audit --since 7d --by anna@example.com", "audit --campaign first-60-days"],
            Also = ["log", "history", "changes"],
        };
    }

    static Verb VerifyAudit()
    {
        var noted = new System.CommandLine.Option<string>("--noted") { HelpName = "HEAD", Description = "what an earlier verification told, kept elsewhere" };
        return new Verb("verify", Needs.Admin, line => new ReportRequest.VerifyAudit(line.GetValue(noted)), noted)
        {
            Description = "Whether the log is as it was written.",
            Examples = ["audit verify"],
            Also = ["check"],
        };
    }

    public static Verb ImportUsage()
    {
        var file = Values.Text("FILE", "the file to read");
        var format = Values.ChoiceOption<UsageFormat>("--format", "what kind of file it is", required: true);
        var tool = Values.Option("--tool", "TOOL", "the tool's key, where the file does not tell it");
        var completeTo = Values.Option("--complete-to", "DATE", "the last date of which the file knows everything", Values.Date);
        return new Verb("import", Needs.Operator,
            line => new OperatorRequest.ImportUsage(
                line.GetRequiredValue(file), line.GetRequiredValue(format)!.Value, line.GetValue(tool), line.GetValue(completeTo)),
            file, format, tool, completeTo)
        {
            Description = "Read a usage file; reading it twice changes nothing.",
            Examples =
            [
                "usage import usage.ndjson --format github-copilot",
                "usage import usage.csv --format csv --tool copilot --complete-to 2026-03-14",
            ],
        };
    }

    public static Verb Feeds() => new("feeds", Needs.Operator, _ => new OperatorRequest.ListFeeds())
    {
        Description = "The usage feeds, and up to which date each is complete.",
        Examples = ["usage feeds"],
        Also = ["list", "freshness"],
    };
}
