namespace NudgeBot.Files;

/// <summary>What is wrong in a file that users edit, and where; lines and columns count from 1.</summary>
public sealed record FileError(int Line, int Column, string Message)
{
    /// <summary>As users find it, e.g. <c>guides/en/any/welcome.md</c>; null where the text came without a name.</summary>
    public string? File { get; init; }

    public override string ToString() =>
        File is null ? $"line {Line}, column {Column}: {Message}" : $"{File}:{Line}:{Column}: {Message}";
}
