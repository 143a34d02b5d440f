using System.CommandLine;

namespace NudgeBot.Commands;

/// <summary>How far the words of a line lead into the grammar.</summary>
/// <param name="Words">All of them, commands and options in the grammar's own letters.</param>
/// <param name="Next">The first word that names no command.</param>
sealed record Route(Verb Verb, IReadOnlyList<string> Words, int Next)
{
    public bool IsWhole => Next >= Words.Count;

    public static Route Of(Verb root, IEnumerable<string> typed)
    {
        var words = typed.Select(InLowerCaseIfOption).ToList();
        var (verb, next) = (root, 0);
        while (next < words.Count)
        {
            if (verb.Verbs.FirstOrDefault(v => v.Name.Equals(words[next], StringComparison.OrdinalIgnoreCase)) is { } below)
            {
                words[next++] = below.Name;
                verb = below;
            }
            else if (OptionOfAll(root, words[next]) is { } length && verb.Verbs.Any())
            {
                next += length;
            }
            else
            {
                break;
            }
        }
        return new Route(verb, words, Math.Min(next, words.Count));
    }

    /// <summary>How many words an option takes that may stand between the commands.</summary>
    static int? OptionOfAll(Verb root, string word)
    {
        var option = root.Options.FirstOrDefault(o => o.Recursive && o.Name == word.Split('=', ':')[0]);
        return option is null ? null : option.Name == word ? 2 : 1;
    }

    static string InLowerCaseIfOption(string word)
    {
        if (!word.StartsWith("--")) return word;
        var value = word.IndexOfAny(['=', ':']);
        return value < 0 ? word.ToLowerInvariant() : word[..value].ToLowerInvariant() + word[value..];
    }
}
