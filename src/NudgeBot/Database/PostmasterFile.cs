using System.Globalization;

namespace NudgeBot.Database;

/// <summary>What a server writes into its data folder's <c>postmaster.pid</c>, and whether that is still true.</summary>
sealed record PostmasterFile(int ProcessId, string DataFolder, int Port)
{
    /// <summary>
    /// The server that runs on this data folder, whoever started it; null if none does. A file that names a process which is no
    /// such server is left over from before a crash, and is removed where PostgreSQL would take it for a reason not to start.
    /// </summary>
    /// <exception cref="DatabaseException">The folder was copied or moved while its server ran.</exception>
    public static async Task<PostmasterFile?> LiveAsync(string data, CancellationToken cancellation)
    {
        var file = Path.Combine(data, "postmaster.pid");
        if (Read(file) is not { } told || await CommandLineAsync(told.ProcessId, cancellation) is not { } command) return null;
        if (Serves(command, data)) return told;
        if (Serves(command, told.DataFolder))
            throw new DatabaseException($"{file} names the server of {told.DataFolder} (process {told.ProcessId}), which still runs. "
                + "If this folder was moved, stop that process; if it is a copy, remove the file.");
        File.Delete(file);
        return null;
    }

    static PostmasterFile? Read(string file)
    {
        if (!File.Exists(file)) return null;
        var lines = File.ReadAllLines(file);
        // Its lines: process, data folder, start time, port, and more.
        return lines.Length >= 4
            && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var process)
            && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port)
            ? new PostmasterFile(process, lines[1], port)
            : null;
    }

    static bool Serves(string command, string data) => command.Contains("postgres") && command.Contains($" -D {data} ");

    /// <summary>Null: there is no such process. By /proc, because ps is not installed everywhere; by ps where there is no /proc.</summary>
    static async Task<string?> CommandLineAsync(int process, CancellationToken cancellation)
    {
        if (Directory.Exists("/proc/self"))
            return File.Exists($"/proc/{process}/cmdline") ? (await File.ReadAllTextAsync($"/proc/{process}/cmdline", cancellation)).Replace('\0', ' ') : null;
        var listed = await Subprocess.RunAsync(["ps", "-ww", "-o", "command=", "-p", $"{process}"], "", cancellation);
        return listed.ExitCode == 0 ? listed.Output + " " : null;
    }
}
