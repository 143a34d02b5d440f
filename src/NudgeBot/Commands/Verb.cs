using System.CommandLine;

namespace NudgeBot.Commands;

/// <summary>
/// A word of the grammar: a command with the request it makes, or a group of commands, or both (<c>resume</c> and <c>resume all</c>).
/// </summary>
sealed class Verb : Command
{
    /// <summary>A command, with its arguments, options and commands below it.</summary>
    public Verb(string name, Needs needs, Func<ParseResult, CommandRequest> request, params IEnumerable<Symbol> takes)
        : this(name, needs, takes)
    {
        Request = request;
        // Never run, as nothing is ever invoked. Without it the parser calls "resume" incomplete, because of "resume all".
        SetAction(_ => { });
    }

    /// <summary>A group; it is for whoever may give one of its commands.</summary>
    public Verb(string name, params IReadOnlyCollection<Verb> verbs) : this(name, verbs.Min(v => v.Needs), verbs)
    {
    }

    /// <summary>Help: it makes a page, about the words that it takes.</summary>
    public Verb(string name, Argument<string[]> about) : this(name, Needs.Person, [about]) => IsHelp = true;

    Verb(string name, Needs needs, IEnumerable<Symbol> takes) : base(name)
    {
        Needs = needs;
        foreach (var symbol in takes)
        {
            switch (symbol)
            {
                case Argument argument: Add(argument); break;
                case Option option: Add(option); break;
                case Verb verb: Add(verb); break;
                default: throw new ArgumentException($"{symbol.GetType().Name} cannot be part of a command.", nameof(takes));
            }
        }
    }

    public Needs Needs { get; }

    /// <summary>Null: a group, or help.</summary>
    public Func<ParseResult, CommandRequest>? Request { get; }

    public bool IsHelp { get; }

    public bool IsGroup => Request is null && !IsHelp;

    /// <summary>Lines without the program's name. Errors quote the last one, so it shows what the command takes.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>What people type when they mean this one. Never obeyed, only answered with the right word.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>What follows is one text, taken as it was typed: no options, no quoting.</summary>
    public bool TakesText { get; init; }

    /// <summary>In chat a file can come with it: what stands in it is the argument.</summary>
    public bool TakesFile { get; init; }

    /// <summary>In chat a form asks for what the command takes; null: it has none.</summary>
    public VerbForm? Form { get; init; }

    /// <summary>The command or group that this one is below; null: the root.</summary>
    public Verb? Above => Parents.OfType<Verb>().SingleOrDefault();

    public IEnumerable<Verb> Verbs => Subcommands.OfType<Verb>();

    /// <summary>The words that lead here, without the program's name.</summary>
    public string Path => Above is { } above ? $"{above.Path} {Name}".TrimStart() : "";

    /// <summary>Named to somebody who may look around. What is <see cref="Symbol.Hidden"/> is understood, and told where it is needed.</summary>
    public bool IsOffered(Needs rights) => !Hidden && Needs <= rights && (!IsGroup || Verbs.Any(verb => verb.IsOffered(rights)));

    public IEnumerable<Verb> Below() => Verbs.SelectMany(v => v.Below().Prepend(v));
}
