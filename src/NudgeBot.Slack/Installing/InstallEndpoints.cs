using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using NodaTime;
using NudgeBot.People;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Installing;

/// <summary>
/// <c>/slack/install</c> sends a browser to Slack, <c>/slack/oauth</c> is where it comes back to. Nobody is asked who they are: Slack asks whether they may
/// install an app, and an organization's workspaces are only those that <see cref="SlackInstallations.MayInstallAsync"/> lets in.
/// </summary>
public static class InstallEndpoints
{
    public const string InstallPath = "/slack/install";
    public const string OAuthPath = "/slack/oauth";

    /// <summary>The prefix makes browsers refuse it from anywhere but this very host, over TLS.</summary>
    const string Cookie = "__Host-nudgebot-slack-install";

    /// <summary>Where workspaces can install the app by themselves; nothing where one is given by environment.</summary>
    public static void MapSlackInstall(this IEndpointRouteBuilder endpoints, SlackApp slack)
    {
        if (!slack.Settings.HasOAuth) return;
        endpoints.MapGet(InstallPath, (HttpContext http, string? organization) => BeginAsync(http, slack, organization));
        endpoints.MapGet(OAuthPath, (HttpContext http, string? code, string? state, string? error) => FinishAsync(http, slack, code, state, error));
    }

    static async Task<IResult> BeginAsync(HttpContext http, SlackApp slack, string? organization)
    {
        if (await Organizations.FindAsync(slack.Database, organization, http.RequestAborted) is not { } organizationId)
            return InstallPage.Show(http, StatusCodes.Status404NotFound, "Which organization?",
                $"Several organizations use this NudgeBot, or none has that name. Name yours in the address: {InstallPath}?organization=...");
        var (state, browser) = await slack.States.BeginAsync(organizationId, http.RequestAborted);
        http.Response.Cookies.Append(Cookie, browser, CookieFor(InstallStates.Lasting));
        http.Response.Headers.CacheControl = "no-store";
        return Results.Redirect(slack.OAuth.AuthorizeUrl(state).AbsoluteUri);
    }

    static async Task<IResult> FinishAsync(HttpContext http, SlackApp slack, string? code, string? state, string? error)
    {
        var browser = http.Request.Cookies[Cookie];
        http.Response.Cookies.Delete(Cookie, CookieFor(Duration.Zero));
        if (state is null || browser is null || await slack.States.UseAsync(state, browser, http.RequestAborted) is not { } organizationId)
            return Failed(http, StatusCodes.Status400BadRequest,
                $"This installation was not begun in this browser within the last ten minutes, or it was finished already. Begin at {InstallPath}, here, and with cookies allowed.");
        if (error is not null || string.IsNullOrEmpty(code))
            return Failed(http, StatusCodes.Status400BadRequest, error == "access_denied"
                ? "It was cancelled in Slack. Nothing was changed."
                : "Slack sent no permission back. Nothing was changed.");

        // What Slack has given is recorded, also when the browser goes away meanwhile.
        var answer = await slack.OAuth.ExchangeAsync(code, CancellationToken.None);
        if (answer is not SlackAnswer.Ok ok) return Failed(http, StatusCodes.Status502BadGateway, Explain(answer));
        return SlackGrant.OfOAuth(ok.Body, slack.WireNow) is { } grant
            ? await InstallAsync(http, slack, organizationId, grant)
            : Failed(http, StatusCodes.Status400BadRequest, "Slack did not grant a bot's token for one workspace. Choose one workspace, not a whole Enterprise organization.");
    }

    static async Task<IResult> InstallAsync(HttpContext http, SlackApp slack, int organizationId, SlackGrant grant)
    {
        if (!await slack.Installations.MayInstallAsync(organizationId, grant.TeamId, slack.Settings.AllowedTeams, CancellationToken.None))
        {
            slack.Logger.LogWarning("The Slack workspace {Team} was refused: it is not listed in {Setting}.", Known(grant.TeamId), SlackConfiguration.AllowedTeams);
            return Failed(http, StatusCodes.Status403Forbidden,
                $"This organization has a Slack workspace already. For a further one, whoever runs this NudgeBot adds {grant.TeamId} to {SlackConfiguration.AllowedTeams}; then install again.");
        }
        if (await slack.Installations.InstallAsync(organizationId, grant, CancellationToken.None) is not { } workspace)
            return Failed(http, StatusCodes.Status409Conflict, "This Slack workspace belongs to another organization of this NudgeBot.");
        slack.Logger.LogInformation("The app was installed in workspace {Workspace}.", workspace.Id);
        var missing = SlackScopes.MissingFrom(grant.Scopes);
        return missing.Count == 0
            ? InstallPage.Show(http, StatusCodes.Status200OK, "NudgeBot is installed", $"It lives in {grant.TeamName} now. You can close this page.")
            : InstallPage.Show(http, StatusCodes.Status200OK, "NudgeBot is installed, but may do too little",
                $"In {grant.TeamName} it lacks: {string.Join(", ", missing)}. Bring the app's manifest up to date in Slack, then install again.");
    }

    static IResult Failed(HttpContext http, int status, string why) => InstallPage.Show(http, status, "NudgeBot was not installed", why);

    static string Explain(SlackAnswer answer) => answer.Match(
        ok => throw new InvalidOperationException("That was no failure."),
        refused => refused.Error switch
        {
            "bad_client_secret" or "invalid_client_id" => $"Slack does not know this app ({refused.Error}): check SLACK_CLIENT_ID and SLACK_CLIENT_SECRET.",
            "bad_redirect_uri" => $"Slack returned somewhere else than the app's manifest says ({refused.Error}): its first redirect URL must be this host's {OAuthPath}.",
            "invalid_code" or "code_already_used" or "code_expired" => $"The permission was used already or is too old ({refused.Error}). Begin again at {InstallPath}.",
            _ => $"Slack refuses: {refused.Error}.",
        },
        throttled => "Slack asks to wait. Begin again in a minute.",
        noAnswer => "Slack did not answer. Begin again in a minute.");

    /// <summary>What came from outside is logged only where it is an id.</summary>
    static string Known(string team) => team.Length <= 20 && team.All(char.IsAsciiLetterOrDigit) ? team : "(no id)";

    /// <summary>Lax: Slack sends the browser back by a link, and strict cookies would stay behind.</summary>
    static CookieOptions CookieFor(Duration lasting) => new()
    {
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
        MaxAge = lasting.ToTimeSpan(),
    };
}
