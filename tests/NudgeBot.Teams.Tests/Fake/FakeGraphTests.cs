using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using NudgeBot.FakeTeams;
using NudgeBot.FakeTeams.Graph;
using NudgeBot.FakeTeams.Identity;

namespace NudgeBot.Teams.Tests.Fake;

public sealed class FakeGraphTests : IAsyncLifetime
{
    readonly HttpClient http = new();
    FakeTeamsServer teams = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => teams = await FakeTeamsServer.StartAsync(new() { Graph = new GraphOptions { PageSize = 2 } });

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await teams.DisposeAsync();
    }

    async Task<(int Status, JsonElement Body)> GetAsync(string url, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(teams.GraphUrl, url));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? teams.Login.NewToken(Login.GraphScope));
        using var answer = await http.SendAsync(request, Cancellation);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }

    /// <returns>The ids on the pages, and the link to what changes.</returns>
    async Task<(List<string> Ids, string Delta)> ReadAsync(string url)
    {
        var ids = new List<string>();
        while (true)
        {
            var page = (await GetAsync(url)).Body;
            ids.AddRange(page.GetProperty("value").EnumerateArray().Select(user => user.GetProperty("id").GetString()! + (user.TryGetProperty("@removed", out _) ? " removed" : "")));
            if (page.TryGetProperty("@odata.deltaLink", out var delta)) return (ids, delta.GetString()!);
            url = page.GetProperty("@odata.nextLink").GetString()!;
        }
    }

    [Fact]
    public async Task Tells_everybody_once_and_then_what_has_changed()
    {
        var people = Enumerable.Range(0, 5).Select(i => teams.World.AddPerson($"p{i}", $"p{i}@acme.com")).ToArray();
        foreach (var person in people) teams.Directory.Add(person);
        var (all, delta) = await ReadAsync("users/delta?$select=id,assignedPlans");
        all.ShouldBe(people.Select(person => person.AadObjectId));

        (await ReadAsync(delta)).Ids.ShouldBeEmpty();
        teams.Directory.Change(people[3], entry => entry.Licensed = false);
        teams.Directory.Remove(people[1]);
        (var changed, delta) = await ReadAsync(delta);
        changed.ShouldBe([people[3].AadObjectId, $"{people[1].AadObjectId} removed"]);
        (await ReadAsync("users/delta?$select=id")).Ids.Count.ShouldBe(4);

        teams.Directory.ForgetLinks();
        (await GetAsync(delta)).Status.ShouldBe(410);
    }

    [Fact]
    public async Task Knows_only_tokens_that_are_for_it()
    {
        (await GetAsync("users/delta?$select=id", teams.Login.NewToken())).Status.ShouldBe(401);
        (await GetAsync("users/delta?$select=id", "invented")).Status.ShouldBe(401);
    }
}
