using System.CommandLine.Parsing;
using NudgeBot.Simulation;
using NudgeBot.Usage;

namespace NudgeBot.Commands;

/// <summary>What only the terminal offers: the roster and the program itself.</summary>
static class OperatorCommands
{
    public static Verb ImportPeople()
    {
        var file = Values.Text("FILE", "the roster, as CSV");
        return ImportPeople(Needs.Operator, file, (name, complete, confirm) => new PeopleRequest.Import(name, complete, confirm), "people import roster.csv", "people import roster.csv --complete");
    }

    public static Verb ImportPeopleOfText()
    {
        var csv = Values.LongText("CSV", "the roster: attached to the message as a file, or pasted into the form");
        return ImportPeople(Needs.Admin, csv, (text, complete, confirm) => new PeopleRequest.Import("roster", complete, confirm) { Csv = text }, "people import", "people import --complete");
    }

    static Verb ImportPeople(Needs needs, System.CommandLine.Argument<string> roster, Func<string, bool, bool, PeopleRequest> request, params string[] examples)
    {
        var complete = Values.Flag("--complete", "the file lists everybody: who is missing in it has left");
        var confirm = Values.Flag("--confirm", "with `--complete`: mark them as having left today, instead of listing them");
        var verb = new Verb("import", needs, line => request(line.GetRequiredValue(roster), line.GetValue(complete), line.GetValue(confirm)), roster, complete, confirm)
        {
            Description = "Read the roster; reading it twice changes nothing.",
            Examples = examples,
            TakesFile = true,
            Form = new VerbForm("Import people", "Import"),
        };
        verb.Validators.Add(given =>
        {
            if (given.GetValue(confirm) && !given.GetValue(complete)) given.AddError("`--confirm` goes with `--complete`");
        });
        return verb;
    }

    public static Verb ShowPerson()
    {
        var email = Values.Person();
        return new Verb("show", Needs.Admin, line => new PeopleRequest.Show(line.GetRequiredValue(email)), email)
        {
            Description = "What is known of one person.",
            Examples = ["people show anna@example.com"],
            Also = ["view", "who"],
            Form = new VerbForm("Somebody", "Show"),
        };
    }

    /// <param name="canBeCsv">In the terminal the list can be had as CSV.</param>
    public static Verb CheckPeople(bool canBeCsv)
    {
        var csv = Values.Flag("--csv", "as CSV");
        return new Verb("check", Needs.Admin, line => new PeopleRequest.Check(canBeCsv && line.GetValue(csv)), canBeCsv ? [csv] : [])
        {
            Description = "Who cannot be reached, why, and what to do about it.",
            Examples = canBeCsv ? ["people check", "people check --csv"] : ["people check"],
            Also = ["preflight", "unreachable"],
        };
    }

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
