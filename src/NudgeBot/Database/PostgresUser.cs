namespace NudgeBot.Database;

/// <summary>The system user that the server runs as: ourselves, or <c>postgres</c> where we are root, because PostgreSQL refuses root.</summary>
sealed class PostgresUser
{
    const string Name = "postgres";

    public static readonly PostgresUser Ourselves = new();
    public static readonly PostgresUser Postgres = new();

    PostgresUser() { }

    public override string ToString() => this == Postgres ? Name : Environment.UserName;

    public static async Task<PostgresUser> FindAsync(CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess) return Ourselves;
        var known = await Subprocess.RunAsync(["id", "-u", Name], "", cancellation);
        return known.ExitCode == 0 ? Postgres : throw new DatabaseException(
            $"This program runs as root, PostgreSQL refuses to, and there is no user '{Name}' to run it as. Add one (useradd --system {Name}), "
            + "run this program as another user, or set NUDGEBOT_DATABASE to the connection string of a server.");
    }

    /// <summary>
    /// The command as this user runs it. By setpriv, which becomes the command; runuser and su would stay as its parent.
    /// </summary>
    public IReadOnlyList<string> Runs(params IReadOnlyList<string> command) =>
        this == Postgres ? ["setpriv", $"--reuid={Name}", $"--regid={Name}", "--init-groups", "--", .. command] : command;

    /// <summary>Makes a folder that only this user can look into.</summary>
    public IReadOnlyList<string> Makes(string folder) =>
        this == Postgres ? ["install", "-d", "-m", "700", "-o", Name, "-g", Name, folder] : ["install", "-d", "-m", "700", folder];
}
