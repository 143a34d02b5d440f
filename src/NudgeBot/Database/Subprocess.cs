using System.ComponentModel;
using System.Diagnostics;

namespace NudgeBot.Database;

static class Subprocess
{
    /// <summary>What a command printed, on both streams, and how it ended.</summary>
    public sealed record Result(int ExitCode, string Output);

    /// <exception cref="DatabaseException">There is no such program.</exception>
    public static async Task<Result> RunAsync(IReadOnlyList<string> command, string input, CancellationToken cancellation)
    {
        using var process = Start(command, readOutput: true);
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new Result(process.ExitCode, (await output + await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public static Process Start(IReadOnlyList<string> command, bool readOutput)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            // Our own current folder may be closed to the user whom the command runs as.
            WorkingDirectory = "/",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = readOutput,
            RedirectStandardError = readOutput,
        };
        // PGDATA, PGPORT and the like are meant for somebody else's server.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG")).ToList())
            start.Environment.Remove(name);
        // PostgreSQL's messages are read for their words.
        start.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new DatabaseException($"'{command[0]}' cannot be run: {error.Message}.", error);
        }
    }
}
