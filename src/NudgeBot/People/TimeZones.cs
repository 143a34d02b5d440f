using System.Collections.Frozen;
using NodaTime;
using NodaTime.TimeZones;

namespace NudgeBot.People;

/// <summary>The time zones of the IANA database, by their exact names.</summary>
static class TimeZones
{
    static readonly FrozenSet<string> Ids = DateTimeZoneProviders.Tzdb.Ids.ToFrozenSet();

    /// <summary>Places are what people mistype; the rest are abbreviations and offsets, which are near to everything.</summary>
    static readonly string[] Places = [.. Ids.Where(id => id.Contains('/') && !id.StartsWith("Etc/")).Order(StringComparer.Ordinal)];

    static readonly ILookup<string, string> ByCity = Places.ToLookup(id => id[(id.LastIndexOf('/') + 1)..]);

    static readonly FrozenDictionary<string, string> Windows =
        TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Asked of the list: the provider itself also makes zones of names like UTC+3, which PostgreSQL reads the other way round.</summary>
    public static bool Exists(string id) => Ids.Contains(id);

    /// <param name="name">IANA's, or Windows' own.</param>
    /// <returns>Null for what is neither.</returns>
    public static string? Named(string name) => Exists(name) ? name : Windows.GetValueOrDefault(name);

    public static string Suggestion(string typed)
    {
        if (Windows.TryGetValue(typed, out var iana)) return $"That is Windows' name; the IANA name is {iana}.";
        return Near(typed) is { Length: > 0 } near ? $"Did you mean {string.Join(" or ", near)}?" : "Write an IANA name, like Europe/Berlin.";
    }

    static string[] Near(string typed)
    {
        typed = typed.Replace(' ', '_');
        if (Nearest.To(typed, Places) is { } place) return [place];
        var city = Nearest.To(typed[(typed.LastIndexOf('/') + 1)..], ByCity.Select(c => c.Key));
        return city is null ? [] : [.. ByCity[city].Take(3)];
    }
}
