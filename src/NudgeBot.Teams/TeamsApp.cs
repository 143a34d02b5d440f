using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Identity.Client;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Teams.Connector;
using NudgeBot.Teams.Graph;
using NudgeBot.Teams.Inbound;
using NudgeBot.Teams.Installing;
using NudgeBot.Teams.Sending;

namespace NudgeBot.Teams;

/// <summary>The Teams bot as this program runs it, put together by hand: over one database, with one identity.</summary>
public sealed class TeamsApp : IDisposable
{
    readonly HttpClient http = TeamsHttp.Client();
    readonly HttpClient graphHttp = TeamsHttp.Client(longestAnswer: TeamsHttp.LongestPage);
    readonly HttpClient login = TeamsHttp.Client();

    /// <param name="organization">Whose workspace the tenant is; the only one where none has that name.</param>
    /// <param name="inDevelopment">A Teams on this machine may have the bot's token.</param>
    /// <param name="loginHttp">How Microsoft's login is reached; null: as it is published.</param>
    /// <exception cref="SettingException">The bot's certificate cannot be used.</exception>
    public TeamsApp(
        NpgsqlDataSource database, ProductClock clock, TeamsSettings settings, ILoggerFactory logging, string? organization, bool inDevelopment, IMsalHttpClientFactory? loginHttp = null)
    {
        Database = database;
        Settings = settings;
        Organization = organization;
        Logger = logging.CreateLogger("NudgeBot.Teams");
        Tenants = new TeamsTenants(database, clock);
        loginHttp ??= new LoginHttp(login);
        Tokens = new BotTokens(settings, loginHttp, logging.CreateLogger<BotTokens>());
        Calls = new TeamsCalls(
            new TeamsApi(http, Tokens, new ServiceUrls(settings.OtherServiceHosts, withThisMachine: inDevelopment)), settings, database, logging.CreateLogger<TeamsCalls>());
        Files = new TeamsFiles(http, settings.OtherServiceHosts, withThisMachine: inDevelopment);
        if (settings.UsesGraph)
        {
            var api = new BearerApi(graphHttp, new BotTokens(settings, loginHttp, logging.CreateLogger<BotTokens>(), BotTokens.Graph));
            Graph = new GraphCalls(api, settings, Tenants, database, logging.CreateLogger<GraphCalls>());
        }
        Platforms = [new TeamsPlatform(Calls, settings, Tenants, database, clock, Graph)];
    }

    public NpgsqlDataSource Database { get; }
    public TeamsSettings Settings { get; }
    public string? Organization { get; }
    internal TeamsTenants Tenants { get; }
    internal BotTokens Tokens { get; }
    internal TeamsCalls Calls { get; }
    internal TeamsFiles Files { get; }

    /// <summary>Null where the settings do without.</summary>
    internal GraphCalls? Graph { get; }

    internal ILogger Logger { get; }

    /// <summary>What nudges, posts and wins go out through.</summary>
    public IReadOnlyList<IChatPlatform> Platforms { get; }

    public void Dispose()
    {
        http.Dispose();
        graphHttp.Dispose();
        login.Dispose();
    }
}

public static class TeamsServices
{
    public static IServiceCollection AddTeams(this IServiceCollection services, TeamsApp teams)
    {
        services.AddSingleton(teams);
        services.AddSingleton(teams.Settings);
        services.AddSingleton(teams.Calls);
        services.AddSingleton(teams.Files);
        services.AddSingleton(teams.Tenants);
        services.AddHostedService<TeamsConnecting>();
        services.AddHealthChecks().AddCheck<TeamsCheck>("teams", timeout: TimeSpan.FromSeconds(3));
        return services;
    }
}
