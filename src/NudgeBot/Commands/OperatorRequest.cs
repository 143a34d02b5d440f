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

    /// <summary>The app package of a Teams tenant, written as a file.</summary>
    /// <param name="AppId">Null: as the settings tell.</param>
    /// <param name="About">The page that the app's details lead to; null: the host itself.</param>
    public sealed record TeamsPackage(string? AppId, string Host, string? Name, string? Company, string? About, string? Out) : OperatorRequest;

    public T Match<T>(
        Func<ImportUsage, T> importUsage, Func<ListFeeds, T> listFeeds, Func<Simulate, T> simulate, Func<Run, T> run, Func<Demo, T> demo, Func<TeamsPackage, T> teamsPackage) => this switch
        {
            ImportUsage r => importUsage(r),
            ListFeeds r => listFeeds(r),
            Simulate r => simulate(r),
            Run r => run(r),
            Demo r => demo(r),
            TeamsPackage r => teamsPackage(r),
            _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
        };
}

public sealed record SimulatedUsage(string File, UsageFormat Format);
