using NudgeBot.Tests.Database;
using NudgeBot.Tests.Simulation.Reference;

namespace NudgeBot.Tests.Simulation;

/// <summary>
/// The real engine, on real files and a real database, against a slow and obvious second implementation of the same rules: every row of
/// all four files, on invented companies made to be difficult.
/// </summary>
public class SimulationAgainstReferenceTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 16)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Gives_the_rows_of_the_reference(int seed)
    {
        var input = ReferenceInput.Random(seed, people: 60);
        var expected = ReferenceSimulation.Run(input);
        using var written = new WrittenInput(input);
        await using var database = await TestDatabase.CreateEmptyAsync();

        var found = await new NudgeBot.Simulation.Simulation(written.Input, written.Content, database.Source).RunAsync(TestContext.Current.CancellationToken);

        Differences(expected.Enrollments, found.Enrollments).ShouldBeEmpty();
        Differences(expected.Nudges, found.Nudges).ShouldBeEmpty();
        Differences(expected.Posts, found.Posts).ShouldBeEmpty();
        Differences(expected.Retention, found.Retention).ShouldBeEmpty();
    }

    /// <summary>The first few, so that a failure can be read.</summary>
    static IReadOnlyList<string> Differences(IReadOnlyList<string> expected, IReadOnlyList<string> found) =>
    [
        .. expected.Except(found).Take(5).Select(line => $"missing: {line}"),
        .. found.Except(expected).Take(5).Select(line => $"surplus: {line}"),
        .. expected.Count == found.Count ? Array.Empty<string>() : [$"{found.Count} rows instead of {expected.Count}"],
        .. expected.Except(found).Any() || expected.SequenceEqual(found) ? Array.Empty<string>() : ["the same rows in another order"],
    ];
}
