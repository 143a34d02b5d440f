using System.Text.Json;
using NodaTime;

namespace NudgeBot.Slack.Installing;

/// <summary>What a workspace granted: a bot's token, and what goes with it.</summary>
/// <param name="AppId">Null where Slack did not tell.</param>
/// <param name="Scopes">With commas between.</param>
/// <param name="Tokens">Secret: never printed.</param>
public sealed record SlackGrant(string TeamId, string TeamName, string? AppId, string BotUserId, string Scopes, TokenPair Tokens)
{
    /// <summary>By environment: it comes at every start, mostly to say what is known already.</summary>
    public bool IsGiven { get; init; }

    /// <summary>The Slack user who let the app in; null where Slack did not tell.</summary>
    public string? Installer { get; init; }

    /// <summary>Of <c>oauth.v2.access</c>.</summary>
    /// <returns>Null where it is not a bot's grant for one workspace, as for a whole Enterprise organization.</returns>
    public static SlackGrant? OfOAuth(JsonElement body, Instant now) =>
        Text(body, "token_type") == "bot" && TokenPair.Of(body, now) is { } tokens
        && body.TryGetProperty("team", out var team) && team.ValueKind == JsonValueKind.Object && Text(team, "id") is { } id && Text(body, "bot_user_id") is { } user
            ? new SlackGrant(id, Text(team, "name") ?? id, Text(body, "app_id"), user, Text(body, "scope") ?? "", tokens)
            {
                Installer = body.TryGetProperty("authed_user", out var installer) && installer.ValueKind == JsonValueKind.Object ? Text(installer, "id") : null,
            }
            : null;

    /// <summary>Of <c>auth.test</c>, for a token that was given.</summary>
    /// <returns>Null where the answer tells no workspace.</returns>
    public static SlackGrant? OfTest(JsonElement body, string scopes, string token) =>
        Text(body, "team_id") is { } id && Text(body, "user_id") is { } user
            ? new SlackGrant(id, Text(body, "team") ?? id, AppId: null, user, scopes, new TokenPair(token, Refresh: null, ExpiresAt: null)) { IsGiven = true }
            : null;

    internal static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}

/// <param name="Refresh">What brings the next pair, once; null: the token does not expire.</param>
/// <param name="ExpiresAt">By the wire clock.</param>
public sealed record TokenPair(string Access, string? Refresh, Instant? ExpiresAt)
{
    public static TokenPair? Of(JsonElement body, Instant now)
    {
        if (SlackGrant.Text(body, "access_token") is not { } access) return null;
        return SlackGrant.Text(body, "refresh_token") is { } refresh && body.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var lasting)
            ? new TokenPair(access, refresh, now + Duration.FromSeconds(lasting))
            : new TokenPair(access, Refresh: null, ExpiresAt: null);
    }

    public override string ToString() => "(tokens)";
}
