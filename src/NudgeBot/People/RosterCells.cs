using System.Text.RegularExpressions;
using NodaTime;
using NudgeBot.Files;

namespace NudgeBot.People;

/// <summary>What a cell says, or what is wrong with it and what to do.</summary>
readonly record struct Cell<T>(T? Value, string? Wrong = null, string Remedy = "");

/// <summary>How the cells of a roster are read; each takes the trimmed text.</summary>
static partial class RosterCells
{
    /// <summary>Of somebody new of whom nobody knows it yet.</summary>
    public const string DefaultZone = "UTC", DefaultLocale = "en";

    /// <summary>PostgreSQL keeps no zero byte, and no name needs a control character.</summary>
    public static Cell<string> Text(string text) =>
        text.Any(char.IsControl) ? new("", "holds a line break or a control character.", "Write it on one line.") : new(text);

    public static Cell<string> Email(string text) =>
        text.Length == 0 ? new(null, "is empty.", "Every person needs an e-mail address.")
        : EmailAddress.IsValid(text) ? new(EmailAddress.Normal(text))
        : new(null, $"'{text}' is not an e-mail address.", "Write it like anna@example.com.");

    public static Cell<string> Zone(string text) =>
        text.Length == 0 ? new(DefaultZone)
        : TimeZones.Exists(text) ? new(text)
        : new(null, $"'{text}' is not a time zone.", TimeZones.Suggestion(text));

    public static Cell<string?> Country(string text) =>
        text.Length == 0 ? new(null)
        : Countries.Exists(text) ? new(text.ToUpperInvariant())
        : new(null, $"'{text}' is not a country's ISO code.", Countries.Suggestion(text));

    public static Cell<string> Locale(string text) =>
        text.Length == 0 ? new(DefaultLocale)
        : LanguageAndRegion().Match(text) is { Success: true } match
            ? new(match.Groups["region"] is { Success: true } region
                ? $"{match.Groups["language"].Value.ToLowerInvariant()}-{region.Value.ToUpperInvariant()}"
                : text.ToLowerInvariant())
        : new(null, $"'{text}' is not a locale.", "Write a language, like en, or a language and a region, like de-AT.");

    public static Cell<string?> Login(string text) =>
        text.Length == 0 ? new(null)
        : GithubName().IsMatch(text) ? new(text)
        : new(null, $"'{text}' is not a GitHub login.", "Write the bare login, without @ and without address.");

    public static Cell<LocalDate?> Date(string text) =>
        text.Length == 0 ? new(null)
        : IsoDate.Parse(text) is { } date ? new(date)
        : new(null, $"'{text}' is not a date.", IsoDate.Remedy);

    public static Cell<bool> Flag(string text) => text.ToLowerInvariant() switch
    {
        "" or "no" or "false" or "0" => new(false),
        "yes" or "true" or "1" => new(true),
        _ => new(false, $"'{text}' is neither yes nor no.", "Write yes or no."),
    };

    [GeneratedRegex("^(?<language>[a-z]{2,3})(-(?<region>[a-z]{2}))?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex LanguageAndRegion();

    // Logins of managed users end in _company.
    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,99}$", RegexOptions.IgnoreCase)]
    private static partial Regex GithubName();
}
