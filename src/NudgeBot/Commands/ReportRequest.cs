using NudgeBot.Retention;

namespace NudgeBot.Commands;

/// <summary>What is only looked at.</summary>
public abstract record ReportRequest : CommandRequest
{
    private ReportRequest() { }

    /// <summary>The latest ones.</summary>
    public sealed record Wins(int Count) : ReportRequest;

    public sealed record Retention(string Campaign, Grouping? By, bool Csv) : ReportRequest;

    public T Match<T>(
        Func<Wins, T> wins, Func<Retention, T> retention) => this switch
        {
            Wins r => wins(r),
            Retention r => retention(r),
            _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
        };
}
