using System.Net;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>Over plain HTTP: who may ask, and what becomes of what the page would never send.</summary>
public sealed class OwnPagesTests : IAsyncLifetime
{
    readonly HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false });
    OpenPlayground playground = null!;
    long mia;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        playground = await OpenPlayground.StartAsync();
        client.BaseAddress = playground.Url;
        mia = (await playground.PersonAsync("Mia Brandt")).Id;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await playground.DisposeAsync();
    }

    [Theory]
    [InlineData("Origin", "https://example.com")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    public async Task Another_page_changes_nothing(string header, string value)
    {
        foreach (var path in new[] { $"/write?person={mia}", $"/use?person={mia}", "/clock", "/theme" })
        {
            using var request = Posting(path, ("text", "from elsewhere"), ("use", "none"), ("leap", "week"));
            request.Headers.Add(header, value);
            using var answer = await client.SendAsync(request, Cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task Its_own_page_and_a_program_may()
    {
        using var fromThePage = Posting($"/write?person={mia}", ("text", "hello"));
        fromThePage.Headers.Add("Origin", playground.Url.GetLeftPart(UriPartial.Authority));
        fromThePage.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var first = await client.SendAsync(fromThePage, Cancellation);
        first.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        first.Headers.Location!.ToString().ShouldBe($"/?person={mia}");
        (await PostAsync($"/write?person={mia}", ("text", "hello"))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("example.com")]
    [InlineData("127.0.0.1.example.com")]
    [InlineData("localhost.example.com")]
    [InlineData("192.168.0.7")]
    public async Task Under_another_name_nothing_is_even_shown(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = host } };
        using var answer = await client.SendAsync(request, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe("Only the playground's own page may do that.");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    public async Task This_machine_has_several_names(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = host } };
        using var answer = await client.SendAsync(request, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/assets/playground.js")]
    [InlineData("/nowhere")]
    public async Task Every_answer_has_the_headers_that_keep_others_out(string path)
    {
        using var answer = await client.GetAsync(path, Cancellation);
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
        answer.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_of_that_number_is_said()
    {
        foreach (var person in new[] { "0", "999999", "99999999999999999999999", "-1", "mia", "" })
        {
            var (status, body) = await PostAsync($"/write?person={person}", ("text", "hello"));
            status.ShouldBe(HttpStatusCode.NotFound, person);
            body.ShouldContain("There is nobody of that number.");
            using var page = await client.GetAsync($"/?person={person}&channel=%00&pane=%00&draft=%00", Cancellation);
            page.StatusCode.ShouldBe(HttpStatusCode.OK, person);
            using var completed = await client.GetAsync($"/complete?person={person}&line=/", Cancellation);
            completed.StatusCode.ShouldBe(HttpStatusCode.NotFound, person);
        }
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task A_button_that_is_not_there_cannot_be_pressed()
    {
        var jonas = await playground.PersonAsync("Jonas Wiegand");
        var his = (await playground.World.Messages.SeenByAsync(jonas.Id, jonas.Chat, Cancellation))[0].Id.ToString(null, null);
        var hers = (await playground.World.Messages.SeenByAsync(mia, "mia.brandt@oskerby.example", Cancellation))[0].Id.ToString(null, null);
        (string Name, string Value)[][] presses =
        [
            [],
            [("message", his), ("action", "answer.worked"), ("payload", "1.1")],
            [("message", hers), ("action", "no.such"), ("payload", "")],
            [("message", hers), ("action", "welcome.chore"), ("payload", "1.1")],
            [("message", hers)],
            [("message", "0"), ("action", "answer.worked"), ("payload", "1.1")],
            [("message", "x"), ("action", "answer.worked"), ("payload", "1.1")],
            [("message", "9999999999999999999999"), ("action", "answer.worked"), ("payload", "1.1")],
        ];
        foreach (var press in presses)
        {
            var (status, body) = await PostAsync($"/press?person={mia}", press);
            status.ShouldBe(HttpStatusCode.BadRequest);
            body.ShouldContain("The page is out of date; load it again.");
        }
        await NothingHappenedAsync();
    }

    [Theory]
    [InlineData("leap", "year")]
    [InlineData("leap", "")]
    [InlineData("leap", "7")]
    [InlineData("to", "tomorrow")]
    [InlineData("to", "9999-12-31T23:59:59Z")]
    [InlineData("to", "2026-12-25T08:30:01Z")]
    [InlineData("x", "")]
    public async Task A_clock_is_not_moved_by_what_is_no_time(string field, string value)
    {
        var (status, body) = await PostAsync("/clock", (field, value));
        status.ShouldBe(HttpStatusCode.BadRequest);
        body.ShouldNotBeEmpty();
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task A_moment_that_has_passed_leaves_the_clock_where_it_is()
    {
        (await PostAsync("/clock", ("to", "2026-09-01T00:00:00Z"))).Status.ShouldBe(HttpStatusCode.Redirect);
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task What_the_page_would_never_send_is_refused()
    {
        foreach (var path in new[] { $"/write?person={mia}", $"/submit?person={mia}", $"/press?person={mia}", $"/use?person={mia}", $"/cancel?person={mia}", "/clock", "/theme" })
        {
            (await PostAsync(path, ("text", "a\0b"), ("leap", "week"))).Status.ShouldBe(HttpStatusCode.BadRequest, path);
            (await PostAsync(path, ("a\0b", "text"), ("leap", "week"))).Status.ShouldBe(HttpStatusCode.BadRequest, path);
            (await PostAsync(path, ("text", new string('x', 8001)))).Status.ShouldBe(HttpStatusCode.BadRequest, path);
            (await PostAsync(path, ("text", new string('x', 5_000_000)))).Status.ShouldBe(HttpStatusCode.BadRequest, path);
            using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            using var answered = await client.PostAsync(path, json, Cancellation);
            answered.StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);
            using var broken = new StringContent("--nothing", System.Text.Encoding.UTF8);
            broken.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };
            using var refused = await client.PostAsync(path, broken, Cancellation);
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);
        }
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task A_form_that_is_not_open_changes_nothing()
    {
        (await PostAsync($"/submit?person={mia}", ("what", "hello"))).Status.ShouldBe(HttpStatusCode.Redirect);
        (await PostAsync($"/cancel?person={mia}")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await PostAsync($"/use?person={mia}", ("use", "hourly"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync($"/write?person={mia}", ("text", "  "))).Status.ShouldBe(HttpStatusCode.Redirect);
        await NothingHappenedAsync();
    }

    async Task NothingHappenedAsync()
    {
        (await playground.AskAsync<string>("select to_char(now at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from playground")).ShouldBe(["2026-09-23 08:30"]);
        (await playground.AskAsync<int>($"select count(*)::int from playground_messages where author_id = {mia}")).ShouldBe([0]);
        (await playground.PersonAsync("Mia Brandt")).UseWord.ShouldBe("invented");
    }

    async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var request = Posting(path, fields);
        using var answer = await client.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    static HttpRequestMessage Posting(string path, params (string Name, string Value)[] fields) => new(HttpMethod.Post, path)
    {
        Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
    };
}
