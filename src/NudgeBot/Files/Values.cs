using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace NudgeBot.Files;

/// <summary>
/// Reads single values. What cannot be read is reported with what is allowed, and a stand-in returned: see <see cref="Node.Missing"/>.
/// </summary>
sealed partial class Values(FileErrors errors)
{
    static readonly LocalTimePattern HourAndMinute = LocalTimePattern.CreateWithInvariantCulture("H:mm");

    /// <summary>One line of text.</summary>
    public string Line(Node node)
    {
        if (node is not Node.Word word) return Wrong(node, "text was expected; text with braces or brackets needs quotes.", "");
        if (string.IsNullOrWhiteSpace(word.Text)) return Wrong(node, "is empty.", "");
        return word.Text.Any(IsLineBreakOrControl) ? Wrong(node, "must be one line.", "") : word.Text;
    }

    public string Key(Node node) =>
        Matching(node, Kebab(), "must be lower-case letters and digits with single hyphens, at most 60, like day-3-check-in.");

    public string Email(Node node) => Matching(node, EmailAddress(), "must be an e-mail address.").ToLowerInvariant();

    public string Matching(Node node, Regex pattern, string rule)
    {
        var text = Line(node);
        return text.Length == 0 || pattern.IsMatch(text) ? text : Wrong(node, $"'{text}' {rule}", "");
    }

    /// <param name="orElse">A word that the caller takes besides numbers, for the message.</param>
    public int Number(Node node, int min, int max, string? orElse = null) =>
        int.TryParse(Line(node), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : WrongText(node, $"is not a whole number from {min} to {max}{(orElse is null ? "" : $", or {orElse}")}.", min);

    public LocalDate Date(Node node) =>
        LocalDatePattern.Iso.Parse(Line(node)) is { Success: true } date
            ? date.Value
            : WrongText(node, "is not a date like 2027-01-11.", default(LocalDate));

    /// <summary>Null where the time has been reported.</summary>
    public LocalTime? Time(Node node) =>
        HourAndMinute.Parse(Line(node)) is { Success: true } time
            ? time.Value
            : WrongText<LocalTime?>(node, "is not a time of day from 00:00 to 23:59.", null);

    public bool Flag(Node node) => OneOf(node, ["true", "false"]) == "true";

    public T OneOf<T>(Node node) where T : struct, Enum => Words.TryParse(OneOf(node, [.. Words.All<T>()]), out T value) ? value : default;

    public string OneOf(Node node, IReadOnlyList<string> allowed)
    {
        var text = Line(node);
        if (text.Length == 0 || allowed.Contains(text)) return text;
        var near = Nearest.To(text, allowed) is { } word ? $" Did you mean '{word}'?" : "";
        return Wrong(node, $"'{text}' is not one of: {string.Join(", ", allowed)}.{near}", "");
    }

    /// <summary>A single word may stand for a list of one.</summary>
    public IReadOnlyList<T> List<T>(Node node, Func<Node, T> read, int atMost = int.MaxValue, int atLeast = 1)
    {
        if (node is Node.Word) return [read(node)];
        if (node is not Node.List list) return Wrong<IReadOnlyList<T>>(node, "a list was expected.", []);
        if (list.Items.Count < atLeast) errors.Add(node, "the list is empty.");
        if (list.Items.Count > atMost) errors.Add(node, $"has {list.Items.Count} entries; at most {atMost} are allowed.");
        return [.. list.Items.Take(atMost).Select(read)];
    }

    public T Wrong<T>(Node node, string message, T standIn)
    {
        errors.Add(node, message);
        return standIn;
    }

    /// <summary>For text that is not of its kind; what is no text at all has been reported by <see cref="Line"/>.</summary>
    T WrongText<T>(Node node, string message, T standIn) =>
        node is Node.Word { Text: var text } && !string.IsNullOrWhiteSpace(text) ? Wrong(node, $"'{text}' {message}", standIn) : standIn;

    static bool IsLineBreakOrControl(char letter) => char.IsControl(letter) || letter is '\u2028' or '\u2029';

    [GeneratedRegex("^(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Kebab();

    [GeneratedRegex(@"^[^\s@]+@[^\s@]+$")]
    private static partial Regex EmailAddress();
}
