using System.CommandLine;
using System.CommandLine.Parsing;
using NudgeBot.Chat;
using NudgeBot.Forecasting;
using NudgeBot.Retention;
using Option = System.CommandLine.Option;

namespace NudgeBot.Commands;

/// <summary>What owners do with a campaign, and administrators with all of them.</summary>
static class CampaignCommands
{
    const string Locations = "--locations";

    /// <summary>The audience's fields stand together, and these are the last of them.</summary>
    static readonly Look CountThePeople = new("Count the people", Said: "", Below: Locations);

    const string ForecastDescription = "Who will get what and when, and why not. Nothing is sent or changed.";

    static readonly string[] AlsoForecast = ["dry-run", "simulate", "estimate"];

    /// <param name="apply">As it is in one of the two places; so the forecast.</param>
    public static Verb All(Verb apply, Verb forecast) => new("campaign", [List(), Show(), Create(), .. Edits(), Move(), apply, Export(), Preview(), forecast, LaunchCommands.Launch(), Report(), Pause(), Resume(), End()])
    {
        Description = "Make campaigns, look at them, change them, hold them, end them.",
        Also = ["campaigns", "program", "programme"],
    };

    static Verb List()
    {
        var page = Values.Page();
        return new Verb("list", Needs.Owner, line => new CampaignRequest.List(line.GetValue(page) ?? 1), page)
        {
            Description = "Every campaign, and how far it is.",
            Examples = ["campaign list"],
            Also = ["ls", "all"],
        };
    }

    static Verb Show() => OfOne("show", key => new CampaignRequest.Show(key), "One campaign: its journey, and how far people have come.", "view", "status");

    static Verb Pause() => OfOne("pause", key => new CampaignRequest.Pause(key), "Hold a campaign's messages, from the next one on.", "hold", "stop");

    static Verb Resume() => OfOne("resume", key => new CampaignRequest.Resume(key), "Let a paused campaign go on.", "continue", "start");

    static Verb End() => OfOne("end", key => new CampaignRequest.End(key), "End a campaign for good.", "close", "delete", "finish");

    static Verb Move() => OfOne("move", key => new CampaignRequest.Move(key), "Let who is under way go over to the newest version.", "upgrade", "migrate");

    static Verb Export() => OfOne("export", key => new CampaignRequest.Export(key), "The campaign as its file: applied again, it changes nothing.", "yaml", "download");

    static Verb Create()
    {
        var key = Values.Text("NEW-KEY", "the campaign's name in commands, for good: small letters, digits, hyphens");
        var tool = Values.Option("--tool", "TOOL", "the tool's key, as the usage feed calls it", required: true);
        var start = Values.Option<When>("--start", "DATE", "the first day, such as `2026-12-01`, `monday` or `in 3 days`", Values.When, required: true);
        var owner = Values.PersonOption("--owner", "e-mail of the one person who answers for it", required: true);
        var template = Values.KnownOption("--template", "KEY", "whose journey it takes; first-60-days if you do not say", Values.Templates);
        var (change, options) = Changes(isEdit: false);
        return new Verb("create", Needs.Admin, line => new CampaignRequest.Create(
            line.GetRequiredValue(key), line.GetRequiredValue(tool), line.GetRequiredValue(start)!.Value, line.GetRequiredValue(owner), line.GetValue(template), change(line)),
            [key, tool, start, owner, template, .. options])
        {
            Description = "Make a campaign. It is a draft until it is launched.",
            Examples = ["campaign create pilot --tool copilot --start monday --owner anna@example.com --teams Payments"],
            Also = ["new", "add", "make"],
            Form = new VerbForm("New campaign", "Create") { Look = CountThePeople },
        };
    }

