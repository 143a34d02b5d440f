namespace NudgeBot.Governance;

/// <summary>What was asked is not done, and nothing was changed; the message says why not, and what to do.</summary>
/// <param name="symbol">The argument or option that it is about, for the field of a form; null: none in particular.</param>
public sealed class RefusalException(string message, string? symbol = null) : Exception(message)
{
    public string? Symbol => symbol;

    /// <summary>The asker may not: noted in the audit log.</summary>
    public bool IsForbidden { get; init; }
}
