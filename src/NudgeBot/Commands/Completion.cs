using System.CommandLine;
using System.CommandLine.Completions;

namespace NudgeBot.Commands;

/// <summary>What may follow in a line that is being typed.</summary>
sealed class Completion(Grammar grammar, Needs rights, Func<string, IEnumerable<string>> known)
{
    /// <param name="typed">The line up to the cursor.</param>
    public IReadOnlyList<Suggestion> At(string typed)
    {
        if (typed.Length > Grammar.MaxLength) return [];
        var words = Line.OfChat(typed).Words.Select(w => w.Text).ToList();
        var begun = "";
        if (words.Count > 0 && !char.IsWhiteSpace(typed[^1]))
        {
            begun = words[^1];
            words.RemoveAt(words.Count - 1);
        }
        if (words.Count > 0 && grammar.IsOwnName(words[0])) words.RemoveAt(0);
        return [.. After(grammar.RouteOf(words)).Where(s => s.Word.StartsWith(begun, StringComparison.OrdinalIgnoreCase))];
    }

    IEnumerable<Suggestion> After(Route route)
    {
        var verb = route.Verb;
        if (verb.Needs > rights) return [];
        if (verb.TakesText) return route.IsWhole ? Commands(verb) : [];
        if (verb.IsHelp) return Commands(grammar.RouteOf(route.Words.Skip(route.Next)).Verb);
        var given = route.Words.Skip(route.Next).ToList();
        var options = verb.Options.Concat(grammar.Root.Options.Where(o => o.Recursive)).Distinct().ToList();
        var last = route.Words.Count > 0 ? route.Words[^1] : "";
        if (options.Find(o => o.Name == last && o.Arity.MaximumNumberOfValues > 0) is { } open) return ValuesOf(open);

        var commands = given.Count == 0 ? Commands(verb) : [];
        var argument = verb.Arguments.Skip(Positional(given, options)).FirstOrDefault();
        return commands
            .Concat(argument is null ? [] : ValuesOf(argument))
            .Concat(options.Where(o => !o.Hidden && !route.Words.Contains(o.Name)).Select(o => new Suggestion(o.Name, o.Description ?? "")));
    }

    IEnumerable<Suggestion> Commands(Verb within) =>
        within.Verbs.Where(v => v.IsOffered(rights)).Select(v => new Suggestion(v.Name, v.Description!));

    IEnumerable<Suggestion> ValuesOf(Symbol symbol) =>
        symbol.GetCompletions(CompletionContext.Empty)
            .SelectMany(item => item.Kind is { } kind && Values.Sources.Contains(kind) ? known(kind) : [item.Label])
            .Select(value => new Suggestion(value, ""));

    /// <summary>How many of the words are values of arguments, and not options or theirs.</summary>
    static int Positional(List<string> given, List<System.CommandLine.Option> options)
    {
        var count = 0;
        for (var i = 0; i < given.Count; i++)
        {
            if (options.FirstOrDefault(o => o.Name == given[i]) is { } option) i += option.Arity.MaximumNumberOfValues;
            else if (!given[i].StartsWith("--")) count++;
        }
        return count;
    }
}
