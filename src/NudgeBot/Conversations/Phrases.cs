using System.Collections.Frozen;
using NudgeBot.Guides;
using YamlDotNet.Serialization;

namespace NudgeBot.Conversations;

/// <summary>What the bot itself says, by locale: the full tag, else its language, else English.</summary>
public static class Phrases
{
    static readonly FrozenDictionary<string, FrozenDictionary<string, string>> ByLocale = Load();

    public static IEnumerable<string> Locales => ByLocale.Keys;

    public static IEnumerable<string> Keys(string locale) => ByLocale[locale].Keys;

    /// <exception cref="KeyNotFoundException">No such phrase: a mistake in the program, which a test finds.</exception>
    public static string Say(string locale, string key, params (string Name, string Value)[] values)
    {
        var text = Of(locale)[key];
        return values.Length == 0 ? text : Placeholders.Fill(text, values.ToDictionary(value => value.Name, value => value.Value));
    }

    /// <summary>For keys that depend on what a company's own files add; null where there is no such phrase.</summary>
    public static string? Find(string locale, string key) => Of(locale).GetValueOrDefault(key);

    static FrozenDictionary<string, string> Of(string locale) =>
        ByLocale.GetValueOrDefault(locale) ?? ByLocale.GetValueOrDefault(Language(locale)) ?? ByLocale["en"];

    static string Language(string locale) => locale.Split('-')[0];

    static FrozenDictionary<string, FrozenDictionary<string, string>> Load()
    {
        var yaml = new DeserializerBuilder().Build();
        var assembly = typeof(Phrases).Assembly;
        var loaded = new Dictionary<string, FrozenDictionary<string, string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith("phrases.")))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            loaded[resource.Split('.')[1]] = yaml.Deserialize<Dictionary<string, string>>(reader).ToFrozenDictionary();
        }
        return loaded.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
