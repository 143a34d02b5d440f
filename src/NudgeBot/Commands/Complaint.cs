using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using NudgeBot.Chat;
using Option = System.CommandLine.Option;

namespace NudgeBot.Commands;

/// <summary>What is wrong with the words that follow a command: which one, what is allowed, and how it is done.</summary>
sealed class Complaint(Grammar grammar, Line line, Verb verb, ParseResult parsed, Needs rights)
{
    readonly string name = $"`{verb.Path}`";

    /// <summary>Nothing is wrong but that something is not there yet.</summary>
    public bool OnlyMisses => StrayOption() is null && parsed.Errors.Count > 0 && parsed.UnmatchedTokens.Count == 0 && parsed.Errors.All(IsMissing);

    /// <summary>The argument or option that is wrong; null where it is not one of them.</summary>
    public string? Symbol => parsed.Errors.Select(error => error.SymbolResult switch
    {
        OptionResult result => result.Option.Name,
        ArgumentResult { Parent: OptionResult option } => option.Option.Name,
        ArgumentResult result => result.Argument.Name,
        _ => null,
    }).FirstOrDefault(symbol => symbol is not null);

    /// <returns>Null: nothing is wrong.</returns>
    public Func<Message>? Find()
    {
        if (StrayOption() is { } stray) return stray;
        if (parsed.Errors.Count == 0) return null;
        var missing = Missing().ToList();
        if (missing.Count > 0) return Explain($"{name} needs {string.Join(", ", missing)}.");
        // A wrong value goes before a word too many: of "guide day 3" it is "day" that needs explaining.
        var error = parsed.Errors.FirstOrDefault(e => e.SymbolResult is not CommandResult) ?? parsed.Errors[0];
        return error.SymbolResult switch
        {
            OptionResult { Tokens: [] } given => NeedsValue(given.Option),
            OptionResult { Tokens.Count: > 1 } given => Explain($"`{given.Option.Name}` is there twice."),
            OptionResult given => WrongValue($"`{given.Option.Name}`", given.Option, given.Tokens[0].Value, error.Message),
            ArgumentResult given => WrongValue(name, given.Argument, given.Tokens[0].Value, error.Message),
            _ when parsed.UnmatchedTokens is [var surplus, ..] => TooMuch(surplus),
            _ => Explain($"In {name}, {error.Message}."),
        };
    }

    /// <summary>The parser takes for a value what looks like an option, if the command has no such option or a value is due.</summary>
    Func<Message>? StrayOption()
    {
        if (verb.TakesText) return null;
        var tokens = parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash).ToList();
        var at = tokens.FindIndex(t => t.Type == TokenType.Argument && LooksLikeOption(t.Value));
        if (at < 0) return null;
        var stray = tokens[at].Value;
        var open = verb.Options.FirstOrDefault(o => o.Name == tokens[at - 1].Value);
        return open is not null && verb.Options.Any(o => o.Name == stray)
            ? NeedsValue(open)
            : Explain($"{name} has no option {Offer.Quote(stray)}.", stray, verb.Options.Select(o => o.Name));
    }

    static bool LooksLikeOption(string word) => word is ['-', var second, ..] && (second == '-' || char.IsLetter(second));

    static bool IsMissing(ParseError error) =>
        error.SymbolResult is ArgumentResult { Tokens: [] } or OptionResult { IdentifierToken: null, Tokens: [] };

    IEnumerable<string> Missing()
    {
        foreach (var result in parsed.Errors.Select(e => e.SymbolResult))
        {
            if (result is ArgumentResult { Tokens: [] } argument)
                yield return $"`{Usage.Of(argument.Argument)}`, {argument.Argument.Description}";
            if (result is OptionResult { IdentifierToken: null, Tokens: [] } option) yield return $"`{Usage.Of(option.Option)}`";
        }
    }

    Func<Message> TooMuch(string surplus)
    {
        var below = verb.Verbs.Where(v => v.IsOffered(rights));
        return Explain($"{Offer.Quote(surplus)} is more than {name} takes.", surplus, below.Select(v => v.Name));
    }

    Func<Message> NeedsValue(Option option) => Explain($"`{option.Name}` needs a value, `{option.HelpName}`: {option.Description}.");

    Func<Message> WrongValue(string what, Symbol symbol, string typed, string allowed)
    {
        var values = symbol.GetCompletions(CompletionContext.Empty).Where(c => c.Kind is null || !Values.Sources.Contains(c.Kind));
        return Explain($"{what} takes {allowed}, not {Offer.Quote(typed)}.", typed, values.Select(c => c.Label));
    }

    /// <param name="instead">Words of which one may have been meant by the one that is <paramref name="wrong"/>.</param>
    Func<Message> Explain(string what, string? wrong = null, IEnumerable<string>? instead = null) => () =>
    {
        var at = line.Words.ToList().FindIndex(w => w.Text.Equals(wrong, StringComparison.OrdinalIgnoreCase));
        var meant = at < 0 ? [] : Nearest.Of(wrong!, instead ?? [], word => [word]);
        var corrected = meant.Select(word => new[] { line.Replace(at, word), $"{verb.Path} {word}" });
        return new Message(
        [
            new Block.Text(what),
            new Block.Text($"For example: {grammar.Code(verb.Examples[^1])}"),
            .. Offer.DidYouMean(grammar, rights, corrected),
            new Block.Context($"{grammar.Code($"help {verb.Path}")} tells more."),
        ]);
    };
}
