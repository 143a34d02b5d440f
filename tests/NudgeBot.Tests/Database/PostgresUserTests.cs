using NudgeBot.Database;
using static NudgeBot.Tests.Database.InstallationFolder;

namespace NudgeBot.Tests.Database;

public sealed class PostgresUserTests
{
    [Fact]
    public async Task The_server_never_runs_as_root()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "Owners are read from /proc.");
        await using var folder = new InstallationFolder();
        await using var server = await folder.StartAsync();

        var owner = File.ReadLines($"/proc/{server.ProcessId}/status").Single(l => l.StartsWith("Uid:")).Split('\t')[1];
        var expected = await Subprocess.RunAsync(Environment.IsPrivilegedProcess ? ["id", "-u", "postgres"] : ["id", "-u"], "", Cancellation);
        owner.ShouldBe(expected.Output);
        owner.ShouldNotBe("0");
    }

    [Fact]
    public async Task A_folder_that_postgres_cannot_reach_is_replaced_by_one_under_var_lib()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root runs the server as another user.");
        await using var closed = new InstallationFolder();
        File.SetUnixFileMode(closed.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var wanted = Path.Combine(closed.Path, "checkout");
        var elsewhere = ClusterFolder.Elsewhere(wanted);
        try
        {
            await using (var server = await EmbeddedPostgres.StartAsync(wanted, Cancellation)) server.Folder.ShouldBe(elsewhere.Path);

            // The data stays where it is when the folder becomes reachable.
            File.SetUnixFileMode(closed.Path, File.GetUnixFileMode("/usr"));
            await using (var server = await EmbeddedPostgres.StartAsync(wanted, Cancellation)) server.Folder.ShouldBe(elsewhere.Path);
        }
        finally
        {
            await RemoveAsync(elsewhere);
        }
    }

    [Fact]
    public async Task A_cluster_that_became_unreachable_is_an_error_and_no_reason_to_start_an_empty_one()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root runs the server as another user.");
        await using var folder = new InstallationFolder();
        await using (var server = await folder.StartAsync(stopOnDispose: true)) { }
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        (await Should.ThrowAsync<DatabaseException>(folder.StartAsync())).Message
            .ShouldStartWith($"The user 'postgres' cannot keep a database in {folder.Path}");
        ClusterFolder.Elsewhere(folder.Path).HoldsCluster.ShouldBeFalse();
    }
}
