using System.Net;
using System.Net.Sockets;
using NudgeBot.Tests.Database;

namespace NudgeBot.Web.Tests;

/// <summary>What an operator can put right is said in words, without a stack and without the password; the exit code is 1.</summary>
public sealed class StartErrorTests
{
    const string Unreachable = "Host=127.0.0.1;Port=1;Username=nudgebot;Password=hunter2";

    [Fact]
    public async Task No_database_answers() =>
        (await ErrorAsync(Replica.Start(("NUDGEBOT_DATABASE", Unreachable)))).ShouldBe(["nudgebot: the database does not answer: Connection refused. Check NUDGEBOT_DATABASE."]);

    [Fact]
    public async Task The_setting_is_no_connection_string() =>
        (await ErrorAsync(Replica.Start(("NUDGEBOT_DATABASE", "hunter2=nudgebot")))).ShouldHaveSingleItem().ShouldStartWith("nudgebot: NUDGEBOT_DATABASE is not a connection string");

    [Fact]
    public async Task There_is_no_content_folder() =>
        (await ErrorAsync(Replica.Start(("NUDGEBOT_DATABASE", Unreachable), ("NUDGEBOT_CONTENT", "/nowhere"))))
            .ShouldHaveSingleItem().ShouldStartWith("nudgebot: NUDGEBOT_CONTENT is '/nowhere', which must hold the folders");

    [Fact]
    public async Task A_content_file_is_malformed()
    {
        using var content = new EveryDayContent();
        content.WriteCalendar("country: XX\nname: Nowhere\nsource: invented\nweekend: [someday]\nholidays: []\n");

        var error = await ErrorAsync(Replica.Start(("NUDGEBOT_DATABASE", Unreachable), ("NUDGEBOT_CONTENT", content.Path)));

        error.ShouldHaveSingleItem().ShouldStartWith("nudgebot: calendars/XX.yaml:4:11: ");
    }

    [Fact]
    public async Task The_port_is_taken()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var error = await ErrorAsync(Replica.Start(["--urls", $"http://{taken.LocalEndpoint}"], ("NUDGEBOT_DATABASE", database.ConnectionString)));

        error.ShouldHaveSingleItem().ShouldContain("address already in use. Stop the other program, or choose another address with --urls.");
    }

    static async Task<IReadOnlyCollection<string>> ErrorAsync(Replica replica)
    {
        await using (replica)
        {
            (await replica.ExitCodeAsync()).ShouldBe(1);
            $"{replica.Output}{string.Concat(replica.Errors)}".ShouldNotContain("hunter2");
            replica.Output.ShouldNotContain("   at ");
            return replica.Errors;
        }
    }
}
