using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using NodaTime;
using NudgeBot.Slack.Installing;

namespace NudgeBot.Slack.Tests.Installing;

public sealed class InstallEndpointsTests : IAsyncLifetime
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    InstalledCompany company = null!;
    WebApplication site = null!;
    readonly HttpClient browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public async ValueTask InitializeAsync()
    {
        company = await InstalledCompany.CreateAsync();
        company.Slack.Answer = _ => Task.FromResult<object?>(ScriptedSlack.Granted());
        site = await ServeAsync(company.App);
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await site.DisposeAsync();
        await company.DisposeAsync();
    }

    [Fact]
    public async Task Sends_the_browser_to_Slack_with_least_scopes_and_a_cookie_that_only_this_host_gets()
    {
        var begun = await BeginAsync();

        begun.Location.GetLeftPart(UriPartial.Path).ShouldBe(new Uri(company.Slack.Url, "../oauth/v2/authorize").AbsoluteUri);
        var query = QueryHelpers.ParseQuery(begun.Location.Query);
        query["client_id"].ToString().ShouldBe("1.2");
        query["scope"].ToString().Split(',').ShouldBe(SlackScopes.Bot);
        begun.SetCookie.ShouldStartWith("__Host-");
        foreach (var part in new[] { "secure", "httponly", "samesite=lax", "path=/", "max-age=600" }) begun.SetCookie.ShouldContain(part);
        begun.Location.AbsoluteUri.ShouldNotContain(begun.Cookie.Split('=')[1], customMessage: "the cookie's value goes nowhere else");
    }

    [Fact]
    public async Task Coming_back_installs_the_app_and_keeps_its_token_encrypted()
    {
        var (status, page) = await FinishAsync(await BeginAsync());

        status.ShouldBe(HttpStatusCode.OK);
        page.ShouldContain("NudgeBot is installed");
        page.ShouldNotContain("xox");
        var workspace = (await company.App.Installations.FindAsync("T1", Stop))!;
        workspace.OrganizationId.ShouldBe(company.Id);
        (await company.App.Tokens.OfAsync(workspace, Stop)).ShouldBe("xoxe.xoxb-1-new");
        company.Slack.Calls.Single().Form.ShouldBe(new Dictionary<string, string> { ["code"] = "the-code" });
    }

    [Fact]
    public async Task A_state_is_good_for_ten_minutes_once_in_one_browser()
    {
        var (one, other) = (await BeginAsync(), await BeginAsync());

        (await FinishAsync(one with { Cookie = other.Cookie })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await FinishAsync(one)).Status.ShouldBe(HttpStatusCode.BadRequest, "a wrong cookie has used it up");
        (await FinishAsync(other)).Status.ShouldBe(HttpStatusCode.OK);
        (await FinishAsync(other)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await FinishAsync(await BeginAsync() with { Cookie = "" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await FinishAsync(await BeginAsync() with { State = "invented" })).Status.ShouldBe(HttpStatusCode.BadRequest);

        var late = await BeginAsync();
        company.Wire.Now += Duration.FromMinutes(10);
        (await FinishAsync(late)).Status.ShouldBe(HttpStatusCode.BadRequest);
        company.Slack.Calls.Count.ShouldBe(1);
        await BeginAsync();
        (await company.AskAsync<int>("select count(*)::int from slack_install_states")).ShouldBe(1, "what is over is cleared away");
    }

    [Theory]
    [InlineData("bad_client_secret", "SLACK_CLIENT_SECRET")]
    [InlineData("bad_redirect_uri", "redirect URL")]
    [InlineData("invalid_code", "Begin again")]
    [InlineData("<b>", "did not answer")]
    public async Task Says_what_Slack_refuses(string error, string expected)
    {
        company.Slack.Answer = _ => Task.FromResult<object?>(ScriptedSlack.Refusing(error));

        var (status, page) = await FinishAsync(await BeginAsync());

        status.ShouldBe(HttpStatusCode.BadGateway);
        page.ShouldContain(expected);
        page.ShouldNotContain("<b>");
        (await company.App.Installations.FindAsync("T1", Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task A_further_workspace_must_be_listed()
    {
        await company.InstallAsync();
        company.Slack.Answer = _ => Task.FromResult<object?>(ScriptedSlack.Granted(team: "T2"));

        var (status, page) = await FinishAsync(await BeginAsync());
        status.ShouldBe(HttpStatusCode.Forbidden);
        page.ShouldContain("NUDGEBOT_SLACK_TEAMS");
        (await company.App.Installations.FindAsync("T2", Stop)).ShouldBeNull();

        await using var listed = await ServeAsync(company.Replica(company.App.Settings with { AllowedTeams = ["T2"] }));
        (await FinishAsync(await BeginAsync(listed), listed)).Status.ShouldBe(HttpStatusCode.OK);
        (await company.App.Installations.FindAsync("T2", Stop)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Lacking_scopes_are_named()
    {
        company.Slack.Answer = _ => Task.FromResult<object?>(ScriptedSlack.Granted(scope: "chat:write,commands"));

        (await FinishAsync(await BeginAsync())).Page.ShouldContain("im:history, im:write");
    }

    [Fact]
    public async Task With_several_organizations_one_must_be_named()
    {
        await company.ExecuteAsync("insert into organizations (name, created_at) values ('Other & Sons', '2026-01-01')");

        using var unnamed = await browser.GetAsync(At(site, "/slack/install"), Stop);
        unnamed.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await FinishAsync(await BeginAsync(site, "?organization=acme"))).Status.ShouldBe(HttpStatusCode.OK);
        (await company.App.Installations.FindAsync("T1", Stop))!.OrganizationId.ShouldBe(company.Id);
    }

    static async Task<WebApplication> ServeAsync(SlackApp app)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var served = builder.Build();
        served.MapSlackInstall(app);
        await served.StartAsync(Stop);
        return served;
    }

    async Task<Begun> BeginAsync(WebApplication? at = null, string query = "")
    {
        using var answer = await browser.GetAsync(At(at ?? site, $"/slack/install{query}"), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        var location = answer.Headers.Location!;
        return new Begun(location, cookie, cookie.Split(';')[0], QueryHelpers.ParseQuery(location.Query)["state"].ToString());
    }

    async Task<(HttpStatusCode Status, string Page)> FinishAsync(Begun begun, WebApplication? at = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At(at ?? site, $"/slack/oauth?code=the-code&state={Uri.EscapeDataString(begun.State)}"));
        if (begun.Cookie.Length > 0) request.Headers.Add("Cookie", begun.Cookie);
        using var answer = await browser.SendAsync(request, Stop);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop)));
    }

    static Uri At(WebApplication served, string path) => new(new Uri(served.Urls.Single()), path);

    sealed record Begun(Uri Location, string SetCookie, string Cookie, string State);
}
