using System.Security.Cryptography;

namespace NudgeBot.Database;

/// <summary>One cluster and the commands on it. Whoever changes it holds the folder's lock.</summary>
sealed class Cluster(ClusterFolder folder, PostgresUser user, PostgresBinaries binaries, ClusterPurpose purpose)
{
    public const string Owner = "nudgebot";
    const int Attempts = 10;

    public ClusterFolder Folder => folder;

    public IReadOnlyList<string> StopCommand(string mode) => user.Runs(binaries.PgCtl, "stop", "-D", folder.Data, "-m", mode, "-w", "-t", "60");

    public Task<PostmasterFile?> LiveAsync(CancellationToken cancellation) => PostmasterFile.LiveAsync(folder.Data, cancellation);

    /// <exception cref="DatabaseException">A cluster is there that this program did not make, or that lost its password.</exception>
    public async Task<string> PasswordAsync(CancellationToken cancellation)
    {
        if (File.Exists(folder.Password) && await File.ReadAllTextAsync(folder.Password, cancellation) is { Length: > 0 } password) return password;
        throw new DatabaseException($"{folder.Data} holds a database, but its password is not in {folder.Password}: "
            + "NudgeBot did not make it, or the file was lost. Bring the file back, or set NUDGEBOT_HOME to another folder.");
    }

    public async Task CreateAsync(CancellationToken cancellation)
    {
        await SucceedAsync(["rm", "-rf", "--", folder.HalfMade], "", cancellation);
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await SucceedAsync(["sh", "-c", "umask 077; cat > \"$0\"", folder.Password], password, cancellation);
        await SucceedAsync([binaries.Initdb, "-D", folder.HalfMade, $"--username={Owner}", $"--pwfile={folder.Password}", "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale=C", .. purpose.InitdbOptions], "", cancellation);
        Directory.Move(folder.HalfMade, folder.Data);
    }

    /// <summary>
    /// pg_ctl gives the server a session of its own: neither Ctrl-C on our terminal nor our death reaches it. What may pass by
    /// itself is tried again: somebody else took the port since it was chosen, or the last children of a killed server still end.
    /// </summary>
    public async Task<PostmasterFile> StartAsync(Func<int> choosePort, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (File.Exists(folder.Log)) File.Move(folder.Log, folder.Log + ".old", overwrite: true);
            var started = await Subprocess.RunAsync(user.Runs(binaries.PgCtl, "start", "-D", folder.Data, "-l", folder.Log, "-w", "-t", "300",
                "-o", Options(choosePort())), "", cancellation);
            if (started.ExitCode == 0 && await LiveAsync(cancellation) is { } server) return server;

            var log = File.Exists(folder.Log) ? string.Join('\n', File.ReadLines(folder.Log).TakeLast(15)) : started.Output;
            var passes = log.Contains("could not bind") || log.Contains("pre-existing shared memory block");
            if (!passes || attempt == Attempts) throw new DatabaseException($"PostgreSQL did not start in {folder.Data}. The end of its log:\n{log}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), WireClock.System, cancellation);
        }
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        if (await LiveAsync(cancellation) is null) return;
        var stopped = await Subprocess.RunAsync(StopCommand("fast"), "", cancellation);
        if (stopped.ExitCode != 0) throw new DatabaseException($"PostgreSQL in {folder.Data} did not stop: {stopped.Output}");
    }

    string Options(int port)
    {
        string[] reach = ["listen_addresses=127.0.0.1", "unix_socket_directories=''", $"port={port}"];
        return string.Join(' ', reach.Concat(purpose.Settings).Select(s => $"-c {s}"));
    }

    async Task SucceedAsync(IReadOnlyList<string> command, string input, CancellationToken cancellation)
    {
        var ended = await Subprocess.RunAsync(user.Runs(command), input, cancellation);
        if (ended.ExitCode != 0) throw new DatabaseException($"No database could be made in {folder.Data}, {command[0]} failed:\n{ended.Output}");
    }
}
