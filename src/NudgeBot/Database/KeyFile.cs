using System.Text;

namespace NudgeBot.Database;

/// <summary>
/// The key of an installation with the embedded database, in <c>NUDGEBOT_HOME/key</c>: readable by its user alone, made when it is first needed.
/// Whoever has an own database server sets <c>NUDGEBOT_KEY</c>, the same for all replicas.
/// </summary>
public static class KeyFile
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The setting wins over the file.</summary>
    /// <param name="setting">Of <c>NUDGEBOT_KEY</c>; null or empty: it is not set.</param>
    /// <param name="home">Where the file lies; null with an external database, which a file of one machine does not go with.</param>
    /// <exception cref="SettingException">There is no usable key.</exception>
    public static SecretBox Open(string? setting, string? home)
    {
        if (!string.IsNullOrWhiteSpace(setting)) return new SecretBox(setting);
        return home is not null
            ? new SecretBox(ReadOrMake(Path.Combine(home, "key")))
            : throw new SettingException($"{SecretBox.Setting} is not set. With a database of your own (NUDGEBOT_DATABASE), tokens are encrypted with a key that you keep: "
                + "make one with `openssl rand -base64 32`, give it to every replica, and keep a copy apart from the database's backups.");
    }

    static string ReadOrMake(string path)
    {
        if (!File.Exists(path)) MakeAlone(path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != UnixFileMode.None)
            throw new SettingException($"Others than its owner can use {path}, which holds the key. Restrict it: chmod 600 {path}");
        return File.ReadAllText(path, Encoding.ASCII).Trim() is { Length: > 0 } key
            ? key
            : throw new SettingException($"{path} is empty: it held the key. Bring it back from a backup.");
    }

    /// <summary>Of programs that start at the same time the first one makes it.</summary>
    static void MakeAlone(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Once in the life of an installation, and before anything else runs: there is nothing that could go on meanwhile.
        using var alone = FileLock.TakeAsync($"{path}.lock", CancellationToken.None).GetAwaiter().GetResult();
        if (!File.Exists(path)) Make(path);
    }

    /// <summary>Under another name first: whoever dies while writing leaves no half key.</summary>
    static void Make(string path)
    {
        var half = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(half, options))
        {
            file.Write(Encoding.ASCII.GetBytes($"{SecretBox.NewKey()}\n"));
            file.Flush(flushToDisk: true);
        }
        File.Move(half, path, overwrite: false);
    }
}
