using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using NudgeBot.FakeTeams;
using NudgeBot.FakeTeams.World;

namespace NudgeBot.Teams.Tests.Fake;

/// <summary>A fake Teams with two people, one of whom has the app, a team that has it too, and a plain client of its connector.</summary>
sealed class TeamsForTests : IAsyncDisposable
{
    readonly HttpClient _http = new();

    TeamsForTests(FakeTeamsServer server, BotForTests bot)
    {
        (Server, Bot) = (server, bot);
        Ada = server.World.AddPerson("Ada Lovelace", "ada@acme.example");
        Bob = server.World.AddPerson("Bob Noyce", guest: true);
        Team = server.World.AddTeam("Engines", Ada, Bob);
        Token = server.Login.NewToken();
    }

    public FakeTeamsServer Server { get; }
    public BotForTests Bot { get; }
    public Person Ada { get; }
    public Person Bob { get; }
    public Team Team { get; }
    public string? Token { get; set; }

    public static async Task<TeamsForTests> StartAsync(FakeTeamsOptions? options = null)
    {
        var server = await FakeTeamsServer.StartAsync(options);
        var teams = new TeamsForTests(server, await BotForTests.StartAsync(server));
        await server.Acting.InstallAsync(teams.Ada);
        await server.Acting.InstallAsync(teams.Team, teams.Ada);
        teams.Bot.Activities.Clear();
        return teams;
    }

    public static object Message(string text) => new { type = "message", text };

    /// <param name="path">After <c>v3/</c>.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Server.ServiceUrl, $"v3/{path}")) { Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body)) };
        if (Token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return await _http.SendAsync(request);
    }

    /// <returns>The status and what is in the error, or the answer's id where there is none: <c>201 a:1...</c>, <c>403 MessageWritesBlocked</c>.</returns>
    public async Task<string> CallAsync(HttpMethod method, string path, object? body = null)
    {
        using var answer = await SendAsync(method, path, body);
        var said = await answer.Content.ReadAsStringAsync();
        if (said.Length == 0) return $"{(int)answer.StatusCode}";
        var json = JsonDocument.Parse(said).RootElement;
        var word = json.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : json.GetProperty("id").GetString();
        return $"{(int)answer.StatusCode} {word}";
    }

    public object Conversation(string member) => new { bot = new { id = Server.Bot.Id }, isGroup = false, tenantId = Server.Bot.TenantId, members = new[] { new { id = member } } };

    public async Task<string> ChatAsync(Person with)
    {
        using var answer = await SendAsync(HttpMethod.Post, "conversations", Conversation(with.Id));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>Posts to somebody, and gives what they then have.</summary>
    public async Task<Message> PostAsync(Person to, object activity)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"conversations/{await ChatAsync(to)}/activities", activity);
        answer.EnsureSuccessStatusCode();
        return Server.MessagesWith(to)[^1];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Bot.DisposeAsync();
        await Server.DisposeAsync();
    }
}
