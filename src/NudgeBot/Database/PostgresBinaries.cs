using System.Globalization;
using System.Text.RegularExpressions;

namespace NudgeBot.Database;

/// <summary>The folder of one installed PostgreSQL's programs.</summary>
sealed partial record PostgresBinaries(string Folder)
{
    const string HowToInstall = """
        Debian, Ubuntu:  sudo apt-get install postgresql
        Fedora, RHEL:    sudo dnf install postgresql-server
        macOS:           brew install postgresql@16
        Or set NUDGEBOT_DATABASE to the connection string of a PostgreSQL server that runs elsewhere.
        """;

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    public string Initdb => Path.Combine(Folder, "initdb");

    /// <summary>The installed ones, what is on the PATH first, then the newest.</summary>
    public static IEnumerable<PostgresBinaries> Installed() =>
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).SelectMany(OnPath),
        .. Versions("/usr/lib/postgresql", "*", "bin"),
        .. Versions("/usr", "pgsql-*", "bin"),
        .. Versions("/opt/homebrew/opt", "postgresql*", "bin"),
        .. Versions("/usr/local/opt", "postgresql*", "bin"),
    ];

    /// <summary>The first of <paramref name="installed"/> that can serve a cluster made by <paramref name="version"/>; null: any.</summary>
    public static async Task<PostgresBinaries> ChooseAsync(IEnumerable<PostgresBinaries> installed, string? version, CancellationToken cancellation)
    {
        var others = new List<string>();
        foreach (var binaries in installed.Distinct())
        {
            if (!File.Exists(binaries.PgCtl) || !File.Exists(binaries.Initdb)) continue;
            if (version is null) return binaries;
            var told = await Subprocess.RunAsync([binaries.PgCtl, "--version"], "", cancellation);
            if (Number().Match(told.Output).Value == version) return binaries;
            others.Add($"{told.Output} in {binaries.Folder}");
        }
        throw new DatabaseException(others.Count == 0
            ? $"PostgreSQL is not installed: no folder with pg_ctl and initdb was found.\n{HowToInstall}"
            : $"The database was made by PostgreSQL {version}, and what is installed is {string.Join(", ", others)}. "
              + $"Install PostgreSQL {version} beside it, or move the data with pg_dumpall.\n{HowToInstall}");
    }

    /// <summary>The programs look for their siblings where they really are: a link on the PATH is followed.</summary>
    static IEnumerable<PostgresBinaries> OnPath(string folder)
    {
        var program = new FileInfo(Path.Combine(folder, "pg_ctl"));
        if (program.Exists) yield return new((program.ResolveLinkTarget(returnFinalTarget: true) ?? program).FullName[..^"/pg_ctl".Length]);
    }

    static IEnumerable<PostgresBinaries> Versions(string parent, string pattern, string below) =>
        !Directory.Exists(parent) ? [] : Directory.EnumerateDirectories(parent, pattern)
            .OrderByDescending(f => int.TryParse(Number().Match(Path.GetFileName(f)).Value, CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(f => new PostgresBinaries(Path.Combine(f, below)));

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