    static IEnumerable<Verb> Edits()
    {
        var (campaign, campaignVersion) = (Values.CampaignKey(), Values.BasedOn());
        var (change, options) = Changes(isEdit: true);
        yield return new Verb("edit", Needs.Owner, line => new CampaignRequest.Edit(line.GetRequiredValue(campaign), change(line), line.GetValue(campaignVersion)), [campaign, .. options, campaignVersion])
        {
            Description = "Change a campaign: name, audience, start, holdout.",
            Examples = ["campaign edit pilot --start 2026-12-01 --roles developer,qa"],
            Also = ["change", "set", "update"],
            Form = new VerbForm("Change a campaign", "Save") { OneOf = options, Hidden = [campaignVersion], Look = CountThePeople },
        };

        var (key, step, version) = (Values.CampaignKey(), Values.StepKey(), Values.BasedOn());
        var day = Values.Option("--day", "N", "days after day 0, 0 to 120", Values.Whole(0, 120));
        var at = Values.Option("--at", "HH:MM", "local time, inside the sending window", Values.Time);
        var text = Values.Option("--text", "NAME", "the name of its text");
        var onlyIf = Values.Option("--only-if", "CONDITION", "as in the file, such as `{no_use_in: 4}`; `always` for everybody");
        var otherwise = Values.Option("--otherwise", "NAME", "the text that is sent when the condition is false; `skip` for none");
        var entries = Values.Option("--entries", "LIST", "of new, lapsed, active; or `all`");
        var essential = Values.ChoiceOption<YesNo>("--essential", "whether it is sent also to people who do not respond");
        Option[] ofStep = [day, at, text, onlyIf, otherwise, entries, essential];
        yield return new Verb("step", Needs.Owner, line => new CampaignRequest.EditStep(line.GetRequiredValue(key), line.GetRequiredValue(step), new StepChange
        {
            Day = line.GetValue(day),
            At = line.GetValue(at),
            Text = line.GetValue(text),
            OnlyIf = line.GetValue(onlyIf),
            Otherwise = line.GetValue(otherwise),
            Entries = line.GetValue(entries),
            Essential = line.GetValue(essential) is { } flag ? flag == YesNo.Yes : null,
        }, line.GetValue(version)), [key, step, .. ofStep, version])
        {
            Description = "Change a step of a campaign: its day, time, condition.",
            Examples = ["campaign step pilot day-3-check-in --day 4 --at 11:00", "campaign step pilot day-10-re-engagement --only-if \"{no_use_in: 5}\""],
            Also = ["steps", "when"],
            Form = new VerbForm("Change a step", "Save") { OneOf = ofStep, Hidden = [version] },
        };

        yield return Text();
    }

    static Verb Text()
    {
        var (key, step, version) = (Values.CampaignKey(), Values.StepKey(), Values.BasedOn());
        var locale = Values.KnownOption("--locale", "LOCALE", "for whom: a language such as `en`", Values.Locales);
        var role = Values.KnownOption("--role", "ROLE", "for whom: a role, or `any`", Values.Roles);
        var words = Values.LongOption("--words", "TEXT", "the text, in Markdown, as the guides' files have it; `default` for the guide's own");
        return new Verb("text", Needs.Owner, line => new CampaignRequest.EditText(
            line.GetRequiredValue(key), line.GetRequiredValue(step), line.GetValue(locale), line.GetValue(role), line.GetValue(words), line.GetValue(version)),
            key, step, locale, role, words, version)
        {
            Description = "Change the words of a step, for this campaign alone.",
            Examples = ["campaign text pilot day-0-welcome --words \"Good morning {name}.\""],
            Also = ["words", "wording", "message"],
            Form = new VerbForm("Change the words", "Save") { OneOf = [words], Hidden = [version, locale, role] },
        };
    }

    static Verb Preview()
    {
        var (key, step) = (Values.CampaignKey(), Values.StepKey());
        var role = Values.KnownOption("--role", "ROLE", "as which role it is seen", Values.Roles);
        var locale = Values.KnownOption("--locale", "LOCALE", "in which language", Values.Locales);
        var variant = Values.Option("--variant", "NAME", "which variant");
        return new Verb("preview", Needs.Owner, line => new CampaignRequest.Preview(
            line.GetRequiredValue(key), line.GetRequiredValue(step), line.GetValue(role), line.GetValue(locale), line.GetValue(variant)), key, step, role, locale, variant)
        {
            Description = "A step as its receivers will see it, for you alone.",
            Examples = ["campaign preview pilot day-0-welcome", "campaign preview pilot day-1-guide --role qa --locale de"],
            Also = ["see", "try"],
            Form = new VerbForm("Preview a step", "Show"),
        };
    }

    static Verb Report()
    {
        var key = Values.CampaignKey();
        var by = Values.ChoiceOption<Grouping>("--by", "what to break it down by");
        return new Verb("report", Needs.Owner, line => new CampaignRequest.Report(line.GetRequiredValue(key), line.GetValue(by)), key, by)
        {
            Description = "How many people are still using the tool, week by week.",
            Examples = ["campaign report first-60-days", "campaign report first-60-days --by team"],
            Also = ["figures", "result"],
            Form = new VerbForm("Report a campaign", "Show"),
        };
    }

