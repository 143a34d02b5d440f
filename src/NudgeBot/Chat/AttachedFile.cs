using System.Text;
using System.Text.Unicode;

namespace NudgeBot.Chat;

/// <summary>A text file that came with a message, or why it cannot be had.</summary>
public abstract record AttachedFile
{
    /// <summary>In bytes.</summary>
    public const int Largest = 1024 * 1024;

    /// <summary>Whoever sends a file piece by piece keeps nobody waiting for longer.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    AttachedFile() { }

    public sealed record Text(string Content) : AttachedFile;

    /// <param name="Why">A whole sentence.</param>
    public sealed record Unusable(string Why) : AttachedFile;

    public static readonly AttachedFile TooLarge = new Unusable("The file is larger than 1 MB, which is the most that I take in chat. In the terminal there is no such limit.");

    public static readonly AttachedFile OneAtATime = new Unusable("I take one file at a time: send each with a command of its own.");

    public static readonly AttachedFile NotReached = new Unusable("I could not get the file just now. Send it again in a minute.");

    /// <summary>No further than the largest that there may be.</summary>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public static async Task<AttachedFile> ReadAsync(Stream from, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(Patience, WireClock.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        using var all = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (await from.ReadAsync(chunk, either.Token) is > 0 and var length)
        {
            all.Write(chunk, 0, length);
            if (all.Length > Largest) return TooLarge;
        }
        return Of(all.ToArray());
    }

    static AttachedFile Of(byte[] bytes)
    {
        // The database keeps no text with a zero in it, and no text has one.
        if (!Utf8.IsValid(bytes) || bytes.Contains((byte)0)) return new Unusable("The file is not UTF-8 text. Save it as UTF-8; in Excel: Save as, 'CSV UTF-8'.");
        return new Text(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'));
    }

    public T Match<T>(Func<Text, T> text, Func<Unusable, T> unusable) => this switch
    {
        Text f => text(f),
        Unusable f => unusable(f),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
