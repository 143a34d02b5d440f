using System.Security.Cryptography;
using System.Text;

namespace NudgeBot.Database;

/// <summary>Where one cluster lies: the locks are ours, <c>postgres/</c> and what is in it belong to the server's user.</summary>
sealed record ClusterFolder(string Path)
{
    string Server => System.IO.Path.Combine(Path, "postgres");
    public string Data => System.IO.Path.Combine(Server, "data");
    /// <summary>Renamed to <see cref="Data"/> when initdb is through: what bears that name is whole.</summary>
    public string HalfMade => System.IO.Path.Combine(Server, "data.half-made");
    public string Password => System.IO.Path.Combine(Server, "password");
    public string Log => System.IO.Path.Combine(Server, "server.log");
    /// <summary>Held while the server is started or stopped.</summary>
    public string ChangeLock => System.IO.Path.Combine(Path, "postgres-change.lock");
    /// <summary>Shared by every program that uses the server.</summary>
    public string UseLock => System.IO.Path.Combine(Path, "postgres-use.lock");

    public bool HoldsCluster => Directory.Exists(Data);

    /// <summary>The major version that made the cluster; null before there is one.</summary>
    public string? Version => HoldsCluster ? File.ReadAllText(System.IO.Path.Combine(Data, "PG_VERSION")).Trim() : null;

    /// <summary>
    /// The wanted folder if the server's user can work in it, else one under /var/lib: a checkout in /root is closed to
    /// <c>postgres</c>. A cluster once made stays where it is, whatever becomes reachable later.
    /// </summary>
    public static async Task<ClusterFolder> PrepareAsync(string wanted, PostgresUser user, CancellationToken cancellation)
    {
        wanted = System.IO.Path.GetFullPath(wanted);
        var elsewhere = Elsewhere(wanted);
        var candidates = user == PostgresUser.Ourselves ? [wanted] : elsewhere.HoldsCluster ? [elsewhere.Path] : new[] { wanted, elsewhere.Path };
        var failures = new List<string>();
        foreach (var candidate in candidates)
        {
            var (folder, failure) = await TryAsync(candidate, user, cancellation);
            if (folder is not null) return folder;
            failures.Add($"{candidate}: {failure}");
            if (new ClusterFolder(candidate).HoldsCluster) break;
        }
        throw new DatabaseException($"The user '{user}' cannot keep a database in {string.Join("; nor in ", failures)}\n"
            + "Open that folder to the user, or set NUDGEBOT_HOME to another one.");
    }

    public static ClusterFolder Elsewhere(string wanted) =>
        new("/var/lib/nudgebot/" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted)))[..12]);

    /// <summary>Only the server's user can tell whether it gets there: modes, ACLs and mounts all have a say.</summary>
    static async Task<(ClusterFolder?, string)> TryAsync(string path, PostgresUser user, CancellationToken cancellation)
    {
        var folder = new ClusterFolder(path);
        var isNew = !Directory.Exists(folder.Server);
        if (isNew)
        {
            var made = await Subprocess.RunAsync(["sh", "-c", "mkdir -p -- \"$0\" && \"$@\"", path, .. user.Makes(folder.Server)], "", cancellation);
            if (made.ExitCode != 0) return (null, made.Output);
        }
        // The path without links: the server reports its folder so, and it has to be known again.
        var reached = await Subprocess.RunAsync(user.Runs("sh", "-c", "cd -P \"$0\" && test -w . && cd -P .. && pwd -P", folder.Server), "", cancellation);
        if (reached.ExitCode == 0) return (new ClusterFolder(reached.Output), "");
        if (isNew) Directory.Delete(folder.Server);
        return (null, reached.Output);
    }
}
