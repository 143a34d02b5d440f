using System.Net;

namespace NudgeBot.Slack.Tests.Inbound;

public sealed class RefusalTests
{
    const string Body = "team_id=T1&user_id=U1&channel_id=C1&command=%2Fnudge&text=stop&trigger_id=t";

    static long Now => WireClock.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task What_is_not_signed_by_Slack_or_is_old_does_nothing()
    {
        await using var company = await SlackCompany.WithReplicaAsync();

        (await company.PostAsync("/slack/commands", Body, secret: "another")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await company.PostAsync("/slack/commands", Body, timestamp: Now - 400)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await company.PostAsync("/slack/commands", Body, timestamp: Now + 400)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        using var bare = new HttpClient();
        (await bare.PostAsync(new Uri(company.Url(), "/slack/events"), new StringContent("{}"), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        await NothingHappenedAsync(company);
    }

    [Theory]
    [InlineData("/slack/events", "{")]
    [InlineData("/slack/events", "[]")]
    [InlineData("/slack/events", "{}")]
    [InlineData("/slack/events", """{"type":"event_callback","team_id":"T1","event_id":"Ev 1\u0000","event":{"type":"message"}}""")]
    [InlineData("/slack/events", """{"type":"event_callback","team_id":{},"event_id":7,"event":[]}""")]
    [InlineData("/slack/commands", "team_id=T1")]
    [InlineData("/slack/commands", "")]
    [InlineData("/slack/interactivity", "payload=")]
    [InlineData("/slack/interactivity", "payload=%7B%7D")]
    [InlineData("/slack/interactivity", "payload=%7B%22type%22%3A%22block_actions%22%2C%22team%22%3A%7B%22id%22%3A%22T1%22%7D%2C%22user%22%3A%7B%22id%22%3A%22U1%22%7D%2C%22actions%22%3A%5B%5D%7D")]
    public async Task What_is_signed_and_no_format_of_Slacks_is_refused_for_good(string path, string body)
    {
        await using var company = await SlackCompany.WithReplicaAsync();

        var (status, _, response) = await company.PostAsync(path, body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        response.Headers.GetValues("X-Slack-No-Retry").ShouldBe(["1"]);
        await NothingHappenedAsync(company);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_long_is_refused_also_where_its_length_is_not_told(bool tellsLength)
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(company.Url(), "/slack/events"));
        request.Headers.Add("X-Slack-Request-Timestamp", $"{Now}");
        request.Headers.Add("X-Slack-Signature", "v0=0");
        request.Content = new ByteArrayContent(new byte[2 * 1024 * 1024]);
        if (!tellsLength) request.Headers.TransferEncodingChunked = true;
        using var http = new HttpClient();

        var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_workspace_that_is_not_known_here_is_told_so_once()
    {
        await using var company = await SlackCompany.WithReplicaAsync();

        var (status, _, response) = await company.PostAsync("/slack/events", SlackCompany.Envelope(SlackCompany.Words("stop"), "Ev1", team: "T9").ToJsonString());

        status.ShouldBe(HttpStatusCode.NotFound);
        response.Headers.GetValues("X-Slack-No-Retry").ShouldBe(["1"]);
        await NothingHappenedAsync(company);
    }

    [Fact]
    public async Task Slack_may_deliver_again_what_could_not_be_stored()
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        await company.QueryAsync<int>("alter table inbox rename to gone");

        var (status, _, response) = await company.PostAsync("/slack/events", SlackCompany.Envelope(SlackCompany.Words("help"), "Ev1").ToJsonString());
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.Contains("X-Slack-No-Retry").ShouldBeFalse();
        await company.QueryAsync<int>("alter table gone rename to inbox");
        await company.EventAsync(SlackCompany.Words("help"));
        await company.Product.InboxWorker.WhenIdleAsync();

        company.Slack.Methods.ShouldBe(["chat.postMessage"]);
    }

    [Fact]
    public async Task Slack_is_told_its_challenge()
    {
        await using var company = await SlackCompany.WithReplicaAsync();

        var (status, body, _) = await company.PostAsync("/slack/events", """{"type":"url_verification","challenge":"3eZbrw1aBm2r","token":"x"}""");

        status.ShouldBe(HttpStatusCode.OK);
        body.ShouldBe("""{"challenge":"3eZbrw1aBm2r"}""");
    }

    static async Task NothingHappenedAsync(SlackCompany company)
    {
        await company.Product.InboxWorker.WhenIdleAsync();
        (await company.QueryAsync<string>("select key from inbox")).ShouldBeEmpty();
        company.Slack.Calls.ShouldBeEmpty();
    }
}
