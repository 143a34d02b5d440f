namespace NudgeBot.Slack.WebApi;

/// <summary>A method of Slack's Web API, and how often it may be called.</summary>
/// <param name="PerMinute">Calls a minute and workspace: 1, 20, 50 or 100 for tiers 1 to 4, or the method's own limit.</param>
/// <param name="IsForm">Its arguments go as a form: methods that read overlook a JSON body, and answer as if nothing had been asked.</param>
public sealed record SlackMethod(string Name, int PerMinute, bool IsForm = false)
{
    public static readonly SlackMethod AuthTest = new("auth.test", 100);
    public static readonly SlackMethod AppsConnectionsOpen = new("apps.connections.open", 1);
    /// <summary>Besides, one a second and channel. The workspace's own limit is not published; 300 is a setting's default.</summary>
    public static readonly SlackMethod ChatPostMessage = new("chat.postMessage", 300);
    public static readonly SlackMethod ChatPostEphemeral = new("chat.postEphemeral", 100);
    public static readonly SlackMethod ChatUpdate = new("chat.update", 50);
    /// <summary>A setting's default as well: an app that is sold without being in the Marketplace has 1 a minute.</summary>
    public static readonly SlackMethod ConversationsHistory = new("conversations.history", 50, IsForm: true);
    public static readonly SlackMethod ConversationsOpen = new("conversations.open", 50);
    public static readonly SlackMethod OAuthAccess = new("oauth.v2.access", 600);
    public static readonly SlackMethod UsersInfo = new("users.info", 100, IsForm: true);
    public static readonly SlackMethod UsersList = new("users.list", 20, IsForm: true);
    public static readonly SlackMethod UsersLookupByEmail = new("users.lookupByEmail", 50, IsForm: true);
    public static readonly SlackMethod ViewsOpen = new("views.open", 100);
    public static readonly SlackMethod ViewsUpdate = new("views.update", 100);
    public static readonly SlackMethod ViewsPublish = new("views.publish", 100);
}
