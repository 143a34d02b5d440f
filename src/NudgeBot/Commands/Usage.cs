using System.CommandLine;

namespace NudgeBot.Commands;

/// <summary>How a command is written: <c>retention --campaign KEY [--by role|team]</c>.</summary>
static class Usage
{
    public static string Of(Verb verb, Needs rights)
    {
        if (verb.IsGroup)
        {
            var below = verb.Verbs.Where(v => v.IsOffered(rights)).Select(v => v.Name);
            return $"{verb.Path} {string.Join('|', below)}".TrimStart();
        }
        var arguments = verb.Arguments.Select(a => a.Arity.MinimumNumberOfValues > 0 ? Of(a) : $"[{Of(a)}]");
        var options = verb.Options.Where(o => !o.Hidden).Select(o => o.Required ? Of(o) : $"[{Of(o)}]");
        return string.Join(' ', arguments.Concat(options).Prepend(verb.Path));
    }

    public static string Of(Argument argument) => argument.HelpName ?? argument.Name;

    public static string Of(Option option) => option.Arity.MaximumNumberOfValues == 0 ? option.Name : $"{option.Name} {option.HelpName}";
}
