using System.Text.Json.Nodes;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.WebApi.Methods;

static class OAuth
{
    public static JsonObject Access(ApiCall call)
    {
        if (call.Arguments.Text("client_id") != call.App.ClientId) throw new SlackRefusal("invalid_client_id");
        if (call.Arguments.Text("client_secret") != call.App.ClientSecret) throw new SlackRefusal("bad_client_secret");
        return call.Arguments.Text("grant_type") switch
        {
            null or "authorization_code" => Exchange(call),
            "refresh_token" => Refresh(call),
            _ => throw new SlackRefusal("invalid_grant_type"),
        };
    }

    static JsonObject Exchange(ApiCall call)
    {
        if (call.Arguments.Text("code") is not { } code || !call.World.Grants.Remove(code, out var grant)) throw new SlackRefusal("invalid_code");
        return Answer(call, call.World.Install(call.World.Teams[grant.TeamId], grant.Scopes), grant.UserId);
    }

    /// <summary>A refresh token works once. The access token before it lives on until it expires.</summary>
    static JsonObject Refresh(ApiCall call)
    {
        var used = call.Arguments.Text("refresh_token");
        if (used is null || call.World.Tokens.Values.FirstOrDefault(token => token.RefreshToken == used) is not { Revoked: false, RefreshTokenUsed: false } before)
            throw new SlackRefusal("invalid_refresh_token");
        before.RefreshTokenUsed = true;
        return Answer(call, call.World.Install(call.World.Teams[before.TeamId], before.Scopes), installedBy: null);
    }

    static JsonObject Answer(ApiCall call, Token token, string? installedBy)
    {
        var team = call.World.Teams[token.TeamId];
        var answer = new JsonObject
        {
            ["app_id"] = call.App.Id,
            ["scope"] = string.Join(',', token.Scopes),
            ["token_type"] = "bot",
            ["access_token"] = token.Value,
            ["bot_user_id"] = team.Bot!.Id,
            ["team"] = new JsonObject { ["id"] = team.Id, ["name"] = team.Name },
            ["enterprise"] = null,
            ["is_enterprise_install"] = false,
        };
        if (installedBy is not null) answer["authed_user"] = new JsonObject { ["id"] = installedBy };
        if (token.RefreshToken is null) return answer;
        answer["refresh_token"] = token.RefreshToken;
        answer["expires_in"] = (long)call.Server.Time.Shortened(SlackWorld.LifeOfTokens).TotalSeconds;
        return answer;
    }
}
