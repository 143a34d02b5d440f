using NodaTime;
using NudgeBot.People;
using NudgeBot.Tests.Database;

namespace NudgeBot.Tests.People;

public sealed class OrganizationsTests
{
    readonly ProductClock clock = ProductClock.StandingAt(Instant.FromUtc(2027, 1, 11, 12, 0));

    [Fact]
    public async Task Replicas_that_start_together_create_one_organization()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.CreateAsync();

        var created = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Organizations.EnsureFirstAsync(database.Source, $"acme-{i}", clock, cancellation)));

        created.Count(one => one).ShouldBe(1);
        (await Organizations.IdsAsync(database.Source, cancellation)).ShouldHaveSingleItem();
    }
}
