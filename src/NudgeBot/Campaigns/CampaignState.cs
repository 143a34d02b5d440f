namespace NudgeBot.Campaigns;

/// <summary>The words of <c>campaigns.state</c>. A draft is prepared: it takes nobody in before it is launched.</summary>
public enum CampaignState { Draft, Scheduled, Running, Ended }
