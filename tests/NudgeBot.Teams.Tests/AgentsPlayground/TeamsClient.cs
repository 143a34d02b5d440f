using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using NudgeBot.Tests.Rendering;

namespace NudgeBot.Teams.Tests.AgentsPlayground;

/// <summary>
/// Microsoft's Agents Playground (npm's <c>@microsoft/m365agentsplayground</c>): a Teams that runs on this machine, with a page in the browser and an API
/// of its own. Its people, chats and ids are the ones that are written here.
/// </summary>
sealed class TeamsClient : IAsyncDisposable
{
    public const string TenantId = "7c1d9a30-2b4e-4f6a-8c0d-9e8f7a6b5c4d";
    public const string AppId = "3f8b2f9e-5a51-4c0e-9d7b-1f2a3b4c5d6e";
    const string PersonalChat = "19:anna-and-nudgebot@unq.gbl.spaces";
    public const string General = "19:payments@thread.tacv2";

    const string Packages = """{"private": true, "dependencies": {"@microsoft/m365agentsplayground": "0.2.28"}}""";

    static readonly NodePackages Package = new("agents-playground", Packages);

    readonly ConcurrentQueue<string> _said = new();
    readonly HttpClient _http;
    readonly Process _process;
    readonly string _folder;

    TeamsClient(Process process, string folder, Uri address)
    {
        (_process, _folder) = (process, folder);
        _http = new HttpClient { BaseAddress = address };
        process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address => _http.BaseAddress!;

    public string Said => string.Join('\n', _said);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="bot">Where the bot takes its activities.</param>
    public static async Task<TeamsClient> StartAsync(Uri bot)
    {
        var installed = await Package.InstalledAsync();
        var folder = Directory.CreateTempSubdirectory("nudgebot-agents-playground-run-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, ".m365agentsplayground.yml"), Configuration, Cancellation);
        var port = FreePort();
        var process = NodePackages.Start("node", folder, [("TEAMSAPPTESTER_BROWSER", "none")],
            Path.Combine(installed, "node_modules/@microsoft/m365agentsplayground/cli.js"), "-e", bot.AbsoluteUri, "-c", "msteams", "-p", $"{port}", "--dt");
        var client = new TeamsClient(process, folder, new Uri($"http://localhost:{port}"));
        await Soon.TrueAsync(client.IsOpenAsync, "the Agents Playground is open", () => client.Said);
        return client;
    }

    async Task<bool> IsOpenAsync()
    {
        if (_process.HasExited) throw new InvalidOperationException($"The Agents Playground ended.\n{Said}");
        try
        {
            using var answer = await _http.GetAsync("/_internal/v1/config", Cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>By its API, as if Anna typed it in the personal chat.</summary>
    public async Task SayAsync(string text)
    {
        using var answer = await _http.PostAsJsonAsync(
            $"/_conversation/v1/conversations/{Uri.EscapeDataString(PersonalChat)}/messages", new { type = "text", text, textFormat = "plain", from = new { id = IdOf(0) } }, Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>It wants six people, whoever they are; those but Anna have nothing to do.</summary>
    static readonly string Configuration = $"""
        version: "0.1.1"
        tenantId: {TenantId}
        bot: {Named("28:" + AppId, "NudgeBot")}
        currentUser: {Somebody(0, "Anna", "Bauer")}
        users: [{Somebody(1, "Eve", "Winter")}, {Somebody(2, "Mara", "Stein")}, {Somebody(3, "Hana", "Vogt")}, {Somebody(4, "Cleo", "Horn")}, {Somebody(5, "Dora", "Kern")}]
        personalChat: {Id(PersonalChat)}
        groupChat: {Named("19:lunch@thread.v2", "Lunch")}
        team: {Team}
        """;

    static string Team => new JsonObject
    {
        ["id"] = General,
        ["name"] = "Payments",
        ["aadGroupId"] = "5f0f6a52-6c3a-4f0e-8a57-6b0a4f2f3b1c",
        ["channels"] = new JsonArray(),
    }.ToJsonString();

    static string IdOf(int number) => $"9a1c0000-0000-4000-8000-00000000000{number}";

    static string Id(string id) => new JsonObject { ["id"] = id }.ToJsonString();

    static string Named(string id, string name) => new JsonObject { ["id"] = id, ["name"] = name }.ToJsonString();

    static string Somebody(int number, string first, string last) => new JsonObject
    {
        // Teams finds people by their id in the directory too, the Playground by this one alone.
        ["id"] = IdOf(number),
        ["name"] = $"{first} {last}",
        ["userPrincipleName"] = $"{first.ToLowerInvariant()}@acme.com",
        ["aadObjectId"] = IdOf(number),
        ["givenName"] = first,
        ["surname"] = last,
        ["email"] = $"{first.ToLowerInvariant()}@acme.com",
    }.ToJsonString();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
