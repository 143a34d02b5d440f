namespace NudgeBot.Guides;

/// <summary>Where a text for a locale and role is looked for, in order.</summary>
static class Places
{
    public const string AnyRole = "any";

    /// <returns><c>locale/role</c>; a locale with a region is followed by its language alone: de-AT, then de.</returns>
    public static IEnumerable<string> For(string locale, string role, IEnumerable<string> fallback)
    {
        // A roster's "Business Analyst" is the folder business-analyst.
        var folder = role.Length == 0 ? AnyRole : role.Trim().Replace(' ', '-');
        var locales = new[] { locale, locale.Split('-', '_')[0] }.Distinct().ToList();
        return from pattern in fallback.Prepend("{locale}/{role}")
               from one in locales
               select pattern.Replace("{locale}", one).Replace("{role}", folder);
    }

    /// <summary>The places that serve everybody, whatever the locale and role.</summary>
    public static IEnumerable<string> ForEverybody(IEnumerable<string> fallback) => fallback.Where(pattern => !pattern.Contains('{'));
}
