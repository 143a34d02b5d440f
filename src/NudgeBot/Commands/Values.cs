using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using NodaTime;
using NodaTime.Text;

namespace NudgeBot.Commands;

/// <summary>
/// The kinds of values that commands take. Where a value cannot be read, the error's text is what is allowed, fit to follow "takes".
/// </summary>
static class Values
{
    /// <summary>Kind of the completion that stands for all campaigns: whoever completes puts their keys there.</summary>
    public const string CampaignKeys = "campaign keys";

    /// <summary>Likewise, the steps of the campaign that the line names.</summary>
    public const string StepKeys = "step keys";

    public const string Workspaces = "workspaces";

    /// <summary>Campaigns whose journey a new one may take: those that there are, and those that are shipped.</summary>
    public const string Templates = "templates";

    public const string Roles = "roles";
    public const string Locales = "locales";
    public const string Teams = "teams";
    public const string Locations = "locations";

    /// <summary>Those that people have. The texts' own may be others.</summary>
    public const string AudienceRoles = "roles of an audience";

    /// <summary>Of a person, where nothing is said as well: what the roster calls its roles, teams, locations and locales.</summary>
    public const string RosterRoles = "roles of the roster";

    public const string RosterTeams = "teams of the roster";
    public const string RosterLocations = "locations of the roster";
    public const string RosterLocales = "locales of the roster";

    /// <summary>The kinds of completions that stand for what only the database knows.</summary>
    public static readonly IReadOnlyList<string> Sources =
        [CampaignKeys, StepKeys, Workspaces, Templates, Roles, Locales, Teams, Locations, AudienceRoles, RosterRoles, RosterTeams, RosterLocations, RosterLocales];

    public static Argument<string> Text(string name, string description) => new(name) { HelpName = name, Description = description };

    public static Argument<string?> OptionalText(string name, string description) =>
        new(name) { HelpName = name, Description = description, Arity = ArgumentArity.ZeroOrOne };

    public static Argument<string[]> AnyWords(string name, string description) =>
        new(name) { HelpName = name, Description = description, Arity = ArgumentArity.ZeroOrMore };

    public static Argument<string> CampaignKey() => Known(Text("KEY", "the campaign's key"), CampaignKeys);

    static Argument<string> Known(Argument<string> argument, string source)
    {
        argument.CompletionSources.Add(_ => [new CompletionItem(argument.Name, source)]);
        return argument;
    }

    public static Argument<string> StepKey() => Known(Text("STEP", "the step's key"), StepKeys);

    public static Argument<string> Team() => Known(Text("TEAM", "the team's name, as the roster has it"), Teams);

    public static Argument<string> Workspace() => Known(Text("WORKSPACE", "the workspace's name"), Workspaces);

    /// <summary>In chat a mention is as good: whoever takes the line from the platform puts the e-mail in its place.</summary>
    public static Argument<string> Person() => new PersonArgument("WHO") { HelpName = "WHO", Description = $"{Email}, or in chat the person with an @" };

    public static Option<string> PersonOption(string name, string description, bool required = false) =>
        new PersonOfOption(name) { HelpName = "WHO", Description = description, Required = required };

    /// <summary>What it takes is a person.</summary>
    public static bool IsPerson(Symbol symbol) => symbol is PersonArgument or PersonOfOption;

    /// <summary>What stands below a form's field, where nobody can be mentioned.</summary>
    public static string HintOf(Symbol symbol) => symbol is PersonArgument ? Email : symbol.Description ?? "";

    public static Argument<T?> Optional<T>(string name, string description, Func<ArgumentResult, T?> read) where T : struct =>
        new(name) { HelpName = name, Description = description, Arity = ArgumentArity.ZeroOrOne, CustomParser = read };

    public static Argument<int?> Number(string name, string description, int min, int max) =>
        new(name) { HelpName = name, Description = description, CustomParser = Whole(min, max) };

    public static Argument<T?> Choice<T>(string name, string description) where T : struct, Enum
    {
        var choice = new Argument<T?>(name) { HelpName = name, Description = $"{description}: {string.Join(", ", Words.All<T>())}", CustomParser = OneOf<T> };
        OfferOnly<T>(choice.CompletionSources);
        return choice;
    }

    public static Argument<T?> OptionalChoice<T>(string name, string description) where T : struct, Enum
    {
        var choice = Optional(name, description, OneOf<T>);
        choice.HelpName = string.Join('|', Words.All<T>());
        OfferOnly<T>(choice.CompletionSources);
        return choice;
    }

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    public static Option<string> Option(string name, string value, string description, bool required = false) =>
        new(name) { HelpName = value, Description = description, Required = required };

    public static Option<string> CampaignOption()
    {
        var campaign = Option("--campaign", "KEY", "the campaign's key", required: true);
        campaign.CompletionSources.Add(EveryCampaign);
        return campaign;
    }

    public static Option<string> OrganizationOption()
    {
        var organization = Option("--organization", "NAME", "which organization; the only one, if there is one");
        organization.Recursive = true;
        return organization;
    }

    public static Option<string> KnownOption(string name, string value, string description, string source)
    {
        var option = Option(name, value, description);
        option.CompletionSources.Add(_ => [new CompletionItem(value, source)]);
        return option;
    }

    /// <summary>Words with commas between; where there are few to choose from, a form lets choose them.</summary>
    /// <param name="emptied">What a line says for a form's field in which nothing stands; null: it then says nothing of it.</param>
    public static Option<string> ListOption(string name, string what, string source, string? emptied)
    {
        var option = new ListOfOption(name)
        {
            HelpName = "LIST",
            Description = $"who takes part: {what} with commas between; `all` for everybody",
            Choosing = "who takes part; none chosen: everybody",
            Emptied = emptied,
        };
        option.CompletionSources.Add(_ => [new CompletionItem("LIST", source)]);
        return option;
    }

