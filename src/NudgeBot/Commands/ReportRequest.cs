using NodaTime;
using NudgeBot.Retention;

namespace NudgeBot.Commands;

/// <summary>What is only looked at.</summary>
public abstract record ReportRequest : CommandRequest
{
    private ReportRequest() { }

    /// <summary>The latest ones.</summary>
    public sealed record Wins(int Count) : ReportRequest;

    public sealed record Retention(string Campaign, Grouping? By, bool Csv) : ReportRequest;

    /// <summary>Who changed what; null: whenever, whoever, whichever.</summary>
    /// <param name="Before">Only entries with smaller numbers.</param>
    public sealed record Audit(Duration? Since, string? By, string? Campaign, int? Before, bool Csv) : ReportRequest;

    /// <param name="Noted">The head that an earlier verification told.</param>
    public sealed record VerifyAudit(string? Noted) : ReportRequest;

    public T Match<T>(
        Func<Wins, T> wins, Func<Retention, T> retention, Func<Audit, T> audit, Func<VerifyAudit, T> verifyAudit) => this switch
        {
            Wins r => wins(r),
            Retention r => retention(r),
            Audit r => audit(r),
            VerifyAudit r => verifyAudit(r),
            _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
        };
}
