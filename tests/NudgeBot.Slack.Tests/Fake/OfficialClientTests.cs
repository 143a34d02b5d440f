using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NudgeBot.FakeSlack;

namespace NudgeBot.Slack.Tests.Fake;

/// <summary>Slack's own client libraries against the fake. They are fetched once into a temporary folder; without npm the tests are skipped.</summary>
public class OfficialClientTests
{
    static readonly string[] Packages = ["@slack/web-api@8.2.0", "@slack/bolt@5.1.0", "@slack/socket-mode@3.1.0"];
    static readonly SemaphoreSlim Installing = new(1);

    [Fact]
    public async Task The_web_client_posts_opens_reads_pages_and_waits_out_a_limit()
    {
        await using var slack = await SlackForTests.StartAsync(new() { Limits = new() { MessageBurst = 1 } });
        for (var i = 0; i < 5; i++) slack.Server.World.AddUser(slack.Team, $"Person {i}");

        var seen = await RunAsync("web-api.cjs", new { url = slack.Server.ApiUrl, token = slack.Token, user = slack.Ada.Id });

        seen.GetProperty("user").GetString().ShouldBe("nudgebot");
        seen.GetProperty("metadata").GetProperty("event_payload").GetProperty("id").GetString().ShouldBe("n-1");
        seen.GetProperty("members").GetInt32().ShouldBe(slack.Team.Users.Count);
        seen.GetProperty("error").GetString().ShouldBe("channel_not_found");
        slack.Server.MessagesWith(slack.Ada).Select(message => message.Text).ShouldBe(["first", "second"]);
        slack.Server.Calls["chat.postMessage"].Throttled.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Bolt_takes_the_signatures_for_slack_s_and_no_other_secret_s()
    {
        await using var slack = await SlackForTests.StartAsync(new() { TellsAppOfItsOwnMessages = false });
        await using var app = await AppForTests.StartAsync(slack.Server);
        await slack.Server.Acting.SayAsync(slack.Ada, "grüße & <more>");
        await slack.Server.Acting.CommandAsync(slack.Ada, "/nudge", "guide");

        var seen = await RunAsync("bolt.cjs", new { secret = slack.Server.App.SigningSecret, requests = app.Requests });

        seen.GetProperty("valid").EnumerateArray().Select(one => one.GetBoolean()).ShouldBe([true, true]);
        seen.GetProperty("forged").EnumerateArray().Select(one => one.GetBoolean()).ShouldBe([false, false]);
    }

    [Fact]
    public async Task The_socket_client_connects_hears_and_acknowledges()
    {
        await using var slack = await SlackForTests.StartAsync(new() { App = new FakeApp { UsesSocketMode = true } });
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var client = RunAsync("socket-mode.cjs", new { url = slack.Server.ApiUrl, token = slack.Server.App.AppToken });
        while (slack.Server.Sockets.Connections == 0 && !client.IsCompleted) await Task.Delay(20, over.Token);
        if (client.IsCompleted) await client;

        (await slack.Server.Acting.CommandAsync(slack.Ada, "/nudge", "guide")).Acknowledged.ShouldBeTrue();
        (await slack.Server.Acting.SayAsync(slack.Ada, "bye"))!.Acknowledged.ShouldBeTrue();

        var seen = await client;
        seen.GetProperty("command").GetString().ShouldBe("guide");
        seen.GetProperty("message").GetString().ShouldBe("bye");
        slack.Server.MessagesWith(slack.Ada)[0].Text.ShouldBe("from the socket");
    }

    /// <returns>What the script prints: one line of JSON.</returns>
    static async Task<JsonElement> RunAsync(string script, object input)
    {
        var folder = await ClientsAsync();
        var path = Path.Combine(folder, script);
        File.Copy(Path.Combine(Here(), "official", script), path, overwrite: true);
        var (exit, output, errors) = await StartAsync("node", folder, [path, JsonSerializer.Serialize(input, JsonSerializerOptions.Web)]);
        exit.ShouldBe(0, errors);
        return JsonDocument.Parse(output).RootElement;
    }

    static async Task<string> ClientsAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), "nudgebot-slack-clients-" + string.Join('-', Packages.Select(name => name.Split('@')[^1])));
        await Installing.WaitAsync();
        try
        {
            Directory.CreateDirectory(folder);
            if (File.Exists(Path.Combine(folder, "complete"))) return folder;
            try
            {
                var (exit, _, errors) = await StartAsync("npm", folder, ["install", "--no-audit", "--no-fund", "--no-save", "--prefix", folder, .. Packages]);
                if (exit != 0) Assert.Skip($"npm could not fetch Slack's clients: {errors}");
            }
            catch (System.ComponentModel.Win32Exception)
            {
                Assert.Skip("npm is not installed: Slack's own clients cannot be tried.");
            }
            await File.WriteAllTextAsync(Path.Combine(folder, "complete"), "");
            return folder;
        }
        finally
        {
            Installing.Release();
        }
    }

    static async Task<(int Exit, string Output, string Errors)> StartAsync(string program, string folder, IEnumerable<string> arguments)
    {
        using var over = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(over.Token);
        var errors = process.StandardError.ReadToEndAsync(over.Token);
        try
        {
            await process.WaitForExitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return (process.ExitCode, await output, await errors);
    }

    static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
