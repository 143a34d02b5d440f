namespace NudgeBot;

/// <summary>Where the program keeps what belongs to one installation: its embedded database, its key.</summary>
public static class HomeFolder
{
    /// <summary><c>NUDGEBOT_HOME</c>, or <c>.nudgebot</c> in the current folder; the <c>nudgebot</c> script names the one beside itself.</summary>
    public static string Path => System.IO.Path.GetFullPath(Environment.GetEnvironmentVariable("NUDGEBOT_HOME") is { Length: > 0 } home ? home : ".nudgebot");
}
