using NudgeBot.Tests;

namespace NudgeBot.Web.Tests;

public sealed class EmbeddedDatabaseTests : IDisposable
{
    // Made by the program, so that the server's user may be let in.
    readonly string home = Path.Combine(Path.GetTempPath(), $"nudgebot-home-{Guid.NewGuid():N}");

    string PidFile => Path.Combine(home, "postgres", "data", "postmaster.pid");

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Fact]
    public async Task Without_a_database_setting_the_service_starts_a_server_and_stops_it_at_the_end()
    {
        await using var replica = Replica.Start(("NUDGEBOT_DATABASE", ""), ("NUDGEBOT_HOME", home), ("NUDGEBOT_CONTENT", Shipped.Content.Path));
        await replica.WaitForStartAsync();
        (await replica.GetAsync("/health/ready")).Status.ShouldBe(200);
        File.Exists(PidFile).ShouldBeTrue();

        replica.Terminate();

        (await replica.ExitCodeAsync()).ShouldBe(0);
        File.Exists(PidFile).ShouldBeFalse();
    }
}
