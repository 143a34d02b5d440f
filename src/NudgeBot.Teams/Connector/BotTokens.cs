using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace NudgeBot.Teams.Connector;

/// <summary>
/// The bot's own token for a service of Microsoft's. Microsoft's library keeps it, and renews it before it ends; one of these serves the whole process. Whatever
/// goes wrong is an answer: only a cancelled token throws.
/// </summary>
sealed partial class BotTokens
{
    public const string BotFramework = "https://api.botframework.com";
    public const string Graph = "https://graph.microsoft.com";

    readonly Func<bool, CancellationToken, Task<AuthenticationResult>>? acquire;
    readonly ILogger<BotTokens> log;
    readonly Lock gate = new();
    Task<BotToken>? asking;

    /// <param name="resource">The service that the token is for.</param>
    /// <exception cref="SettingException">The certificate cannot be used.</exception>
    public BotTokens(TeamsSettings settings, IMsalHttpClientFactory http, ILogger<BotTokens> log, string resource = BotFramework)
    {
        this.log = log;
        acquire = settings.Credential?.Match(
            secret => OfApp(settings, http, resource, app => app.WithClientSecret(secret.Value)),
            certificate => OfApp(settings, http, resource, app => app.WithCertificate(BotCertificate.Load(certificate.Path))),
            identity => OfMachine(identity.ClientId, http, resource));
    }

    /// <summary>Why the login refused the last time; null where it did not.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whoever asks while somebody is asking gets the same answer: a login that hangs keeps all of them waiting once.</summary>
    /// <param name="refused">A token that Teams did not take: not that one again.</param>
    public async Task<BotToken> GetAsync(string? refused, CancellationToken cancellation)
    {
        if (acquire is null) return new BotToken(Value: null);
        while (true)
        {
            Task<BotToken> answer;
            bool isShared;
            lock (gate)
            {
                isShared = asking is { IsCompleted: false };
                answer = isShared ? asking! : asking = AskAsync(acquire, refused);
            }
            var token = await answer.WaitAsync(cancellation);
            // Whoever began to ask may not have known that this one is refused.
            if (!isShared || token.Value is null || token.Value != refused) return token;
        }
    }

    async Task<BotToken> AskAsync(Func<bool, CancellationToken, Task<AuthenticationResult>> get, string? refused)
    {
        using var patience = new CancellationTokenSource(TeamsHttp.Patience, WireClock.System);
        try
        {
            var token = await get(false, patience.Token);
            if (token.AccessToken == refused) token = await get(true, patience.Token);
            Refusal = null;
            return new BotToken(token.AccessToken);
        }
        catch (MsalServiceException error) when (error.StatusCode is >= 400 and < 500 and not 408 and not 429)
        {
            return Refused(error);
        }
        catch (MsalClientException error) when (error.ErrorCode != MsalError.JsonParseError)
        {
            return Refused(error);
        }
        catch (Exception error) when (error is MsalException or HttpRequestException or OperationCanceledException)
        {
            var why = error is MsalException msal ? msal.ErrorCode : error.GetType().Name;
            Unanswered(why);
            return new BotToken(Value: null, new TeamsAnswer.NoAnswer($"login: {why}", NeverLeft: true));
        }
    }

    BotToken Refused(MsalException error)
    {
        // The number says more than the word: that a secret has expired, or that it is another app's.
        Refusal = LoginError().Match(error.Message) is { Success: true } number ? $"{error.ErrorCode}, {number.Value}" : error.ErrorCode;
        NoToken(Refusal);
        return new BotToken(Value: null, new TeamsAnswer.Refused(TeamsError.Unauthorized, error.ErrorCode));
    }

    static Func<bool, CancellationToken, Task<AuthenticationResult>> OfApp(
        TeamsSettings settings, IMsalHttpClientFactory http, string resource, Func<ConfidentialClientApplicationBuilder, ConfidentialClientApplicationBuilder> prove)
    {
        var app = prove(ConfidentialClientApplicationBuilder.Create(settings.AppId))
            .WithAuthority(new Uri(settings.LoginAuthority, settings.TenantId).ToString(), validateAuthority: false)
            // It is known where the login is: there is nothing to be asked for before.
            .WithInstanceDiscovery(false)
            .WithHttpClientFactory(http)
            .Build();
        return (force, cancellation) => app.AcquireTokenForClient([$"{resource}/.default"]).WithForceRefresh(force).ExecuteAsync(cancellation);
    }

    static Func<bool, CancellationToken, Task<AuthenticationResult>> OfMachine(string? clientId, IMsalHttpClientFactory http, string resource)
    {
        var app = ManagedIdentityApplicationBuilder
            .Create(clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.WithUserAssignedClientId(clientId))
            .WithHttpClientFactory(http)
            .Build();
        return (force, cancellation) => app.AcquireTokenForManagedIdentity(resource).WithForceRefresh(force).ExecuteAsync(cancellation);
    }

    [LoggerMessage(1, LogLevel.Error, "Microsoft's login refuses the bot: {Why}. Nothing goes out to Teams. Has its secret or certificate expired? Then set a new one, and start again.")]
    partial void NoToken(string why);

    [LoggerMessage(2, LogLevel.Warning, "Microsoft's login does not answer: {Why}. What is due in Teams waits.")]
    partial void Unanswered(string why);

    [GeneratedRegex("AADSTS[0-9]{1,12}")]
    private static partial Regex LoginError();
}
