using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Dapper;
using NodaTime;
using NudgeBot.People;
using NudgeBot.Tests.Database;

namespace NudgeBot.Web.Tests.Playground;

/// <summary><c>nudgebot demo</c>: where it answers, what it keeps, and what it refuses.</summary>
public sealed class DemoTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_answers_on_this_machine_alone_and_keeps_what_was_done_unless_it_is_to_start_afresh()
    {
        await using var database = await OpenPlayground.CopyAsync();
        await using (var demo = DemoProcess.Start(database))
        {
            await demo.WaitUntilOpenAsync();
            (await demo.PageAsync()).ShouldContain("datetime=\"2026-09-23T08:30:00Z\"");
            IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(one => one.Port == demo.Port).ShouldBe([new IPEndPoint(IPAddress.Loopback, demo.Port)]);
            await demo.MoveAsync();
            // A page that is open, and waits for changes, holds nothing up.
            using var client = new HttpClient();
            using var changes = await client.GetAsync($"http://127.0.0.1:{demo.Port}/changes", HttpCompletionOption.ResponseHeadersRead, Cancellation);
            (await demo.EndAsync("TERM")).ShouldBe(0);
            demo.Errors.ShouldBeEmpty();
        }

        await using (var again = DemoProcess.Start(database))
        {
            await again.WaitUntilOpenAsync();
            (await again.PageAsync()).ShouldContain("datetime=\"2026-09-23T09:30:00Z\"");
            again.Output.ShouldNotContain(line => line.StartsWith("Inventing", StringComparison.Ordinal));

            await using var second = DemoProcess.Start(database, "--fresh");
            (await second.ExitCodeAsync()).ShouldBe(1);
            second.Errors.ShouldBe(["The playground is open already; close that one first."]);

            (await again.EndAsync("INT")).ShouldBe(0);
            again.Errors.ShouldBeEmpty();
        }

        await using var afresh = DemoProcess.Start(database, "--fresh");
        await afresh.WaitUntilOpenAsync();
        afresh.Output.ShouldContain("Inventing Oskerby: forty people, and nine days of their campaign.");
        (await afresh.PageAsync()).ShouldContain("datetime=\"2026-09-23T08:30:00Z\"");
    }

    [Theory]
    [InlineData]
    [InlineData("--fresh")]
    public async Task A_database_of_somebody_real_is_refused_and_left_as_it_is(params string[] arguments)
    {
        await using var database = await TestDatabase.CreateAsync();
        await Organizations.EnsureFirstAsync(database.Source, "Real Ltd", ProductClock.StandingAt(Instant.FromUtc(2026, 1, 1, 0, 0)), Cancellation);

        await using var demo = DemoProcess.Start(database, arguments);

        (await demo.ExitCodeAsync()).ShouldBe(1);
        demo.Errors.ShouldHaveSingleItem().ShouldStartWith("This database holds the organization 'Real Ltd', which is no playground's.");
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        (await connection.QueryAsync<string>("select name from organizations")).ShouldBe(["Real Ltd"]);
        (await connection.QuerySingleAsync<int>("select count(*)::int from persons")).ShouldBe(0);
    }

    [Fact]
    public async Task A_playground_beside_somebody_real_is_refused_too()
    {
        await using var database = await OpenPlayground.CopyAsync();
        await using (var connection = await database.Source.OpenConnectionAsync(Cancellation))
            await connection.ExecuteAsync("insert into organizations (name, created_at) values ('Real Ltd', '2026-01-01')");

        await using var demo = DemoProcess.Start(database, "--fresh");

        (await demo.ExitCodeAsync()).ShouldBe(1);
        demo.Errors.ShouldHaveSingleItem().ShouldContain("'Real Ltd'");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said()
    {
        await using var database = await OpenPlayground.CopyAsync();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        await using var demo = DemoProcess.StartAt(((IPEndPoint)taken.LocalEndpoint).Port, database);

        (await demo.ExitCodeAsync()).ShouldBe(1);
        demo.Errors.ShouldHaveSingleItem().ShouldContain("address already in use. Stop the other program, or choose another port with --port.");
    }

    [Fact]
    public async Task The_service_refuses_a_playgrounds_database()
    {
        await using var database = await OpenPlayground.CopyAsync();

        await using var service = Replica.Start(("NUDGEBOT_DATABASE", database.ConnectionString));

        (await service.ExitCodeAsync()).ShouldBe(1);
        service.Errors.ShouldHaveSingleItem().ShouldBe(
            "nudgebot: This database is a playground's, with invented people and a clock of its own. Name another one in NUDGEBOT_DATABASE, or open it with `demo`.");
    }
}
