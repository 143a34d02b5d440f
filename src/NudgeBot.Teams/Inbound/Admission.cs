using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NudgeBot.Teams.Inbound;

/// <summary>Who may speak to <c>/api/messages</c>.</summary>
sealed class Admission
{
    /// <summary>
    /// The one channel. A bot at Microsoft has others too, some without being asked for, and on those whoever chats writes every field of an activity, the tenant
    /// and the person among them.
    /// </summary>
    public const string Teams = "msteams";

    /// <summary>A tunnel or proxy connects from this machine, and brings requests from anywhere.</summary>
    static readonly string[] MarksOfProxies = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-Host", "X-Real-IP", "Via"];

    readonly TeamsSettings _settings;
    readonly BotFrameworkTokens _tokens;
    readonly ServiceUrls _serviceUrls;
    readonly ILogger<Admission> _log;

    /// <exception cref="SettingException">Everybody would be trusted outside of development.</exception>
    public Admission(TeamsSettings settings, BotFrameworkTokens tokens, IHostEnvironment environment, ILogger<Admission> log)
    {
        if (settings.TrustsEverybody)
        {
            if (!environment.IsDevelopment())
                throw new SettingException($"Activities without a token are only for development, and this is {environment.EnvironmentName}: anybody could speak in "
                    + "anybody's name. Give the bot a credential instead.");
            log.LogWarning("Activities are taken without a token from everything that runs on this machine. This is for development.");
        }
        (_settings, _tokens, _log) = (settings, tokens, log);
        _serviceUrls = new ServiceUrls(settings.OtherServiceHosts, environment.IsDevelopment());
    }

    public async Task<AdmissionVerdict> CheckAsync(HttpRequest request, ActivityOrigin activity, CancellationToken cancellation)
    {
        var verdict = await JudgeAsync(request, activity, cancellation);
        if (verdict is AdmissionVerdict.Refused refused) _log.LogWarning("An activity was refused: {Reason}.", refused.Why.Word());
        return verdict;
    }

    async Task<AdmissionVerdict> JudgeAsync(HttpRequest request, ActivityOrigin activity, CancellationToken cancellation)
    {
        if (_settings.TrustsEverybody && request.Headers.Authorization.Count == 0)
            return IsFromThisMachine(request) ? Meant(activity) : new AdmissionVerdict.Refused(Refusal.NotThisMachine);
        return await _tokens.CheckAsync(request.Headers.Authorization.ToString(), cancellation) switch
        {
            TokenVerdict.Refused refused => new AdmissionVerdict.Refused(refused.Why),
            TokenVerdict.Proven proven => Mismatch(proven, activity) is { } wrong ? new AdmissionVerdict.Refused(wrong) : Meant(activity),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is not handled."),
        };
    }

    static Refusal? Mismatch(TokenVerdict.Proven token, ActivityOrigin activity) =>
        activity.ChannelId is not { } channel || !token.Endorsements.Contains(channel) ? Refusal.KeyNotEndorsed
        // As botbuilder compares them: letter by letter, without regard to case.
        : !string.Equals(token.ServiceUrl, activity.ServiceUrl, StringComparison.OrdinalIgnoreCase) ? Refusal.OtherServiceUrl
        : null;

    AdmissionVerdict Meant(ActivityOrigin activity) =>
        activity.ChannelId != Teams ? new AdmissionVerdict.Refused(Refusal.OtherChannel)
        : !_serviceUrls.Allow(activity.ServiceUrl) ? new AdmissionVerdict.Refused(Refusal.ForeignServiceUrl)
        : !string.Equals(activity.TenantId, _settings.TenantId, StringComparison.OrdinalIgnoreCase) ? new AdmissionVerdict.Refused(Refusal.OtherTenant)
        : new AdmissionVerdict.Accepted(new Uri(activity.ServiceUrl!));

    /// <summary>Not by a proxy, and not by a page in the browser that has its own host's name lead here.</summary>
    static bool IsFromThisMachine(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !MarksOfProxies.Any(request.Headers.ContainsKey)
        && (request.Host.Host == "localhost" || (IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host)));
}

abstract record AdmissionVerdict
{
    AdmissionVerdict() { }

    /// <param name="ServiceUrl">Where answers go, and the bot's token with them.</param>
    public sealed record Accepted(Uri ServiceUrl) : AdmissionVerdict;

    public sealed record Refused(Refusal Why) : AdmissionVerdict;

    public T Match<T>(Func<Accepted, T> accepted, Func<Refused, T> refused) => this switch
    {
        Accepted verdict => accepted(verdict),
        Refused verdict => refused(verdict),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
