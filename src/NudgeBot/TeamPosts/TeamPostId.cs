using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NudgeBot.TeamPosts;

/// <summary>One step of one campaign in one team's channel; its written form is the payload of the post's button.</summary>
public sealed record TeamPostId(int CampaignId, int StepId, string Team)
{
    public override string ToString() => $"{CampaignId}.{StepId}.{Team}";

    public static bool TryParse(string written, [NotNullWhen(true)] out TeamPostId? id)
    {
        id = written.Split('.', 3) is [var campaign, var step, var team]
            && int.TryParse(campaign, NumberStyles.None, CultureInfo.InvariantCulture, out var campaignId)
            && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var stepId)
                ? new TeamPostId(campaignId, stepId, team)
                : null;
        return id is not null;
    }
}
