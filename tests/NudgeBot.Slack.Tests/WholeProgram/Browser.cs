using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using NudgeBot.FakeSlack;
using NudgeBot.Slack.Installing;

namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>In which somebody installs the app.</summary>
sealed class Browser(FakeSlackServer slack) : IDisposable
{
    readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>Somebody follows the link to install the app, allows what is asked for, and is sent back.</summary>
    /// <param name="allows">Of the scopes that were asked for.</param>
    /// <returns>The page that stands there in the end.</returns>
    public async Task<string> InstallAsync(Uri program, SlackPerson by, Func<string, bool> allows, CancellationToken cancellation)
    {
        using var begun = await http.GetAsync(new Uri(program, InstallEndpoints.InstallPath), cancellation);
        begun.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var consent = begun.Headers.Location!;
        consent.GetLeftPart(UriPartial.Path).ShouldBe(new Uri(slack.Address, "oauth/v2/authorize").AbsoluteUri);
        var asked = QueryHelpers.ParseQuery(consent.Query);
        asked["client_id"].ToString().ShouldBe(slack.App.ClientId);
        var code = slack.World.GrantCode(slack.World.Teams[by.User.TeamId], by.User, [.. asked["scope"].ToString().Split(',').Where(allows)]);

        using var back = new HttpRequestMessage(HttpMethod.Get, new Uri(program, QueryHelpers.AddQueryString(
            InstallEndpoints.OAuthPath, new Dictionary<string, string?> { ["code"] = code, ["state"] = asked["state"] })));
        back.Headers.Add("Cookie", begun.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var page = await http.SendAsync(back, cancellation);
        return WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(cancellation));
    }

    public void Dispose() => http.Dispose();
}
