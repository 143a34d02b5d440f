using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.Slack.Inbound;
using NudgeBot.Slack.Installing;
using NudgeBot.Slack.People;
using NudgeBot.Slack.Sending;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack;

/// <summary>The Slack app as this program runs it, put together by hand: over one database, with one set of secrets.</summary>
public sealed class SlackApp : IDisposable
{
    readonly HttpClient http = SlackHttp.Client();

    /// <param name="organization">Whose workspace the one by environment is; the only one where none has that name.</param>
    /// <param name="wire">Null: the system's clock.</param>
    public SlackApp(
        NpgsqlDataSource database, ProductClock clock, SlackSettings settings, SecretBox secrets, ILoggerFactory logging, string? organization, TimeProvider? wire = null)
    {
        Database = database;
        Settings = settings;
        Organization = organization;
        Wire = wire ?? WireClock.System;
        Logger = logging.CreateLogger("NudgeBot.Slack");
        OAuth = new SlackOAuth(http, settings);
        Tokens = new SlackTokens(database, clock, secrets, settings.HasOAuth ? OAuth : null, logging.CreateLogger<SlackTokens>(), Wire);
        Installations = new SlackInstallations(database, secrets, clock);
        States = new InstallStates(database, Wire);
        Api = new SlackApi(http, settings, Tokens);
        Calls = new SlackCalls(Api, settings, Installations, database, clock, logging.CreateLogger<SlackCalls>());
        People = new SlackPeople(Calls, database, clock);
        Platforms = [new SlackPlatform(Calls, database, clock)];
    }

    public NpgsqlDataSource Database { get; }
    public SlackSettings Settings { get; }
    public string? Organization { get; }
    public SlackOAuth OAuth { get; }
    public SlackTokens Tokens { get; }
    public SlackInstallations Installations { get; }
    public SlackApi Api { get; }
    public SlackCalls Calls { get; }
    internal SlackPeople People { get; }
    internal InstallStates States { get; }
    internal ILogger Logger { get; }
    internal TimeProvider Wire { get; }
    internal Instant WireNow => Instant.FromDateTimeOffset(Wire.GetUtcNow());

    /// <summary>What nudges, posts and wins go out through.</summary>
    public IReadOnlyList<IChatPlatform> Platforms { get; }

    public void Dispose() => http.Dispose();
}

public static class SlackServices
{
    public static IServiceCollection AddSlack(this IServiceCollection services, SlackApp slack)
    {
        services.AddSingleton(slack);
        services.AddSingleton(slack.Settings);
        services.AddSingleton(slack.Api);
        services.AddSingleton(slack.Calls);
        services.AddSingleton(slack.People);
        services.AddSingleton(slack.Installations);
        services.AddSlackInbound();
        services.AddHostedService<SlackConnecting>();
        var checks = services.AddHealthChecks().AddCheck<SlackCheck>("slack", timeout: TimeSpan.FromSeconds(3));
        if (slack.Settings.AppToken is not null) checks.AddCheck<SocketModeCheck>("slack-socket-mode");
        return services;
    }
}
