using NudgeBot.Campaigns;

namespace NudgeBot.Tests;

/// <summary>The campaigns, guides and calendars of this repository.</summary>
static class Shipped
{
    public static readonly ContentFolder Content = ContentFolder.Find(null, AppContext.BaseDirectory, AppContext.BaseDirectory);

    public static Campaign Campaign => CampaignFile.Parse(File.ReadAllText(Path.Combine(Content.Campaigns, "first-60-days.yaml"))).Campaign!;
}
