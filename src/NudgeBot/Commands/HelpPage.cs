using NudgeBot.Chat;

namespace NudgeBot.Commands;

/// <summary>What the grammar, a group or a command offers to somebody with these rights.</summary>
static class HelpPage
{
    public static Message Of(Grammar grammar, Verb verb, Needs rights) =>
        verb.IsGroup ? Group(grammar, verb, rights) : Command(grammar, verb, rights);

    static Message Group(Grammar grammar, Verb group, Needs rights)
    {
        var commands = Listed(group, rights).ToList();
        return new Message(
        [
            new Block.Text(group.Description!),
            .. List("", commands.Select(v => $"{grammar.Code(Usage.Of(v, rights))}: {v.Description}")),
            .. List("", ValuesOf(group)),
            new Block.Context($"{grammar.Code($"help {commands[0].Path}")} explains one of them."),
        ]);
    }

    static Message Command(Grammar grammar, Verb command, Needs rights) => new(
    [
        new Block.Text($"{grammar.Code(Usage.Of(command, rights))}\n{command.Description}"),
        .. List("", ValuesOf(command)),
        .. List("For example:", command.Examples.Select(grammar.Code)),
        .. List("See also:", Listed(command, rights).Select(v => $"{grammar.Code(v.Path)}: {v.Description}")),
    ]);

    /// <summary>A group is one line; a command that is a group as well is followed by what is below it.</summary>
    static IEnumerable<Verb> Listed(Verb within, Needs rights) => within.Verbs.Where(v => v.IsOffered(rights))
        .SelectMany(v => v.IsGroup ? [v] : Listed(v, rights).Prepend(v));

    static IEnumerable<string> ValuesOf(Verb verb) => verb.Arguments.Select(a => $"`{Usage.Of(a)}`: {a.Description}")
        .Concat(verb.Options.Where(o => !o.Hidden).Select(o => $"`{Usage.Of(o)}`: {o.Description}"));

    static IEnumerable<Block> List(string title, IEnumerable<string> lines)
    {
        var items = lines.Select(l => $"- {l}").ToList();
        if (items.Count > 0) yield return new Block.Text($"{title}\n{string.Join('\n', items)}".TrimStart());
    }
}
