using System.CommandLine;
using System.CommandLine.Parsing;

namespace NudgeBot.Commands;

/// <summary>Reads one line: first the words that name a command, then, by the parser, what it takes.</summary>
sealed class Reader(Grammar grammar, Line line, Needs rights)
{
    // "@anna" would otherwise be replaced by what the file "anna" holds, and "-abc" by three options.
    static readonly ParserConfiguration Plain = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    static readonly HashSet<string> HelpOptions = ["--help", "-h", "-?", "/?"];

    public Judgement Judge()
    {
        var route = grammar.RouteOf(line.Words.Select(w => w.Text));
        if (route.Verb.Needs > rights) return Forbidden(route);
        if (AsksForHelp(route)) return Help(route.Verb);
        if (route.Verb.IsHelp) return HelpAbout(route);
        if (route.Verb.IsGroup) return route.IsWhole ? Help(route.Verb) : Unknown(route);
        return Parse(route);
    }

    Judgement Parse(Route route)
    {
        var verb = route.Verb;
        var words = verb.TakesText && !route.IsWhole ? [.. route.Words.Take(route.Next), "--", line.From(route.Next)] : route.Words;
        // The parser drops a first word that it takes for the program's name, so it gets one.
        var parsed = CommandLineParser.Parse(grammar.Root, [grammar.Root.Name, .. words], Plain);
        // "win list comprehensions are quick now" is a text that begins like the command "win list".
        if (verb.Above is { TakesText: true } above && parsed.UnmatchedTokens.Count > 0) return Parse(route with { Verb = above, Next = route.Next - 1 });
        var complaint = new Complaint(grammar, line, verb, parsed, rights);
        if (grammar == Grammar.Chat && verb.Form is { } form && (complaint.OnlyMisses || (parsed.Errors.Count == 0 && form.IsAskedFor(parsed))))
            return Judgement.As(new Reading.Unfilled(Blank.Of(verb, form, parsed), verb.Needs));
        return complaint.Find() is { } problem
            ? Judgement.Not(problem, complaint.Symbol)
            : Judgement.As(new Reading.Parsed(verb.Request!(parsed), verb.Needs, parsed.GetValue(Roots.Organization)));
    }

    /// <summary><c>help campaign show</c>; words behind the command do not matter.</summary>
    Judgement HelpAbout(Route help)
    {
        var about = grammar.RouteOf(help.Words.Skip(help.Next));
        if (about.Verb.Needs > rights) return Forbidden(about, help.Next);
        return about.IsWhole || !about.Verb.IsGroup ? Help(about.Verb) : Unknown(about, help.Next);
    }

    /// <summary><c>snooze --help</c>, <c>campaign help</c>; where a text is taken, only an option that is all of it.</summary>
    static bool AsksForHelp(Route route)
    {
        var rest = route.Words.Skip(route.Next).ToList();
        if (route.Verb.TakesText) return rest is [var only] && HelpOptions.Contains(only);
        if (rest.Any(HelpOptions.Contains)) return true;
        return !route.Verb.IsHelp && rest is [var first, ..] && first.Equals("help", StringComparison.OrdinalIgnoreCase);
    }

    Judgement Help(Verb verb) => Judgement.As(new Reading.Help(HelpPage.Of(grammar, verb, rights)));

    Judgement Unknown(Route route, int first = 0) => Judgement.Not(new UnknownWord(grammar, line, route, rights, first).Message);

    Judgement Forbidden(Route route, int first = 0) => Judgement.Forbidden(new UnknownWord(grammar, line, route, rights, first).Forbidden, route.Verb.Path);
}
