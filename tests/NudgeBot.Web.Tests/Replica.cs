using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace NudgeBot.Web.Tests;

/// <summary>The program as a process of its own, on a port of its own, with a recorder for a chat platform.</summary>
sealed class Replica : IAsyncDisposable
{
    const string Listening = "Now listening on: ";

    readonly ConcurrentQueue<string> output = new();
    readonly ConcurrentQueue<string> errors = new();
    readonly string recorderFile = Path.Combine(Path.GetTempPath(), $"nudgebot-recorder-{Guid.NewGuid():N}.jsonl");
    readonly HttpClient client = new();
    readonly Process process;

    Replica(string[] arguments, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Service).Assembly.Location, "run", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["NUDGEBOT_RECORDER"] = "1";
        start.Environment["NUDGEBOT_RECORDER_FILE"] = recorderFile;
        foreach (var (name, value) in settings) start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', output);

    public IReadOnlyCollection<string> Errors => errors;

    /// <summary>The ids of the nudges that were sent, in order.</summary>
    public IReadOnlyList<string> Sent => File.Exists(recorderFile)
        ? [.. File.ReadLines(recorderFile).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("NudgeId").GetString()!)]
        : [];

    public static Replica Start(params (string Name, string Value)[] settings) => Start(["--urls", "http://127.0.0.1:0"], settings);

    public static Replica Start(string[] arguments, params (string Name, string Value)[] settings) =>
        new(arguments, settings.ToDictionary(setting => setting.Name, setting => setting.Value));

    public Task WaitForAsync(Func<Task<bool>> condition, string what) => Until.TrueAsync(
        async () => process.HasExited ? throw new InvalidOperationException($"The program ended.\n{Told()}") : await condition(), what, Told);

    public Task WaitForLogAsync(string words) => WaitForAsync(() => Task.FromResult(Output.Contains(words)), $"the log says '{words}'");

    /// <summary>The jobs have started too.</summary>
    public Task WaitForStartAsync() => WaitForLogAsync("Application started");

    public async Task<(int Status, JsonElement Body)> GetAsync(string path)
    {
        var url = output.Select(line => line.Split(Listening)).First(parts => parts.Length == 2)[1];
        using var answer = await client.GetAsync(new Uri(new Uri(url), path), TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, JsonDocument.Parse(body).RootElement);
    }

    /// <summary>SIGTERM, as container hosts send it.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await ExitCodeAsync();
    }

    public async Task<int> ExitCodeAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        client.Dispose();
        File.Delete(recorderFile);
    }

    string Told() => $"{Output}\n{string.Join('\n', errors)}";

    static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null) lines.Enqueue(line);
    }
}
