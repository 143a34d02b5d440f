using System.Net;
using System.Net.Sockets;
using Dapper;
using Npgsql;
using NudgeBot.Database;
using static NudgeBot.Tests.Database.InstallationFolder;

namespace NudgeBot.Tests.Database;

/// <summary>A program killed by kill -9 is one that lets go of its server without stopping it: nothing of it stays but the server.</summary>
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
        (await AskAsync(server, "select current_database() || ' ' || pg_encoding_to_char(encoding) || ' ' || datcollate from pg_database where datname = 'nudgebot'"))
            .ShouldBe("nudgebot UTF8 C");
        File.GetUnixFileMode(folder.Cluster.Password).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var guess = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "guess" }.ConnectionString;
        (await Should.ThrowAsync<PostgresException>(AskAsync(guess, "select 1"))).SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task Data_survives_a_restart()
    {
        await using (var server = await folder.StartAsync(stopOnDispose: true))
            await AskAsync(server, "create table kept as select 'still here' as what");
        (await LiveAsync()).ShouldBeNull();

        await using var again = await folder.StartAsync();
        (await AskAsync(again, "select what from kept")).ShouldBe("still here");
    }

    [Fact]
    public async Task Reuses_the_server_that_a_killed_program_left_behind()
    {
        int orphan;
        await using (var server = await folder.StartAsync()) orphan = server.ProcessId;

        await using var next = await folder.StartAsync();
        next.ProcessId.ShouldBe(orphan);
        (await AskAsync(next, "select 'answers'")).ShouldBe("answers");
    }

    [Fact]
    public async Task Is_out_of_reach_of_the_terminals_interrupt()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "Sessions are read from /proc.");
        await using var server = await folder.StartAsync();
        Session($"{server.ProcessId}").ShouldNotBe(Session("self"));

        // The fourth number after the program's name, which may hold anything, but ends with the last bracket.
        static string Session(string process) => File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ')[4];
    }

    [Fact]
    public async Task Starts_after_the_server_was_killed()
    {
        await using var killed = await folder.StartAsync();
        await AskAsync(killed, "create table kept as select 'still here' as what");
        Kill(killed.ProcessId);
        File.Exists(PidFile).ShouldBeTrue();

        await using var next = await folder.StartAsync();
        (await AskAsync(next, "select what from kept")).ShouldBe("still here");
    }

    [Fact]
    public async Task A_stale_pid_file_that_names_a_process_of_today_is_no_obstacle()
    {
        await StopAsync();
        await File.WriteAllTextAsync(PidFile, $"{Environment.ProcessId}\n{folder.Cluster.Data}\n1\n5432\n", Cancellation);

        await using var server = await folder.StartAsync();
        (await AskAsync(server, "select 'answers'")).ShouldBe("answers");
    }

    [Fact]
    public async Task Leaves_the_server_of_another_folder_alone()
    {
        await using var elsewhere = new InstallationFolder();
        await using var foreign = await elsewhere.StartAsync();
        await StopAsync();
        // What copying a folder whose server runs brings along.
        File.Copy(Path.Combine(elsewhere.Cluster.Data, "postmaster.pid"), PidFile);

        (await Should.ThrowAsync<DatabaseException>(folder.StartAsync())).Message.ShouldContain($"names the server of {elsewhere.Cluster.Data}");
        (await AskAsync(foreign, "select 'answers'")).ShouldBe("answers");
    }

    [Fact]
    public async Task Leaves_a_cluster_alone_that_it_did_not_make()
    {
        await StopAsync();
        File.Delete(folder.Cluster.Password);
        (await Should.ThrowAsync<DatabaseException>(folder.StartAsync())).Message.ShouldContain("holds a database, but its password is not in");
    }

    [Fact]
    public async Task Makes_a_half_made_cluster_anew()
    {
        Directory.CreateDirectory(folder.Cluster.HalfMade);
        await File.WriteAllTextAsync(Path.Combine(folder.Cluster.HalfMade, "PG_VERSION"), "15\n", Cancellation);
        if (Environment.IsPrivilegedProcess) await Subprocess.RunAsync(["chown", "-R", "postgres:", folder.Path], "", Cancellation);

        await using var server = await folder.StartAsync();
        (await AskAsync(server, "select 'answers'")).ShouldBe("answers");
        Directory.Exists(folder.Cluster.HalfMade).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_programs_that_start_at_once_share_one_server_and_the_last_one_stops_it()
    {
        var servers = await Task.WhenAll(folder.StartAsync(stopOnDispose: true), folder.StartAsync(stopOnDispose: true), folder.StartAsync(stopOnDispose: true));
        servers.Select(s => s.ProcessId).Distinct().ShouldHaveSingleItem();

        await servers[0].DisposeAsync();
        await servers[1].DisposeAsync();
        (await AskAsync(servers[2], "select 'answers'")).ShouldBe("answers");
        await servers[2].DisposeAsync();
        (await LiveAsync()).ShouldBeNull();
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
        await StopAsync();
        await File.AppendAllTextAsync(Path.Combine(folder.Cluster.Data, "postgresql.conf"), "no_such_setting = 1\n", Cancellation);
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

    string PidFile => Path.Combine(folder.Cluster.Data, "postmaster.pid");

    async Task StopAsync() => await (await folder.StartAsync(stopOnDispose: true)).DisposeAsync();

    Task<PostmasterFile?> LiveAsync() => PostmasterFile.LiveAsync(folder.Cluster.Data, Cancellation);

    static Task<string?> AskAsync(EmbeddedPostgres server, string question) => AskAsync(server.ConnectionString, question);

    static async Task<string?> AskAsync(string connectionString, string question)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        return await connection.ExecuteScalarAsync<string>(question);
    }
}
