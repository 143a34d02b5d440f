using System.CommandLine;
using System.CommandLine.Parsing;
using NudgeBot.Chat;
using Option = System.CommandLine.Option;

namespace NudgeBot.Commands;

/// <summary>The form of a command: a field for each thing that the command takes and the line does not say yet.</summary>
/// <param name="Title">At most 24 characters.</param>
/// <param name="Submit">At most 24 characters.</param>
sealed record VerbForm(string Title, string Submit)
{
    /// <summary>Options of which at least one must be there: without any, the form is asked for. Empty: only what is required counts.</summary>
    public IReadOnlyList<Option> OneOf { get; init; } = [];

    /// <summary>What the form does not ask for, as it is for lines alone.</summary>
    public IReadOnlyList<Option> Hidden { get; init; } = [];

    /// <summary>What can be asked of it before it is sent; null: nothing. What is said is for whoever opens the form.</summary>
    public Look? Look { get; init; }

    public bool IsAskedFor(ParseResult parsed) => OneOf.Count > 0 && OneOf.All(option => parsed.GetResult(option) is null or { Implicit: true });
}
