using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace NudgeBot.Slack.Installing;

/// <summary>Reads <see cref="SlackSettings"/>, and says of a wrong one what it is instead, without repeating it.</summary>
public static partial class SlackConfiguration
{
    public const string ApiUrl = "NUDGEBOT_SLACK_API";
    public const string AllowedTeams = "NUDGEBOT_SLACK_TEAMS";
    const string MessagesPerMinute = "NUDGEBOT_SLACK_MESSAGES_PER_MINUTE";
    const string HistoryPerMinute = "NUDGEBOT_SLACK_HISTORY_PER_MINUTE";
    const string BotToken = "SLACK_BOT_TOKEN";
    const string AppToken = "SLACK_APP_TOKEN";
    const string SigningSecret = "SLACK_SIGNING_SECRET";
    const string ClientId = "SLACK_CLIENT_ID";
    const string ClientSecret = "SLACK_CLIENT_SECRET";

    const int ShortestSecret = 16;

    /// <returns>Null where Slack is not configured.</returns>
    /// <exception cref="SettingException">One is wrong, or one is missing beside the others.</exception>
    public static SlackSettings? Read(IConfiguration configuration)
    {
        var (bot, app) = (Value(configuration, BotToken), Value(configuration, AppToken));
        var (id, secret) = (Value(configuration, ClientId), Value(configuration, ClientSecret));
        var signing = (Value(configuration, SigningSecret) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (bot is null && app is null && id is null && secret is null && signing.Length == 0) return null;

        CheckToken(BotToken, "xoxb-", bot, "OAuth & Permissions, Bot User OAuth Token");
        CheckToken(AppToken, "xapp-", app, "Basic Information, App-Level Tokens");
        if (signing.Length > 2) throw new SettingException($"{SigningSecret} holds one secret, or two with a comma between while it is being rotated.");
        foreach (var one in signing) CheckSecret(SigningSecret, one);
        if (id is not null && !ClientIdForm().IsMatch(id)) throw new SettingException($"{ClientId} is not a client id: two numbers with a dot between, as Slack shows it under Basic Information.");
        if (secret is not null) CheckSecret(ClientSecret, secret);

        if ((id is null) != (secret is null)) throw new SettingException($"{ClientId} and {ClientSecret} go together: {(id is null ? ClientId : ClientSecret)} is missing.");
        if (bot is null && id is null)
            throw new SettingException($"Slack is half configured: set {BotToken} for one workspace, or {ClientId} and {ClientSecret} so that workspaces can install the app.");
        if (signing.Length == 0 && app is null)
            throw new SettingException($"Slack is half configured: set {SigningSecret}, by which requests are known to be Slack's, or {AppToken} for Socket Mode.");
        return new SlackSettings
        {
            ApiUrl = Value(configuration, ApiUrl) is { } url ? Url(url) : new SlackSettings().ApiUrl,
            SigningSecrets = signing,
            BotToken = bot,
            AppToken = app,
            ClientId = id,
            ClientSecret = secret,
            AllowedTeams = Teams(Value(configuration, AllowedTeams) ?? ""),
            MessagesPerMinute = Number(configuration, MessagesPerMinute) ?? new SlackSettings().MessagesPerMinute,
            HistoryPerMinute = Number(configuration, HistoryPerMinute) ?? new SlackSettings().HistoryPerMinute,
        };
    }

    static int? Number(IConfiguration configuration, string setting) => Value(configuration, setting) is not { } value ? null
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 10_000 ? number
        : throw new SettingException($"{setting} must be a whole number from 1 to 10000.");

    static string? Value(IConfiguration configuration, string name) => configuration[name]?.Trim() is { Length: > 0 } value ? value : null;

    static void CheckToken(string setting, string prefix, string? token, string place)
    {
        if (token is null || token.StartsWith(prefix, StringComparison.Ordinal) && TokenForm().IsMatch(token)) return;
        throw new SettingException($"{setting} must begin with {prefix} (in Slack's app settings: {place}), but {Kind(token)}.");
    }

    static void CheckSecret(string setting, string secret)
    {
        if (secret.StartsWith("xox", StringComparison.Ordinal) || secret.StartsWith("xapp-", StringComparison.Ordinal))
            throw new SettingException($"{setting} is a secret that Slack shows under Basic Information, but {Kind(secret)}.");
        if (secret.Length < ShortestSecret || secret.Any(letter => !char.IsAsciiLetterOrDigit(letter)))
            throw new SettingException($"{setting} is no secret of Slack's: letters and digits, at least {ShortestSecret}. Copy it again from Basic Information.");
    }

    /// <summary>By the beginning alone, which says what a token is and not which one.</summary>
    static string Kind(string token) => token switch
    {
        _ when token.StartsWith("xoxe.", StringComparison.Ordinal) =>
            "this token expires after 12 hours. With token rotation on, workspaces install the app through /slack/install: set SLACK_CLIENT_ID and SLACK_CLIENT_SECRET instead",
        _ when token.StartsWith("xoxe-", StringComparison.Ordinal) => "this is a refresh token",
        _ when token.StartsWith("xoxp-", StringComparison.Ordinal) => "this is a user's token (xoxp-). NudgeBot acts as a bot and never as a person",
        _ when token.StartsWith("xoxb-", StringComparison.Ordinal) => "this is a bot token (xoxb-), or a part of one",
        _ when token.StartsWith("xapp-", StringComparison.Ordinal) => "this is an app-level token (xapp-), or a part of one",
        _ when token.StartsWith("xox", StringComparison.Ordinal) => "this is a token of another kind",
        _ => "this is no token of Slack's",
    };

    static Uri Url(string text) =>
        Uri.TryCreate(text.EndsWith('/') ? text : $"{text}/", UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)
            ? url
            : throw new SettingException($"{ApiUrl} must be a URL such as https://slack.com/api/: with https, or http on this machine. Tokens are sent there.");

    static string[] Teams(string text)
    {
        var teams = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return teams.All(team => TeamForm().IsMatch(team))
            ? teams
            : throw new SettingException($"{AllowedTeams} lists Slack's ids of workspaces with commas between, such as T0123ABCD.");
    }

    [GeneratedRegex(@"^[0-9]+\.[0-9]+$")]
    private static partial Regex ClientIdForm();

    [GeneratedRegex("^[A-Za-z0-9-]+$")]
    private static partial Regex TokenForm();

    [GeneratedRegex("^T[A-Z0-9]+$")]
    private static partial Regex TeamForm();
}
