using System.CommandLine;

namespace NudgeBot.Commands;

/// <summary>The roster: its file, and one person of it.</summary>
static class PeopleCommands
{
    /// <param name="further">What stands beside these in one of the two places.</param>
    public static Verb All(params IEnumerable<Verb> further) => new("people", [Show(), Set(), .. further])
    {
        Description = "The roster.",
        Also = ["roster", "users"],
    };

    public static Verb ImportFile()
    {
        var file = Values.Text("FILE", "the roster, as CSV");
        var complete = Complete();
        var confirm = Values.Flag("--confirm", "with `--complete`: mark them as having left today, instead of listing them");
        var verb = new Verb("import", Needs.Operator, line => new PeopleRequest.Import(line.GetRequiredValue(file), line.GetValue(complete), line.GetValue(confirm)), file, complete, confirm)
        {
            Description = ImportDescription,
            Examples = ["people import roster.csv", "people import roster.csv --complete"],
        };
        verb.Validators.Add(given =>
        {
            if (given.GetValue(confirm) && !given.GetValue(complete)) given.AddError("`--confirm` goes with `--complete`");
        });
        return verb;
    }

    /// <summary>Who is missing is confirmed by a button below the list.</summary>
    public static Verb ImportText()
    {
        var csv = Values.LongText("CSV", "the roster: attached to the message as a file, or pasted into the form");
        var complete = Complete();
        return new Verb("import", Needs.Admin, line => new PeopleRequest.Import("roster", line.GetValue(complete), Confirm: false) { Csv = line.GetRequiredValue(csv) }, csv, complete)
        {
            Description = ImportDescription,
            Examples = ["people import", "people import --complete"],
            TakesFile = true,
            Form = new VerbForm("Import people", "Import"),
        };
    }

    public static Verb Left()
    {
        var list = Values.Number("LIST", "the number of the list", 1, int.MaxValue);
        var confirm = Values.Flag("--confirm", "mark them as having left today");
        var page = Values.Page();
        return new Verb("left", Needs.Admin, line => new PeopleRequest.Left(line.GetRequiredValue(list)!.Value, line.GetValue(page) ?? 1, line.GetValue(confirm)), list, confirm, page)
        {
            Description = "Whom the complete roster that you imported does not name.",
            Examples = ["people left 12", "people left 12 --confirm"],
            Hidden = true,
        };
    }

    /// <param name="canBeCsv">In the terminal the list can be had as CSV.</param>
    public static Verb Check(bool canBeCsv)
    {
        var csv = Values.Flag("--csv", "as CSV");
        return new Verb("check", Needs.Admin, line => new PeopleRequest.Check(canBeCsv && line.GetValue(csv)), canBeCsv ? [csv] : [])
        {
            Description = "Who cannot be reached, why, and what to do about it.",
            Examples = canBeCsv ? ["people check", "people check --csv"] : ["people check"],
            Also = ["preflight", "unreachable"],
        };
    }

    const string ImportDescription = "Read the roster; reading it twice changes nothing.";

    static Option<bool> Complete() => Values.Flag("--complete", "the file lists everybody: who is missing in it has left");

    static Verb Show()
    {
        var who = Values.Person();
        return new Verb("show", Needs.Admin, line => new PeopleRequest.Show(line.GetRequiredValue(who)), who)
        {
            Description = "What is known of one person.",
            Examples = ["people show anna@example.com"],
            Also = ["view", "who"],
            Form = new VerbForm("Somebody", "Show"),
        };
    }

    /// <summary>Each option is a column of the roster.</summary>
    static Verb Set()
    {
        var who = Values.Person();
        var name = Values.Option("--name", "NAME", "as people read it; the first word is used to address the person");
        var role = Values.KnownOption("--role", "ROLE", "such as `developer`; decides which texts the person gets", Values.RosterRoles);
        var team = Values.KnownOption("--team", "TEAM", "the team's name", Values.RosterTeams);
        var location = Values.KnownOption("--location", "LOCATION", "where the person works", Values.RosterLocations);
        var country = Values.Option("--country", "CODE", "ISO 3166, two letters, such as `DE`; decides about holidays");
        var timeZone = Values.Option("--time-zone", "ZONE", "an IANA name, such as `Europe/Berlin`; `-` for that of the chat profile");
        var locale = Values.KnownOption("--locale", "LOCALE", "a language, or a language and region; `-` for that of the chat profile", Values.RosterLocales);
        var login = Values.Option("--github-login", "LOGIN", "the bare login, without @");
        var licensed = Values.Option("--licensed-since", "DATE", "the first day with a licence, such as `2026-03-02`");
        var left = Values.Option("--left", "DATE", "the first date on which the person is no longer there, such as `today` or `2026-12-01`; `no` for somebody who is", Values.Leaving);
        var seen = Values.BasedOnSeen();
        Option[] options = [role, team, location, country, timeZone, locale, left, name, login, licensed];
        return new Verb("set", Needs.Admin, line => new PeopleRequest.Set(line.GetRequiredValue(who), new PersonChange
        {
            Name = line.GetValue(name),
            Role = line.GetValue(role),
            Team = line.GetValue(team),
            Location = line.GetValue(location),
            Country = line.GetValue(country),
            TimeZone = line.GetValue(timeZone),
            Locale = line.GetValue(locale),
            GithubLogin = line.GetValue(login),
            LicensedSince = line.GetValue(licensed),
            Left = line.GetValue(left),
        }, line.GetValue(seen)), [who, .. options, seen])
        {
            Description = "Change one person of the roster, as a row of it would; `-` takes a value away. The next roster that says otherwise counts.",
            Examples = ["people set anna@example.com --role developer --team Payments", "people set anna@example.com --left today", "people set anna@example.com --left no --time-zone Europe/Berlin"],
            Also = ["change", "edit", "update"],
            Form = new VerbForm("Change a person", "Save") { OneOf = options, Hidden = [seen] },
        };
    }
}
