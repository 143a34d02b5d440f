namespace NudgeBot.Teams.Graph;

/// <summary>What an admin consents to: application permissions of Microsoft Graph, each the least that does.</summary>
static class GraphPermission
{
    public const string Users = "User.Read.All";

    /// <summary>This app's own installations, and no other app's.</summary>
    public const string Installs = "TeamsAppInstallation.ReadWriteSelfForUser.All";

    /// <summary>Nice to have: without it the zone is the roster's, or the client's once the person speaks.</summary>
    public const string Mailboxes = "MailboxSettings.Read";
}
