using NudgeBot.Chat;

namespace NudgeBot.Commands;

/// <summary>Lines that would be understood, as text and as buttons.</summary>
static class Offer
{
    /// <summary>The action id of a button whose payload is a line to read.</summary>
    public const string ActionId = "command";

    const int LongestPayload = 2_000;
    const int LongestLabel = 75;

    /// <param name="choices">For each thing that may be meant, lines for it; the first that is understood is offered.</param>
    public static IEnumerable<Block> DidYouMean(Grammar grammar, Needs rights, IEnumerable<IReadOnlyList<string>> choices)
    {
        var lines = choices.Select(c => c.FirstOrDefault(line => IsUnderstood(grammar, line, rights))).OfType<string>().Distinct().ToList();
        if (lines.Count == 0) yield break;
        yield return new Block.Text(lines is [var one]
            ? $"Did you mean {grammar.Code(one)}?"
            : $"Did you mean one of these? {string.Join(", ", lines.Select(grammar.Code))}");
        yield return Buttons(lines);
    }

    public static Block Buttons(IEnumerable<string> lines) =>
        new Block.Buttons([.. lines.Select(line => new Button(ActionId, line, Typography.Cut(line, LongestLabel)))]);

    /// <summary>What somebody typed, short enough and harmless in Markdown.</summary>
    public static string Quote(string typed) => $"“{Markdown.Escape(Typography.Cut(typed, 40))}”";

    static bool IsUnderstood(Grammar grammar, string line, Needs rights) =>
        line.Length <= LongestPayload && grammar.Understands(line, rights);
}
