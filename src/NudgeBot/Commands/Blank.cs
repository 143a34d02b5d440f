using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using NudgeBot.Chat;
using Option = System.CommandLine.Option;

namespace NudgeBot.Commands;

/// <summary>A command whose form is to be filled in: what the line says already, and what it leaves open.</summary>
/// <param name="Arguments">Those that the line has.</param>
/// <param name="Begun">The line so far, which the form's fields go on with.</param>
public sealed record Blank(string Command, IReadOnlyList<string> Arguments, string Begun, string Title, string Submit, Look? Look, IReadOnlyList<Gap> Gaps)
{
    internal static Blank Of(Verb verb, VerbForm form, ParseResult parsed)
    {
        var given = verb.Arguments.Select(argument => (Argument: argument, Words: WordsOf(parsed.GetResult(argument)))).ToList();
        var hidden = form.Hidden.Select(option => (Option: option, Words: WordsOf(parsed.GetResult(option)))).Where(one => one.Words.Count > 0);
        var begun = given.SelectMany(one => one.Words).Concat(hidden.SelectMany(one => one.Words.Prepend(one.Option.Name)));
        return new Blank(verb.Path, [.. given.SelectMany(one => one.Words)], LineOf(begun) is { Length: > 0 } rest ? $"{verb.Path} {rest}" : verb.Path, form.Title, form.Submit, form.Look,
        [
            .. given.Where(one => one.Words.Count == 0).Select(one => Gap.Of(one.Argument) with { TakesFile = verb.TakesFile }),
            .. verb.Options.Except(form.Hidden).Where(option => !option.Recursive).Select(option => Gap.Of(option, WordsOf(parsed.GetResult(option)))),
        ]);
    }

    /// <summary>The words of the line that the filled-in form stands for.</summary>
    /// <param name="begun">As it was given out with the form.</param>
    /// <param name="values">By the gap's name; what is empty is left out.</param>
    /// <returns>Null where it is no command any more.</returns>
    public static IReadOnlyList<string>? Fill(string begun, IReadOnlyDictionary<string, string> values)
    {
        var words = Line.OfChat(begun).Words.Select(word => word.Text).ToList();
        var verb = Grammar.Chat.RouteOf(words).Verb;
        if (verb.Request is null) return null;
        string Value(string name) => values.GetValueOrDefault(name, "").Trim();
        words.AddRange(verb.Arguments.Select(argument => Value(argument.Name)).Where(value => value.Length > 0));
        foreach (var option in verb.Options)
        {
            var value = Value(option.Name);
            if (value.Length == 0 && values.ContainsKey(option.Name) && option is Values.ListOfOption { Emptied: { } emptied }) words.AddRange([option.Name, emptied]);
            else if (option.Arity.MaximumNumberOfValues > 0) words.AddRange(value.Length > 0 ? [option.Name, value] : []);
            else if (value == Gap.Yes) words.Add(option.Name);
        }
        return words;
    }

    /// <summary>To be typed another time: what was looked at then is another.</summary>
    public static string LineToKeep(IReadOnlyList<string> words)
    {
        var seen = words.ToList().IndexOf(Values.BasedOnName);
        return LineOf(seen < 0 ? words : [.. words.Take(seen), .. words.Skip(seen + 2)]);
    }

    /// <summary>As somebody would type them.</summary>
    public static string LineOf(IEnumerable<string> words) => string.Join(' ', words.Select(Quoted));

    static string Quoted(string word) =>
        word.Length > 0 && !word.Any(char.IsWhiteSpace) && Typography.PlainQuote(word[0]) is not ('"' or '\'') ? word
        : word.Contains('"') ? $"'{word}'" : $"\"{word}\"";

    static List<string> WordsOf(SymbolResult? result) => result is null or OptionResult { Implicit: true } ? [] : [.. result.Tokens.Select(token => token.Value)];
}

/// <summary>What the line leaves open.</summary>
/// <param name="Name">Of the argument or option.</param>
/// <param name="Given">What the line says of it already, to be changed; empty: nothing.</param>
/// <param name="Words">What is chosen from; empty: anything.</param>
/// <param name="Source">A kind of <see cref="Values"/> that stands for words that only the database knows; null: none.</param>
public sealed record Gap(string Name, string Label, string Hint, bool Required, string Given, IReadOnlyList<string> Words, string? Source, bool IsLong)
{
    /// <summary>The hint where it is several that are chosen; null: it takes one.</summary>
    public string? HintOfList { get; init; }

    /// <summary>A file is as good as what is typed.</summary>
    public bool TakesFile { get; init; }

    public const string Yes = "yes";

    internal static Gap Of(Argument argument) => Of(argument, argument.HelpName ?? argument.Name, argument.Arity.MinimumNumberOfValues > 0, "");

    internal static Gap Of(Option option, List<string> given)
    {
        var isFlag = option.Arity.MaximumNumberOfValues == 0;
        var gap = Of(option, option.Name.TrimStart('-'), option.Required, isFlag && given.Count > 0 ? Yes : given.FirstOrDefault() ?? "");
        return isFlag ? gap with { Words = [Yes] } : gap;
    }

    static Gap Of(Symbol symbol, string label, bool required, string given)
    {
        var choices = symbol.GetCompletions(CompletionContext.Empty).ToList();
        var source = choices.Find(choice => choice.Kind is { } kind && Values.Sources.Contains(kind))?.Kind;
        var name = label.ToLowerInvariant().Replace('-', ' ');
        return new Gap(
            symbol.Name, string.Concat(name[..1].ToUpperInvariant(), name[1..]), Values.HintOf(symbol), required, given,
            source is null ? [.. choices.Select(choice => choice.Label)] : [], source, Values.IsLong(symbol))
        {
            HintOfList = (symbol as Values.ListOfOption)?.Choosing,
        };
    }
}
