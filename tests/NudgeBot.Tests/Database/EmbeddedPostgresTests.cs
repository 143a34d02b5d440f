using System.Net;
using System.Net.Sockets;
using Npgsql;
using NudgeBot.Database;
using static NudgeBot.Tests.Database.InstallationFolder;

namespace NudgeBot.Tests.Database;

public sealed class EmbeddedPostgresTests : IAsyncLifetime
{
    readonly InstallationFolder folder = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    [Fact]
    public async Task Listens_on_this_machine_only_and_asks_for_a_password()
    {
        await using var server = await folder.StartAsync();

        (await AskAsync(server, "show listen_addresses")).ShouldBe("127.0.0.1");
        (await AskAsync(server, "show unix_socket_directories")).ShouldBe("");
        (await AskAsync(server, "show fsync")).ShouldBe("on");
        (await AskAsync(server, "select concat_ws(' ', datname, pg_encoding_to_char(encoding), datcollate) from pg_database where datname = current_database()"))
            .ShouldBe("nudgebot UTF8 C");
        File.GetUnixFileMode(folder.Places.Password).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var guess = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "guess" }.ConnectionString;
        (await Should.ThrowAsync<PostgresException>(AskAsync(guess, "select 1"))).SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task Data_survives_a_restart()
    {
        await using (var server = await folder.StartAsync(stopOnDispose: true))
            await AskAsync(server, "create table kept as select 'still here' as what");
        (await folder.LiveAsync()).ShouldBeNull();

        await using var again = await folder.StartAsync();
        (await AskAsync(again, "select what from kept")).ShouldBe("still here");
    }

    [Fact]
    public async Task Programs_that_start_at_once_share_one_server_and_the_last_one_stops_it()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => folder.StartAsync(stopOnDispose: true)));
        servers.Select(s => s.ProcessId).Distinct().ShouldHaveSingleItem();

        await servers[0].DisposeAsync();
        await servers[1].DisposeAsync();
        (await AskAsync(servers[2], "select 'answers'")).ShouldBe("answers");
        await servers[2].DisposeAsync();
        (await folder.LiveAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Chooses_another_port_when_the_chosen_one_is_taken_meanwhile()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var ports = new Queue<int>([((IPEndPoint)taken.LocalEndpoint).Port, ((IPEndPoint)free.LocalEndpoint).Port]);
        free.Stop();

        await using var server = await EmbeddedPostgres.StartAsync(folder.Path, ClusterPurpose.Service, ports.Dequeue, Cancellation);
        (await AskAsync(server, "select 'answers'")).ShouldBe("answers");
        ports.ShouldBeEmpty();
    }

    [Fact]
    public async Task Says_why_the_server_did_not_start()
    {
        await folder.MakeStoppedClusterAsync();
        await File.AppendAllTextAsync(Path.Combine(folder.Places.Data, "postgresql.conf"), "no_such_setting = 1\n", Cancellation);
        (await Should.ThrowAsync<DatabaseException>(folder.StartAsync())).Message.ShouldContain("unrecognized configuration parameter \"no_such_setting\"");
    }

    [Fact]
    public async Task A_scratch_server_takes_its_folder_with_it()
    {
        var scratch = await EmbeddedPostgres.StartScratchAsync(Cancellation);
        (await AskAsync(scratch, "show fsync")).ShouldBe("off");
        await scratch.DisposeAsync();

        await Should.ThrowAsync<NpgsqlException>(AskAsync(scratch, "select 1"));
        Directory.Exists(scratch.Folder).ShouldBeFalse();
    }
}
