using System.Collections.Frozen;
using NodaTime.TimeZones;

namespace NudgeBot.People;

/// <summary>
/// The countries by their ISO 3166 codes of two letters, as the time zone database lists them: all where somebody lives.
/// (<c>RegionInfo</c> knows none in a program without culture data.)
/// </summary>
static class Countries
{
    static readonly FrozenDictionary<string, string> CodeByName = TzdbDateTimeZoneSource.Default.ZoneLocations!
        .DistinctBy(l => l.CountryCode)
        .ToFrozenDictionary(l => l.CountryName, l => l.CountryCode, StringComparer.OrdinalIgnoreCase);

    static readonly FrozenDictionary<string, string> NameByCode = CodeByName.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    public static bool Exists(string code) => NameByCode.ContainsKey(code);

    /// <summary>In English; the code itself where nobody lives there.</summary>
    public static string NameOf(string code) => NameByCode.GetValueOrDefault(code) ?? code;

    public static string Suggestion(string typed) =>
        typed.Equals("UK", StringComparison.OrdinalIgnoreCase) ? "The United Kingdom is GB."
        : Nearest.To(typed, CodeByName.Keys) is { } name && typed.Length > 2 ? $"{name} is {CodeByName[name]}."
        : "Write the ISO 3166 code of two letters, like DE.";
}
