using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using NudgeBot.Tests;
using NudgeBot.Tests.Database;

namespace NudgeBot.Web.Tests.Playground;

/// <summary><c>nudgebot demo</c> as an operator starts it: a process of its own.</summary>
sealed class DemoProcess : IAsyncDisposable
{
    readonly ConcurrentQueue<string> output = new();
    readonly ConcurrentQueue<string> errors = new();
    readonly HttpClient client = new();
    readonly Process process;

    DemoProcess(TestDatabase database, int port, string[] arguments)
    {
        Port = port;
        var start = new ProcessStartInfo("dotnet", [typeof(Service).Assembly.Location, "demo", "--port", $"{port}", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["NUDGEBOT_DATABASE"] = database.ConnectionString;
        start.Environment["NUDGEBOT_CONTENT"] = Shipped.Content.Path;
        // What would open a service to the network opens no playground.
        start.Environment["ASPNETCORE_URLS"] = "http://0.0.0.0:0";
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Port { get; }

    public IReadOnlyCollection<string> Output => output;

    public IReadOnlyCollection<string> Errors => errors;

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static DemoProcess Start(TestDatabase database, params string[] arguments) => new(database, FreePort(), arguments);

    public static DemoProcess StartAt(int port, TestDatabase database) => new(database, port, []);

    /// <summary>Until it has told its address.</summary>
    public Task WaitUntilOpenAsync() => WaitUntilSaidAsync($"The playground is open: http://127.0.0.1:{Port}");

    public Task WaitUntilSaidAsync(string line) => Until.TrueAsync(
        () => process.HasExited ? throw new InvalidOperationException($"It ended.\n{Told()}") : Task.FromResult(output.Contains(line)),
        "the playground is open", Told);

    public async Task<string> PageAsync() => await client.GetStringAsync($"http://127.0.0.1:{Port}/", TestContext.Current.CancellationToken);

    /// <summary>Moves the clock by an hour.</summary>
    public async Task MoveAsync()
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("leap", "hour")]);
        using var answer = await client.PostAsync($"http://127.0.0.1:{Port}/clock", form, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <param name="signal">INT as Ctrl-C sends it, or TERM.</param>
    public async Task<int> EndAsync(string signal)
    {
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await ExitCodeAsync();
    }

    /// <exception cref="TimeoutException">It did not end, e.g. because the tests were started where INT is ignored: in the background of a script.</exception>
    public async Task<int> ExitCodeAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), WireClock.System, TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        client.Dispose();
    }

    string Told() => string.Join('\n', output.Concat(errors));

    static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null) lines.Enqueue(line);
    }
}
