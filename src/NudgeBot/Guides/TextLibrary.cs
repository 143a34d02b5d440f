using NudgeBot.Campaigns;
using NudgeBot.Files;

namespace NudgeBot.Guides;

/// <summary>All texts of the guides folder, read once: <c>locale/role/name.md</c> and <c>locale/role/chores/key.md</c>.</summary>
public sealed class TextLibrary
{
    readonly Dictionary<string, GuideText> guides = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, List<ChoreText>> chores = new(StringComparer.OrdinalIgnoreCase);
    readonly List<FileError> malformed = [];

    public TextLibrary(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories).Order())
            Add(Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText(path));
    }

    /// <summary>Malformed files; they are left out.</summary>
    public IReadOnlyList<FileError> Errors => malformed;

    public IReadOnlyList<string> Locales => [.. guides.Keys.Select(place => place.Split('/')[0]).Distinct().Order()];

    /// <summary>Those with texts of their own, in any locale; besides them there is everybody else, <c>any</c>.</summary>
    public IReadOnlyList<string> Roles =>
        [.. guides.Keys.Select(place => place.Split('/')[1]).Distinct().Where(role => role != Places.AnyRole).Order()];

    /// <summary>The person's own locale and role first, then the fallback's patterns in order; null only if none of these exists.</summary>
    /// <param name="role">Empty where it is unknown.</param>
    /// <param name="own">A campaign's words by <c>locale/role/name</c>; null: none.</param>
    public FoundText? Find(string name, string locale, string role, IReadOnlyList<string> fallback, IReadOnlyDictionary<string, OwnText>? own = null)
    {
        var places = Places.For(locale, role, fallback).ToList();
        var guide = places.Select(place => guides.GetValueOrDefault($"{place}/{name}")).FirstOrDefault(found => found is not null);
        foreach (var place in places)
        {
            var path = $"{place}/{name}";
            if (guide is not null && own?.GetValueOrDefault(path) is { } words) return new FoundText(words.In(guide), place);
            if (guides.TryGetValue(path, out var found)) return new FoundText(found, place);
        }
        return null;
    }

    /// <summary>The role's chores in their order, or everybody's; in the locale, or in English. Empty only if there are none at all.</summary>
    public IReadOnlyList<ChoreText> ChoresFor(string role, string locale) =>
        Places.For(locale, role, FallbackPattern.Default).Where(chores.ContainsKey).Select(place => chores[place]).FirstOrDefault() ?? [];

    /// <summary>The chore that somebody picked: also one of everybody's or of another role, picked before theirs was known. Null: none, or it is gone.</summary>
    public ChoreText? ChoreWith(string? key, string role, string locale) =>
        Roles.Prepend("").Prepend(role).SelectMany(one => ChoresFor(one, locale)).FirstOrDefault(chore => chore.Key == key);

    /// <summary>What would leave somebody with an empty message: malformed files, and texts that some locale or role would not find.</summary>
    public IReadOnlyList<string> Check(Campaign campaign) =>
    [
        .. malformed.Select(error => error.ToString()),
        .. from step in campaign.Steps
           from name in step.Texts.Values.Append(step.Otherwise).Append(step.AfterAnswer).OfType<string>().Distinct()
           where !Places.ForEverybody(step.Fallback).Any(place => guides.ContainsKey($"{place}/{name}"))
           select Lacking(step, name),
    ];

    string Lacking(Step step, string name)
    {
        var last = step.Fallback[^1];
        var elsewhere = guides.Keys.Where(place => place.EndsWith($"/{name}", StringComparison.OrdinalIgnoreCase)).Order().ToList();
        var found = elsewhere.Count == 0 ? "" : $" It exists as {string.Join(", ", elsewhere)}.";
        if (last.Contains('{'))
            return $"Step {step.Key}: its fallback ends with {last}, which does not exist for every locale and role; "
                + $"end it with a place like en/any that has '{name}'.{found}";

        var there = guides.Keys.Where(place => place.StartsWith($"{last}/", StringComparison.OrdinalIgnoreCase)).Select(place => place.Split('/')[2]);
        return $"Step {step.Key}: the text '{name}' is needed in guides/{last}, its last fallback, for whoever has no other; "
            + $"there are: {string.Join(", ", there.Order())}.{found}";
    }

    void Add(string path, string text)
    {
        var errors = new FileErrors($"guides/{path}");
        switch (path[..^".md".Length].Split('/'))
        {
            case [_]:
                // A README beside the locales is for readers.
                break;
            case [var locale, var role, var name]:
                var guide = new GuideReader(errors).Guide(MarkdownFile.Read(text, errors));
                if (errors.None) guides.Add($"{locale}/{role}/{name}", guide);
                break;
            case [var locale, var role, "chores", var key]:
                var chore = new GuideReader(errors).Chore(MarkdownFile.Read(text, errors), key);
                if (errors.None) AddChore($"{locale}/{role}", chore);
                break;
            default:
                errors.Add(1, 1, "Texts are found as <locale>/<role>/<name>.md and <locale>/<role>/chores/<key>.md; this file is at neither.");
                break;
        }
        malformed.AddRange(errors.InOrder);
    }

    void AddChore(string place, ChoreText chore)
    {
        if (!chores.TryGetValue(place, out var ofRole)) chores.Add(place, ofRole = []);
        ofRole.Add(chore);
        ofRole.Sort((a, b) => a.Order.CompareTo(b.Order));
    }
}

/// <param name="Place">Where it was found, as <c>locale/role</c>.</param>
public sealed record FoundText(GuideText Text, string Place);
