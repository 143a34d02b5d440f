namespace NudgeBot.Campaigns;

/// <summary>The words of <c>campaigns.state</c>.</summary>
public enum CampaignState { Scheduled, Running, Ended }
