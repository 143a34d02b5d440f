using NudgeBot.Database;

namespace NudgeBot.Tests.Database;

public sealed class PostgresBinariesTests
{
    [Fact]
    public async Task Says_what_to_install_when_there_is_no_PostgreSQL()
    {
        var error = await Should.ThrowAsync<DatabaseException>(ChooseAsync([new("/nowhere")], version: null));
        error.Message.ShouldContain("apt-get install postgresql");
        error.Message.ShouldContain("dnf install postgresql-server");
        error.Message.ShouldContain("brew install postgresql@16");
        error.Message.ShouldContain("NUDGEBOT_DATABASE");
    }

    [Fact]
    public async Task Says_which_version_made_the_database_when_only_others_are_installed()
    {
        var error = await Should.ThrowAsync<DatabaseException>(ChooseAsync(PostgresBinaries.Installed(), version: "9"));
        error.Message.ShouldStartWith("The database was made by PostgreSQL 9, and what is installed is pg_ctl (PostgreSQL)");
    }

    [Fact]
    public void Follows_links_to_where_the_programs_are() =>
        PostgresBinaries.Installed().ShouldContain(b => new FileInfo(b.PgCtl).Exists && new FileInfo(b.PgCtl).LinkTarget == null);

    static Task<PostgresBinaries> ChooseAsync(IEnumerable<PostgresBinaries> installed, string? version) =>
        PostgresBinaries.ChooseAsync(installed, version, TestContext.Current.CancellationToken);
}