    /// <summary>In chat it is worked out in the background, and asked after.</summary>
    public static Verb ForecastInBackground()
    {
        var key = Values.CampaignKey();
        var asked = Values.Carried(Values.Option("--of", "N", "the one that you asked for before: how far it is", Values.Whole(1, int.MaxValue)));
        return new Verb("forecast", Needs.Owner, line => new CampaignRequest.Forecast(line.GetRequiredValue(key), line.GetValue(asked)), key, asked)
        {
            Description = ForecastDescription,
            Examples = ["campaign forecast first-60-days"],
            Also = AlsoForecast,
            Form = new VerbForm("Forecast a campaign", "Forecast") { Hidden = [asked] },
        };
    }

    public static Verb ForecastAtOnce()
    {
        var key = Values.CampaignKey();
        var csv = Values.Option("--csv", "FOLDER", $"also as files in this folder: {ForecastFiles.Names}");
        return new Verb("forecast", Needs.Owner, line => new CampaignRequest.Forecast(line.GetRequiredValue(key), Asked: null) { Csv = line.GetValue(csv) }, key, csv)
        {
            Description = ForecastDescription,
            Examples = ["campaign forecast first-60-days", "campaign forecast first-60-days --csv forecast"],
            Also = AlsoForecast,
        };
    }

    public static Verb ApplyFile()
    {
        var file = Values.Text("FILE", "the campaign's YAML file");
        var draft = Values.Flag("--draft", "a new campaign takes nobody in before it is launched; without this, applying a file launches it");
        return new Verb("apply", Needs.Operator, line => new CampaignRequest.Apply(line.GetRequiredValue(file), Yaml: null, line.GetValue(draft)), file, draft)
        {
            Description = "Create a campaign, or bring it up to date, from its file.",
            Examples = ["campaign apply campaigns/first-60-days.yaml --draft", "campaign apply campaigns/first-60-days.yaml"],
            Also = ["update", "import"],
        };
    }

    public static Verb ApplyText()
    {
        var yaml = Values.LongText("YAML", "the campaign's file: attached to the message, or pasted behind the command or into the form");
        return new Verb("apply", Needs.Admin, line => new CampaignRequest.Apply(File: null, line.GetRequiredValue(yaml), Draft: true), yaml)
        {
            Description = "Create a campaign, or bring it up to date, from its file, attached or pasted.",
            Examples = ["campaign apply key: pilot ..."],
            Also = ["update", "import"],
            TakesText = true,
            TakesFile = true,
            Form = new VerbForm("Apply a file", "Apply"),
        };
    }

    static (Func<ParseResult, CampaignChange> Read, Option[] Options) Changes(bool isEdit)
    {
        var name = Values.Option("--name", "NAME", "as people read it");
        var toolName = Values.Option("--tool-name", "NAME", "the tool as people read it");
        // What is new is for everybody unless it is said; of what there is, a list that was emptied says so.
        var emptied = isEdit ? "all" : null;
        var roles = Values.ListOption("--roles", "roles", Values.AudienceRoles, emptied);
        var teams = Values.ListOption("--teams", "teams", Values.Teams, emptied);
        var locations = Values.ListOption(Locations, "locations", Values.Locations, emptied);
        var start = Values.Option<When>("--start", "DATE", "the first day, such as `2026-12-01`, `monday` or `in 3 days`", Values.When);
        var holdout = Values.Option("--holdout", "PERCENT", "who is measured and not nudged, 0 to 50", Values.Whole(0, 50));
        var backOff = Values.Option("--back-off", "N", "after so many messages without any response only essential ones are sent, 1 to 20, or `never`");
        Option[] options = [name, toolName, roles, teams, locations, .. isEdit ? [start] : Array.Empty<Option>(), holdout, backOff];
        return (line => new CampaignChange
        {
            Name = line.GetValue(name),
            ToolName = line.GetValue(toolName),
            Roles = line.GetValue(roles),
            Teams = line.GetValue(teams),
            Locations = line.GetValue(locations),
            Start = isEdit ? line.GetValue(start) : null,
            Holdout = line.GetValue(holdout),
            BackOff = line.GetValue(backOff),
        }, options);
    }

    static Verb OfOne(string name, Func<string, CampaignRequest> request, string description, params string[] also)
    {
        var key = Values.CampaignKey();
        return new Verb(name, Needs.Owner, line => request(line.GetRequiredValue(key)), key)
        {
            Description = description,
            Examples = [$"campaign {name} first-60-days"],
            Also = also,
            Form = new VerbForm($"{name[..1].ToUpperInvariant()}{name[1..]} a campaign", "Send"),
        };
    }
}
