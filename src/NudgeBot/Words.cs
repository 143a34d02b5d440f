using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace NudgeBot;

/// <summary>
/// The written form of every closed set: <c>SkipReason.OptedOut</c> is <c>opted-out</c> in files, in the database, in CSV and in chat;
/// a number stands apart as well: <c>GuideChoice.Day1</c> is <c>day-1</c>.
/// </summary>
public static class Words
{
    static readonly ConcurrentDictionary<Enum, string> Written = new();

    public static string Of(Enum value) => Written.GetOrAdd(value, static v => Kebab(v.ToString()));

    public static IEnumerable<string> All<T>() where T : struct, Enum => Enum.GetValues<T>().Select(v => Of(v));

    /// <exception cref="FormatException">The word is not one of the set; the message lists the set.</exception>
    public static T Parse<T>(string word) where T : struct, Enum =>
        TryParse(word, out T value) ? value : throw new FormatException($"'{word}' is not one of: {string.Join(", ", All<T>())}.");

    public static bool TryParse<T>([NotNullWhen(true)] string? word, out T value) where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (!Of(candidate).Equals(word, StringComparison.OrdinalIgnoreCase)) continue;
            value = candidate;
            return true;
        }
        value = default;
        return false;
    }

    static string Kebab(string name)
    {
        var kebab = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var startsNumber = char.IsDigit(name[i]) && i > 0 && !char.IsDigit(name[i - 1]);
            if (i > 0 && (char.IsUpper(name[i]) || startsNumber)) kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(name[i]));
        }
        return kebab.ToString();
    }
}
