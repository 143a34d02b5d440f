namespace NudgeBot.Governance;

/// <summary>What can stand as an action in the audit log. Stable: what is written outlives any rename.</summary>
public static class AuditActions
{
    public const string CampaignPause = "campaign.pause";
    public const string CampaignResume = "campaign.resume";
    public const string CampaignEnd = "campaign.end";

    /// <summary>Written by <see cref="AuditTrail.ForgetAsync"/> alone: it is how a destroyed key is told from one that somebody removed.</summary>
    public const string PersonForget = "person.forget";
}
