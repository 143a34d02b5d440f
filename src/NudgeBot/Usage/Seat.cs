using NodaTime;

namespace NudgeBot.Usage;

/// <summary>A licence of GitHub Copilot.</summary>
/// <param name="Since">The UTC date of its creation.</param>
/// <param name="LastActivityAt">
/// Shown, never counted as use: it counts suggestions merely received, and becomes null after 90 idle days, so that null is not "never".
/// </param>
sealed record Seat(string Login, LocalDate? Since, Instant? LastActivityAt, string? LastActivityEditor, string? Plan, LocalDate? PendingCancellation)
{
    /// <summary>A login may have a seat from every team that grants one: the first licence and the last activity count.</summary>
    public Seat With(Seat other)
    {
        var latest = (other.LastActivityAt ?? Instant.MinValue) > (LastActivityAt ?? Instant.MinValue) ? other : this;
        return latest with
        {
            Since = Since is null || other.Since < Since ? other.Since ?? Since : Since,
            // Cancelled as a whole only when every team has cancelled, and then on the last of the dates.
            PendingCancellation = PendingCancellation is { } a && other.PendingCancellation is { } b ? LocalDate.Max(a, b) : null,
        };
    }
}
