using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace NudgeBot.Teams.Installing;

/// <summary>Reads <see cref="TeamsSettings"/>, and says of a wrong one what it is instead, without repeating it.</summary>
public static class TeamsConfiguration
{
    internal const string AppId = "TEAMS_APP_ID";
    const string TenantId = "TEAMS_TENANT_ID";
    const string AppPassword = "TEAMS_APP_PASSWORD";
    const string Certificate = "TEAMS_CERTIFICATE";
    const string ManagedIdentity = "TEAMS_MANAGED_IDENTITY";
    const string MessagesPerSecond = "NUDGEBOT_TEAMS_MESSAGES_PER_SECOND";
    const string RetryAmbiguous = "NUDGEBOT_TEAMS_RETRY_AMBIGUOUS";
    const string OtherHosts = "NUDGEBOT_TEAMS_HOSTS";
    const string WithoutTokens = "NUDGEBOT_TEAMS_WITHOUT_TOKENS";
    const string UsesGraph = "NUDGEBOT_TEAMS_USES_GRAPH";
    const string CatalogApp = "NUDGEBOT_TEAMS_CATALOG_APP";
    const string Graph = "NUDGEBOT_TEAMS_GRAPH";
    const string Login = "NUDGEBOT_TEAMS_LOGIN";
    const string Keys = "NUDGEBOT_TEAMS_KEYS";

    const string MachinesOwn = "system";
    const int ShortestSecret = 8;

    /// <returns>Null where Teams is not configured.</returns>
    /// <exception cref="SettingException">One is wrong, or one is missing beside the others.</exception>
    public static TeamsSettings? Read(IConfiguration configuration)
    {
        string? Value(string name) => configuration[name]?.Trim() is { Length: > 0 } value ? value : null;
        var (app, tenant) = (Value(AppId), Value(TenantId));
        var (password, certificate, identity) = (Value(AppPassword), Value(Certificate), Value(ManagedIdentity));
        if (app is null && tenant is null && password is null && certificate is null && identity is null) return null;

        if (app is null || tenant is null) throw new SettingException($"Teams is half configured: {(app is null ? AppId : TenantId)} is missing. It stands beside the other one in the bot's registration.");
        var withoutTokens = Flag(WithoutTokens, Value(WithoutTokens));
        var defaults = new TeamsSettings { AppId = Id(AppId, app, "the bot's app id (also called client id)"), TenantId = Tenant(tenant) };
        if (Value(CatalogApp) is not null && !Flag(UsesGraph, Value(UsesGraph)))
            throw new SettingException($"{CatalogApp} is set, and {UsesGraph} is not 1: the app is installed through Microsoft Graph. Set both, or neither.");
        return defaults with
        {
            Credential = Credential(password, certificate, identity, withoutTokens),
            TrustsEverybody = withoutTokens,
            BulkPerSecond = Rate(Value(MessagesPerSecond)) ?? defaults.BulkPerSecond,
            RetriesAmbiguous = Flag(RetryAmbiguous, Value(RetryAmbiguous)),
            OtherServiceHosts = Hosts(Value(OtherHosts) ?? ""),
            UsesGraph = Flag(UsesGraph, Value(UsesGraph)),
            CatalogApp = Value(CatalogApp) is { } catalogApp ? Id(CatalogApp, catalogApp, "the app's id in the tenant's catalog, as Get-TeamsApp shows it") : null,
            GraphUrl = Url(Graph, Value(Graph)) ?? defaults.GraphUrl,
            LoginAuthority = Url(Login, Value(Login)) ?? defaults.LoginAuthority,
            OpenIdMetadata = Url(Keys, Value(Keys), isFolder: false) ?? defaults.OpenIdMetadata,
        };
    }

    static TeamsCredential? Credential(string? password, string? certificate, string? identity, bool withoutTokens)
    {
        string[] given = [.. new[] { (AppPassword, password), (Certificate, certificate), (ManagedIdentity, identity) }.Where(one => one.Item2 is not null).Select(one => one.Item1)];
        if (given.Length > 1) throw new SettingException($"{string.Join(" and ", given)} are set: the bot proves that it is itself in one way. Leave one of them.");
        if (password is not null) return new TeamsCredential.Secret(Secret(password));
        if (certificate is not null) return new TeamsCredential.Certificate(certificate);
        if (identity == MachinesOwn) return new TeamsCredential.ManagedIdentity(ClientId: null);
        if (identity is not null) return new TeamsCredential.ManagedIdentity(Id(ManagedIdentity, identity, $"the client id of a user-assigned identity, or '{MachinesOwn}' for the machine's own"));
        return withoutTokens ? null : throw new SettingException(
            $"Teams is half configured: set {AppPassword} (a client secret), {Certificate} (a file) or {ManagedIdentity}, by which Microsoft knows that the bot is itself.");
    }

    /// <exception cref="SettingException">It is none.</exception>
    internal static string Id(string setting, string value, string what) => Guid.TryParseExact(value, "D", out _)
        ? value.ToLowerInvariant()
        : throw new SettingException($"{setting} must be {what}: letters and digits in five groups, such as 00000000-0000-0000-0000-000000000000.");

    static string Tenant(string value) => value is "common" or "organizations" or "consumers"
        ? throw new SettingException($"{TenantId} must be the one tenant that the bot is registered in: Microsoft has ended new bots for several.")
        : Id(TenantId, value, "the tenant's id (also called directory id), not its domain");

    static string Secret(string value)
    {
        if (Guid.TryParse(value, out _)) throw new SettingException($"{AppPassword} is a secret's id. Its value is beside it, and is shown once: if it was not kept, make a new secret.");
        if (value.Length < ShortestSecret || value.Any(char.IsWhiteSpace)) throw new SettingException($"{AppPassword} is no client secret: at least {ShortestSecret} letters, none of them a blank. Copy its value again.");
        return value;
    }

    static double? Rate(string? value) => value is null ? null
        : double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is >= 0.1 and <= 1000 ? rate
        : throw new SettingException($"{MessagesPerSecond} must be a number from 0.1 to 1000.");

    static bool Flag(string setting, string? value) => value switch
    {
        null or "0" => false,
        "1" => true,
        _ => throw new SettingException($"{setting} must be 1 or 0."),
    };

    static Uri? Url(string setting, string? value, bool isFolder = true)
    {
        if (value is null) return null;
        return Uri.TryCreate(isFolder && !value.EndsWith('/') ? $"{value}/" : value, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)
                ? url
                : throw new SettingException($"{setting} must be a URL with https, or http on this machine: the bot is known by what is sent and read there.");
    }

    static string[] Hosts(string value)
    {
        var hosts = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return hosts.All(host => Uri.CheckHostName(host) == UriHostNameType.Dns && host.Contains('.'))
            ? hosts
            : throw new SettingException($"{OtherHosts} lists names of hosts with commas between, such as smba.example.com: without https and without a path.");
    }
}