    /// <summary>A form gives it room for many lines.</summary>
    public static Option<string> LongOption(string name, string value, string description, bool required = false) =>
        new LongOfOption(name) { HelpName = value, Description = description, Required = required };

    public static Argument<string> LongText(string name, string description) => new LongArgument(name) { HelpName = name, Description = description };

    public static bool IsLong(Symbol symbol) => symbol is LongArgument or LongOfOption;

    public const string BasedOnName = "--based-on";

    /// <summary>Two who change the same thing at a time: the second is told.</summary>
    public static Option<int?> BasedOn() => Carried(Option(BasedOnName, "VERSION", "the version that you have looked at; if there is a newer one by now, nothing is changed", Whole(1, int.MaxValue)));

    /// <summary>Likewise, of what has no versions.</summary>
    public static Option<string> BasedOnSeen() => Carried(Option(BasedOnName, "SEEN", "what you have looked at; if it is otherwise by now, nothing is changed"));

    /// <summary>Buttons and forms give it; whoever looks around need not know of it.</summary>
    public static Option<T> Carried<T>(Option<T> option)
    {
        option.Hidden = true;
        return option;
    }

    public static Option<int?> Page() => Option("--page", "N", "which page of the list", Whole(1, 10_000));

    public static Option<T?> Option<T>(string name, string value, string description, Func<ArgumentResult, T?> read, bool required = false)
        where T : struct => new(name) { HelpName = value, Description = description, CustomParser = read, Required = required };

    public static Option<T?> ChoiceOption<T>(string name, string description, bool required = false) where T : struct, Enum
    {
        var choice = Option(name, string.Join('|', Words.All<T>()), description, OneOf<T>, required);
        OfferOnly<T>(choice.CompletionSources);
        return choice;
    }

    public static Func<ArgumentResult, int?> Whole(int min, int max) => given =>
        int.TryParse(given.Tokens[0].Value, out var number) && number >= min && number <= max
            ? number
            : Not<int>(given, $"a whole number from {min} to {max}");

    public static When? When(ArgumentResult given) => Commands.When.Parse(given.Tokens[0].Value) ?? Not<When>(given, Commands.When.Allowed);

    public static Leaving? Leaving(ArgumentResult given) =>
        given.Tokens[0].Value.Equals(Commands.Leaving.No, StringComparison.OrdinalIgnoreCase) ? new Leaving(On: null)
        : Commands.When.Parse(given.Tokens[0].Value) is { } when ? new Leaving(when)
        : Not<Leaving>(given, $"{Commands.When.Allowed}, or `{Commands.Leaving.No}` for somebody who is there");

    public static LocalTime? Time(ArgumentResult given) =>
        LocalTimePattern.CreateWithInvariantCulture("H:mm").Parse(given.Tokens[0].Value) is { Success: true } time
            ? time.Value
            : Not<LocalTime>(given, "a time such as `10:00`");

    /// <summary>How long ago: <c>7d</c>, <c>24h</c>, <c>2w</c>.</summary>
    public static Duration? Ago(ArgumentResult given)
    {
        var said = given.Tokens[0].Value;
        return said.Length > 1 && int.TryParse(said[..^1], out var count) && count is > 0 and <= 10_000
            ? char.ToLowerInvariant(said[^1]) switch
            {
                'h' => Duration.FromHours(count),
                'd' => Duration.FromDays(count),
                'w' => Duration.FromDays(7 * count),
                _ => Not<Duration>(given, "a time such as `24h`, `7d` or `2w`"),
            }
            : Not<Duration>(given, "a time such as `24h`, `7d` or `2w`");
    }

    public static LocalDate? Date(ArgumentResult given) =>
        LocalDatePattern.Iso.Parse(given.Tokens[0].Value) is { Success: true } date
            ? date.Value
            : Not<LocalDate>(given, "a date such as `2026-03-14`");

    static T? OneOf<T>(ArgumentResult given) where T : struct, Enum =>
        Words.TryParse(given.Tokens[0].Value, out T value)
            ? value
            : Not<T>(given, $"one of {string.Join(", ", Words.All<T>().Select(w => $"`{w}`"))}");

    static T? Not<T>(ArgumentResult given, string allowed) where T : struct
    {
        given.AddError(allowed);
        return null;
    }

    static IEnumerable<CompletionItem> EveryCampaign(CompletionContext _) => [new CompletionItem("KEY", CampaignKeys)];

    // By itself an enum's symbol offers the names of its members, which nobody writes.
    static void OfferOnly<T>(List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources) where T : struct, Enum
    {
        sources.Clear();
        sources.Add(_ => Words.All<T>().Select(w => new CompletionItem(w)));
    }

    const string Email = "the person's e-mail";

    sealed class LongOfOption(string name) : Option<string>(name);

    public sealed class ListOfOption(string name) : Option<string>(name)
    {
        /// <summary>What stands below the form's field where it is chosen from a list.</summary>
        public required string Choosing { get; init; }

        /// <inheritdoc cref="ListOption" path="/param[@name='emptied']"/>
        public string? Emptied { get; init; }
    }

    sealed class LongArgument(string name) : Argument<string>(name);

    sealed class PersonArgument(string name) : Argument<string>(name);

    sealed class PersonOfOption(string name) : Option<string>(name);
}
