namespace NudgeBot.Governance;

/// <summary>What can stand as an action in the audit log. Stable: what is written outlives any rename.</summary>
public static class AuditActions
{
    public const string AdminAdd = "admin.add";
    public const string AdminRemove = "admin.remove";
    public const string AdminCode = "admin.code";
    public const string AdminClaim = "admin.claim";
    public const string ChampionAdd = "champion.add";
    public const string ChampionRemove = "champion.remove";
    public const string OwnerSet = "owner.set";
    public const string ChannelTeam = "channel.team";
    public const string ChannelRemove = "channel.remove";
    public const string ChannelWins = "channel.wins";
    public const string PeopleImport = "people.import";
    public const string PeopleLeft = "people.left";
    public const string PeopleSet = "people.set";
    public const string UsageImport = "usage.import";
    public const string WorkspaceConnect = "workspace.connect";
    public const string WorkspaceChange = "workspace.change";
    public const string WorkspaceDisconnect = "workspace.disconnect";
    public const string PauseAll = "pause.all";
    public const string ResumeAll = "resume.all";
    public const string PauseWorkspace = "pause.workspace";
    public const string ResumeWorkspace = "resume.workspace";
    public const string CampaignCreate = "campaign.create";
    public const string CampaignEdit = "campaign.edit";
    public const string CampaignApply = "campaign.apply";
    public const string CampaignMove = "campaign.move";
    public const string CampaignPause = "campaign.pause";
    public const string CampaignResume = "campaign.resume";
    public const string CampaignEnd = "campaign.end";
    public const string CampaignLaunch = "campaign.launch";
    public const string RolloutSet = "rollout.set";
    public const string RolloutAdvance = "rollout.advance";
    public const string RolloutBack = "rollout.back";
    public const string GoalAdd = "goal.add";
    public const string GoalRemove = "goal.remove";
    public const string ReadinessSet = "readiness.set";
    public const string ReviewDecide = "review.decide";

    /// <summary>Somebody asked for what is not theirs to ask; what it was stands in its place.</summary>
    public const string Command = "command";

    /// <summary>Written by <see cref="AuditTrail.ForgetAsync"/> alone: it is how a destroyed key is told from one that somebody removed.</summary>
    public const string PersonForget = "person.forget";
}
