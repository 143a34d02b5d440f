using NodaTime;
using NudgeBot.Usage;

namespace NudgeBot.Commands;

/// <summary>What only the terminal can do.</summary>
public abstract record OperatorRequest : CommandRequest
{
    private OperatorRequest() { }

    /// <param name="CompleteTo">The last date of which the file knows everything; null: as the format tells.</param>
    public sealed record ImportUsage(string File, UsageFormat Format, string? Tool, LocalDate? CompleteTo) : OperatorRequest;

    public sealed record ListFeeds : OperatorRequest;

    /// <summary>A campaign run in virtual time over files, away from the database's people.</summary>
    public sealed record Simulate(
        string Campaign, string Roster, SimulatedUsage? Usage, string? Answers, LocalDate From, int Days, string Out) : OperatorRequest;

    public sealed record Run(string? Urls) : OperatorRequest;

    /// <summary>The playground, with invented people.</summary>
    /// <param name="Campaign">The file of the campaign to rehearse; null: the one that NudgeBot ships.</param>
    public sealed record Demo(bool Fresh, int? Port, string? Campaign, bool SlackFake = false) : OperatorRequest;

    public T Match<T>(
        Func<ImportUsage, T> importUsage, Func<ListFeeds, T> listFeeds, Func<Simulate, T> simulate, Func<Run, T> run, Func<Demo, T> demo) => this switch
        {
            ImportUsage r => importUsage(r),
            ListFeeds r => listFeeds(r),
            Simulate r => simulate(r),
            Run r => run(r),
            Demo r => demo(r),
            _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
        };
}

public sealed record SimulatedUsage(string File, UsageFormat Format);
