using System.CommandLine.Parsing;
using NudgeBot.Simulation;
using NudgeBot.Usage;

namespace NudgeBot.Commands;

/// <summary>What only the terminal offers: the program itself.</summary>
static class OperatorCommands
{
    public static Verb Run()
    {
        var urls = Values.Option("--urls", "URL", "where to listen, e.g. `http://localhost:8080`");
        return new Verb("run", Needs.Operator, line => new OperatorRequest.Run(line.GetValue(urls)), urls)
        {
            Description = "Start NudgeBot.",
            Examples = ["run", "run --urls http://localhost:8080"],
            Also = ["start", "serve"],
        };
    }

    public static Verb Demo()
    {
        var fresh = Values.Flag("--fresh", "forget what was played before");
        var port = Values.Option("--port", "PORT", "where the page is, 8090 if you do not say", Values.Whole(1, 65_535));
        var campaign = Values.Option("--campaign", "FILE.yaml", "the campaign to rehearse; `first-60-days` if you do not say");
        var slackFake = Values.Flag("--slack-fake", "in a Slack that runs on this machine; it begins anew each time");
        return new Verb("demo", Needs.Operator,
            line => new OperatorRequest.Demo(line.GetValue(fresh), line.GetValue(port), line.GetValue(campaign), line.GetValue(slackFake)), fresh, port, campaign, slackFake)
        {
            Description = "Open the playground: invented people, and a clock that you move.",
            Examples = ["demo", "demo --fresh", "demo --fresh --campaign pilot.yaml", "demo --slack-fake"],
            Also = ["playground", "try", "tour"],
        };
    }

    public static Verb TeamsPackage()
    {
        var host = Values.Option("--host", "HOST", "where Teams reaches NudgeBot, e.g. `nudgebot.example.com`", required: true);
        var appId = Values.Option("--app-id", "ID", "the bot's app id; `TEAMS_APP_ID` if you do not say");
        var name = Values.Option("--name", "NAME", "what the app is called in Teams; NudgeBot if you do not say");
        var company = Values.Option("--company", "NAME", "who offers the app, as Teams shows it; NudgeBot if you do not say");
        var about = Values.Option("--about", "URL", "a page of yours for who wants to know more; the host if you do not say");
        var into = Values.Option("--out", "FILE.zip", "where it is written, `nudgebot-teams.zip` if you do not say");
        return new Verb("teams-package", Needs.Operator,
            line => new OperatorRequest.TeamsPackage(
                line.GetValue(appId), line.GetRequiredValue(host), line.GetValue(name), line.GetValue(company), line.GetValue(about), line.GetValue(into)),
            host, appId, name, company, about, into)
        {
            Description = "Make the app package that is uploaded to Microsoft Teams.",
            Examples =
            [
                "teams-package --host nudgebot.example.com --company Contoso --about https://intranet.example.com/nudgebot",
                "teams-package --host nudgebot.example.com",
            ],
            Also = ["teams", "manifest", "package", "zip"],
        };
    }

    public static Verb Simulate()
    {
        var campaign = Values.Option("--campaign", "F.yaml", "the campaign's file", required: true);
        var roster = Values.Option("--roster", "R.csv", "who takes part", required: true);
        var usage = Values.Option("--usage", "U", "a usage file; needs `--format`");
        var format = Values.ChoiceOption<UsageFormat>("--format", "what kind of usage file it is");
        var answers = Values.Option("--answers", "A.csv", "what people answer, and when");
        var from = Values.Option("--from", "DATE", "the first day", Values.Date, required: true);
        var days = Values.Option("--days", "N", "how many days", Values.Whole(1, SimulationInput.MostDays), required: true);
        var into = Values.Option("--out", "DIR", "where the results are written", required: true);
        var verb = new Verb("simulate", Needs.Operator,
            line => new OperatorRequest.Simulate(
                line.GetRequiredValue(campaign),
                line.GetRequiredValue(roster),
                line.GetValue(usage) is { } file ? new SimulatedUsage(file, line.GetRequiredValue(format)!.Value) : null,
                line.GetValue(answers),
                line.GetRequiredValue(from)!.Value,
                line.GetRequiredValue(days)!.Value,
                line.GetRequiredValue(into)),
            campaign, roster, usage, format, answers, from, days, into)
        {
            Description = "Run a campaign in virtual time: who would get what, and when.",
            Examples =
            [
                "simulate --campaign c.yaml --roster r.csv --usage u.csv --format csv --from 2026-03-02 --days 61 --out results",
                "simulate --campaign first-60-days.yaml --roster roster.csv --from 2026-03-02 --days 61 --out results",
            ],
            Also = ["forecast", "dry-run", "test"],
        };
        verb.Validators.Add(given =>
        {
            if (given.GetResult(usage) is null != given.GetResult(format) is null) given.AddError("`--usage` and `--format` go together");
        });
        return verb;
    }
}
