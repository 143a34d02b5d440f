namespace NudgeBot.Campaigns;

/// <summary>The campaign files of the content folder, by their names without ending.</summary>
static class ContentCampaigns
{
    public static IReadOnlyList<string> Names(ContentFolder content) =>
        [.. Directory.EnumerateFiles(content.Campaigns, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    /// <returns>Null where there is none of that name, or it cannot be read.</returns>
    public static Campaign? Find(ContentFolder content, string name) =>
        Names(content).Contains(name) ? CampaignFile.Parse(File.ReadAllText(Path.Combine(content.Campaigns, $"{name}.yaml"))).Campaign : null;
}
