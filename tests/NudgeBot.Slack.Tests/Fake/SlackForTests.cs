using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.Slack.Tests.Fake;

/// <summary>A fake Slack with one workspace, two people and the app installed, and a plain client of its Web API.</summary>
sealed class SlackForTests : IAsyncDisposable
{
    readonly HttpClient _http = new();

    SlackForTests(FakeSlackServer server)
    {
        Server = server;
        Team = server.World.AddTeam("Acme");
        Ada = server.World.AddUser(Team, "Ada Lovelace", "ada@acme.example");
        Bob = server.World.AddUser(Team, "Bob Noyce", "bob@acme.example");
        Token = server.World.Install(Team).Value;
    }

    public FakeSlackServer Server { get; }
    public Team Team { get; }
    public User Ada { get; }
    public User Bob { get; }
    public string Token { get; set; }

    public static async Task<SlackForTests> StartAsync(FakeSlackOptions? options = null) => new(await FakeSlackServer.StartAsync(options));

    /// <summary>The answer's body, whatever it says.</summary>
    public async Task<JsonElement> CallAsync(string method, object arguments)
    {
        using var answer = await SendAsync(method, arguments);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<HttpResponseMessage> SendAsync(string method, object arguments)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Server.ApiUrl, method)) { Content = JsonContent.Create(arguments) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return await _http.SendAsync(request);
    }

    public async Task<JsonElement> FormAsync(string method, Dictionary<string, string> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await _http.PostAsync(new Uri(Server.ApiUrl, method), content);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<HttpResponseMessage> PostAsync(string url, object body) => await _http.PostAsJsonAsync(new Uri(url), body);

    public async Task<string> DirectChannelAsync(User with) =>
        (await CallAsync("conversations.open", new { users = with.Id })).GetProperty("channel").GetProperty("id").GetString()!;

    public async Task<string> ErrorAsync(string method, object arguments) => (await CallAsync(method, arguments)).GetProperty("error").GetString()!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }
}

/// <summary>Stands still until it is moved.</summary>
sealed class ManualTime : TimeProvider
{
    DateTimeOffset _now = new(2026, 3, 9, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Move(TimeSpan by) => _now += by;
}
