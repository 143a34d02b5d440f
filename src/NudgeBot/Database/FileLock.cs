namespace NudgeBot.Database;

/// <summary>A lock between programs, on a file that stays. The system releases it when its holder dies, however it dies.</summary>
sealed class FileLock : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly FileStream stream;

    FileLock(FileStream stream) => this.stream = stream;

    public void Dispose() => stream.Dispose();

    public static FileLock? TryTake(string path) => TryOpen(path, FileAccess.ReadWrite, FileShare.None);

    public static FileLock? TryShare(string path) => TryOpen(path, FileAccess.Read, FileShare.Read);

    public static async Task<FileLock> TakeAsync(string path, CancellationToken cancellation)
    {
        var started = WireClock.System.GetTimestamp();
        while (WireClock.System.GetElapsedTime(started) < Patience)
        {
            if (TryTake(path) is { } taken) return taken;
            await Task.Delay(TimeSpan.FromMilliseconds(50), WireClock.System, cancellation);
        }
        throw new DatabaseException($"Another program has held {path} for {Patience.TotalMinutes} minutes: "
            + "it seems stuck while starting or stopping the server.");
    }

    static FileLock? TryOpen(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, access, share));
        }
        // Its subclasses (no such folder, a path too long) are errors that waiting does not mend.
        catch (IOException held) when (held.GetType() == typeof(IOException))
        {
            return null;
        }
    }
}
