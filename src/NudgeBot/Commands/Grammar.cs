using System.Collections.Frozen;
using System.CommandLine;
using NudgeBot.Chat;

namespace NudgeBot.Commands;

/// <summary>
/// The commands of one place, read from text. Reading is pure: nothing is run, written to the console or looked up in a file.
/// </summary>
public sealed class Grammar
{
    /// <summary>Of a line of chat: no command is that long, and it bounds the work that a pasted document makes.</summary>
    public const int MaxLength = 4_000;

    const int MostWordsOfASlip = 4;

    public static readonly Grammar Chat = new(Roots.Chat(), "/nudge");
    public static readonly Grammar Terminal = new(Roots.Terminal(), "nudgebot");

    /// <summary>The first words of lines that may be answered with a form.</summary>
    public static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> FirstWordsOfForms = Chat.Root.Verbs
        .Where(verb => verb.Name == "win" || verb.Below().Prepend(verb).Any(one => one.Form is not null)).Select(verb => verb.Name).Append("nudge").Append("/nudge")
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    readonly string prompt;

    Grammar(Verb root, string prompt)
    {
        Root = root;
        this.prompt = prompt;
    }

    internal Verb Root { get; }

    internal Grammar Elsewhere => this == Chat ? Terminal : Chat;

    /// <param name="text">The words typed to the bot, without its mention; <c>/nudge</c> may still stand before them.</param>
    public Reading Read(string text, Needs rights)
    {
        if (text.Length > MaxLength)
            return new Reading.Rejected(Message.Say($"That is too long for me: a command has at most {MaxLength:N0} characters."));
        return Judge(text, rights).Reading;
    }

    /// <summary>A line that a file came with. One that has no use for a file is read without it.</summary>
    /// <param name="file">What stands in it.</param>
    public Reading Read(string text, string file, Needs rights)
    {
        if (text.Length > MaxLength || !TakesFile(text)) return Read(text, rights);
        var route = RouteOf(LineOf(text).Words.Select(word => word.Text));
        // Of a text, the file is all: what else was written behind the command is what people call it.
        return Read([.. route.Words.Take(route.Next), file, .. route.Verb.TakesText ? [] : route.Words.Skip(route.Next)], rights);
    }

    /// <summary>Whether the line is a command that has a use for a file.</summary>
    public bool TakesFile(string text) => VerbOf(text) is { TakesFile: true };

    /// <summary>Whether the line is a command that is about somebody.</summary>
    public bool NamesPeople(string text) => VerbOf(text) is { } verb && verb.Arguments.Cast<Symbol>().Concat(verb.Options).Any(Values.IsPerson);

    /// <summary>Words that are told apart already, by a shell or by the fields of a form.</summary>
    public Reading Read(IReadOnlyList<string> arguments, Needs rights) => new Reader(this, Line.OfArguments(arguments), rights).Judge().Reading;

    /// <summary>The terminal's arguments, given by whoever may run the program: an operator.</summary>
    public Reading Read(IReadOnlyList<string> arguments) => Read(arguments, Needs.Operator);

    /// <summary>What to say to a few words that are no command, and that look as if one was meant: a slip of the finger, or a value that it does not take.</summary>
    /// <returns>Null: they are a command, or somebody tells something in their own words.</returns>
    public Message? Doubt(string text, Needs rights)
    {
        if (text.Length > MaxLength) return null;
        var words = Line.OfChat(text).Words;
        if (words is not [var first, ..]) return null;
        return IsOfficial(first.Text, rights) || (words.Count <= MostWordsOfASlip && IsLikeCommand(first.Text, isAlone: words.Count == 1, rights))
            ? Judge(text, rights).Reason?.Invoke() switch
            {
                Reading.Rejected rejected => rejected.Message,
                Reading.Forbidden forbidden => forbidden.Message,
                _ => null,
            }
            : null;
    }

    /// <summary>A line that begins like this is long when it is right, and so it is when it is wrong.</summary>
    bool IsOfficial(string word, Needs rights) =>
        Root.Verbs.Any(verb => verb.Needs > Needs.Person && verb.Needs <= rights && verb.Name.Equals(word, StringComparison.OrdinalIgnoreCase));

    /// <param name="isAlone">What else a command is called counts too: in a sentence, such words mean what they say, and so do the shortest.</param>
    bool IsLikeCommand(string word, bool isAlone, Needs rights)
    {
        var allowed = Root.Verbs.Where(verb => verb.Needs <= rights).ToList();
        return (isAlone || word.Length > 2) && Nearest.Of(word, allowed, verb => [verb.Name]).Count > 0
            || isAlone && allowed.Any(verb => verb.Also.Contains(word, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>What may stand where the cursor is.</summary>
    /// <param name="known">The words of a kind that only the database knows, such as the keys of campaigns; asked only where they are expected.</param>
    public IReadOnlyList<Suggestion> Complete(string text, int cursor, Needs rights, Func<string, IEnumerable<string>>? known = null) =>
        new Completion(this, rights, known ?? (_ => [])).At(text[..Math.Clamp(cursor, 0, text.Length)]);

    /// <summary>A line as it is given here, in Markdown; what was typed cannot end the code span.</summary>
    internal string Code(string line)
    {
        var given = $"{prompt} {line}".TrimEnd().Replace('`', '\'').Replace('\n', ' ');
        return $"`{given}`";
    }

    internal Route RouteOf(IEnumerable<string> words) => Route.Of(Root, words);

    internal bool IsOwnName(string word) => word.TrimStart('/').Equals(Root.Name, StringComparison.OrdinalIgnoreCase);

    internal bool Understands(string text, Needs rights) => Judge(text, rights).Understood is not null;

    Judgement Judge(string text, Needs rights) => new Reader(this, LineOf(text), rights).Judge();

    /// <returns>Null for what is too long to be read.</returns>
    Verb? VerbOf(string text) => text.Length > MaxLength ? null : RouteOf(LineOf(text).Words.Select(word => word.Text)).Verb;

    /// <summary>Without the program's name.</summary>
    Line LineOf(string text)
    {
        var line = Line.OfChat(text);
        return line.Words is [var first, ..] && IsOwnName(first.Text) ? Line.OfChat(line.Text[first.End..]) : line;
    }
}
