using System.Text.Json.Nodes;
using NudgeBot.FakeSlack.WebApi.Methods;

namespace NudgeBot.FakeSlack.WebApi;

/// <summary>Who may call: nobody in particular, an installed bot, or the app itself with its <c>xapp</c> token.</summary>
enum CallerKind
{
    Anybody,
    Bot,
    App,
}

/// <param name="PerMinute">Of one workspace: 1, 20, 50 or 100 in tiers 1 to 4; more for the methods with a limit of their own.</param>
/// <param name="AnyOf">Scopes of which a token needs one. Which of them depends on the channel's kind; the method looks at that itself.</param>
sealed record ApiMethod(string Name, int PerMinute, string[] AnyOf, Func<ApiCall, JsonObject> Run, CallerKind Caller = CallerKind.Bot)
{
    const int Tier1 = 1, Tier2 = 20, Tier3 = 50, Tier4 = 100, Special = 600;

    public static readonly IReadOnlyDictionary<string, ApiMethod> All = new ApiMethod[]
    {
        new("api.test", Tier4, [], _ => [], CallerKind.Anybody),
        new("auth.test", Special, [], Auth.Test),
        new("auth.revoke", Tier3, [], Auth.Revoke),
        new("oauth.v2.access", Special, [], OAuth.Access, CallerKind.Anybody),
        new("apps.connections.open", Tier1, [], Auth.OpenConnection, CallerKind.App),
        new("chat.postMessage", Special, ["chat:write"], Chat.PostMessage),
        new("chat.postEphemeral", Tier4, ["chat:write"], Chat.PostEphemeral),
        new("chat.update", Tier3, ["chat:write"], Chat.Update),
        new("chat.delete", Tier3, ["chat:write"], Chat.Delete),
        new("conversations.open", Tier3, ["im:write"], Conversations.Open),
        new("conversations.history", Tier3, ["channels:history", "groups:history", "im:history", "mpim:history"], History.Of),
        new("conversations.replies", Tier3, ["channels:history", "groups:history", "im:history", "mpim:history"], History.Replies),
        new("conversations.info", Tier3, ["channels:read", "groups:read", "im:read", "mpim:read"], Conversations.Info),
        new("conversations.list", Tier2, ["channels:read", "groups:read", "im:read", "mpim:read"], Conversations.List),
        new("conversations.join", Tier3, ["channels:join"], Conversations.Join),
        new("users.info", Tier4, ["users:read"], Users.Info),
        new("users.list", Tier2, ["users:read"], Users.List),
        new("users.lookupByEmail", Tier3, ["users:read.email"], Users.LookupByEmail),
        new("views.open", Tier4, [], Views.Open),
        new("views.push", Tier4, [], Views.Push),
        new("views.update", Tier4, [], Views.Update),
        new("views.publish", Tier4, [], Views.Publish),
    }.ToDictionary(method => method.Name);
}
