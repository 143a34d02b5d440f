using System.Text.Json.Nodes;

namespace NudgeBot.FakeSlack.WebApi.Methods;

static class Auth
{
    public static JsonObject Test(ApiCall call) => new()
    {
        ["url"] = $"https://{call.Team.Domain}.slack.com/",
        ["team"] = call.Team.Name,
        ["user"] = call.Team.Bot!.Name,
        ["team_id"] = call.Team.Id,
        ["user_id"] = call.Team.Bot.Id,
        ["bot_id"] = call.Team.BotId,
        ["is_enterprise_install"] = false,
    };

    public static JsonObject Revoke(ApiCall call)
    {
        if (call.Arguments.Flag("test")) return new JsonObject { ["revoked"] = false };
        call.Token!.Revoked = true;
        return new JsonObject { ["revoked"] = true };
    }

    public static JsonObject OpenConnection(ApiCall call) => new() { ["url"] = call.Server.Sockets.NewUrl().AbsoluteUri };
}
