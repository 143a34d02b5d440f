namespace NudgeBot.FakeTeams.Graph;

public sealed record GraphOptions
{
    /// <summary>What an admin has consented to.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = ["User.Read.All", "MailboxSettings.Read", "TeamsAppInstallation.ReadWriteSelfForUser.All"];

    /// <summary>People on a page.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>The bot's app in the tenant's catalog.</summary>
    public string CatalogApp { get; init; } = "a1b2c3d4-0000-4000-8000-00000000cafe";

    /// <summary>Whether Teams tells the bot of what Graph has installed. Off: its activity is still on its way.</summary>
    public bool TellsOfInstalls { get; init; } = true;
}
