using NudgeBot.Database;
using static NudgeBot.Tests.Database.InstallationFolder;

namespace NudgeBot.Tests.Database;

/// <summary>A program killed by kill -9 is one that lets go of its server without stopping it: nothing of it stays but the server.</summary>
public sealed class EmbeddedPostgresAfterACrashTests : IAsyncLifetime
{
    readonly InstallationFolder folder = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => folder.DisposeAsync();

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
        File.Exists(folder.PidFile).ShouldBeTrue();

        await using var next = await folder.StartAsync();
        (await AskAsync(next, "select what from kept")).ShouldBe("still here");
    }

    [Fact]
    public async Task A_stale_pid_file_that_names_a_process_of_today_is_no_obstacle()
    {
        await folder.MakeStoppedClusterAsync();
        await File.WriteAllTextAsync(folder.PidFile, $"{Environment.ProcessId}\n{folder.Places.Data}\n1\n5432\n", Cancellation);

        await using var server = await folder.StartAsync();
        (await AskAsync(server, "select 'answers'")).ShouldBe("answers");
    }

    [Fact]
    public async Task Leaves_the_server_of_another_folder_alone()
    {
        await using var elsewhere = new InstallationFolder();
        await using var foreign = await elsewhere.StartAsync();
        await folder.MakeStoppedClusterAsync();
        // What copying a folder whose server runs brings along.
        File.Copy(Path.Combine(elsewhere.Places.Data, "postmaster.pid"), folder.PidFile);

        (await Should.ThrowAsync<DatabaseException>(folder.StartAsync())).Message.ShouldContain($"names the server of {elsewhere.Places.Data}");
        (await AskAsync(foreign, "select 'answers'")).ShouldBe("answers");
    }

    [Fact]
    public async Task Leaves_a_cluster_alone_that_it_did_not_make()
    {
        await folder.MakeStoppedClusterAsync();
        File.Delete(folder.Places.Password);
        (await Should.ThrowAsync<DatabaseException>(folder.StartAsync())).Message.ShouldContain("holds a database, but its password is not in");
    }

    [Fact]
    public async Task Makes_a_half_made_cluster_anew()
    {
        Directory.CreateDirectory(folder.Places.HalfMade);
        await File.WriteAllTextAsync(Path.Combine(folder.Places.HalfMade, "PG_VERSION"), "15\n", Cancellation);
        if (Environment.IsPrivilegedProcess) await Subprocess.RunAsync(["chown", "-R", "postgres:", folder.Path], "", Cancellation);

        await using var server = await folder.StartAsync();
        (await AskAsync(server, "select 'answers'")).ShouldBe("answers");
        Directory.Exists(folder.Places.HalfMade).ShouldBeFalse();
    }
}
