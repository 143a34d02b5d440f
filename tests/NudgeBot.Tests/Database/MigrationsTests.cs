using Dapper;
using NodaTime;
using NudgeBot.Database;

namespace NudgeBot.Tests.Database;

public sealed class MigrationsTests : IAsyncLifetime
{
    static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 30);
    static readonly Migration One = new(1, "one", "create table one (id int);\ncreate table other (id int);");
    static readonly Migration Two = new(2, "two", "create table two (id int)");
    static readonly Migration Three = new(3, "three", "create table three (id int)");

    TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateEmptyAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Applies_what_is_missing_in_order_at_product_time()
    {
        (await ApplyAsync(One)).ShouldBe(1);
        (await ApplyAsync(One, Two, Three)).ShouldBe(2);

        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        var applied = await connection.QueryAsync<(int, string, Instant)>("select number, name, applied_at from schema_migrations order by number");
        applied.ShouldBe([(1, "one", Now), (2, "two", Now), (3, "three", Now)]);
        (await TablesAsync()).ShouldBe(["one", "other", "schema_migrations", "three", "two"]);
    }

    [Fact]
    public async Task Twice_changes_nothing()
    {
        var clock = ProductClock.StandingAt(Now);
        (await Migrations.ApplyAsync(database.Source, clock, Cancellation)).ShouldBe(Migration.All.Count);
        var tables = await TablesAsync();

        (await Migrations.ApplyAsync(database.Source, clock, Cancellation)).ShouldBe(0);
        (await TablesAsync()).ShouldBe(tables);
    }

    [Fact]
    public async Task Two_at_once_apply_each_migration_once()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ApplyAsync(One, Two, Three)));
        counts.Sum().ShouldBe(3);
    }

    [Fact]
    public async Task Refuses_an_applied_migration_that_was_changed()
    {
        await ApplyAsync(One, Two);
        var error = await Should.ThrowAsync<DatabaseException>(ApplyAsync(One with { Sql = One.Sql + " -- and more" }, Two, Three));
        error.Message.ShouldStartWith("0001_one.sql was changed after it was applied");
        (await TablesAsync()).ShouldNotContain("three");
    }

    [Fact]
    public async Task Takes_other_line_endings_for_no_change()
    {
        await ApplyAsync(One);
        (await ApplyAsync(One with { Sql = One.Sql.ReplaceLineEndings("\r\n") })).ShouldBe(0);
    }

    [Fact]
    public void Refuses_a_program_whose_numbers_have_a_gap() =>
        Should.Throw<DatabaseException>(() => Migration.InOrder([Three, One])).Message.ShouldContain("0002 is expected where 0003_three stands");

    [Fact]
    public void Refuses_a_program_with_a_number_taken_twice() =>
        Should.Throw<DatabaseException>(() => Migration.InOrder([One, One with { Name = "again" }])).Message.ShouldContain("0002 is expected");

    [Fact]
    public async Task Refuses_a_database_with_a_gap()
    {
        await ApplyAsync(One, Two, Three);
        await using (var connection = await database.Source.OpenConnectionAsync(Cancellation))
            await connection.ExecuteAsync("delete from schema_migrations where number = 2");

        (await Should.ThrowAsync<DatabaseException>(ApplyAsync(One, Two, Three))).Message.ShouldContain("lacks 0002 but has 0003_three");
    }

    [Fact]
    public async Task Refuses_a_database_that_is_newer_than_the_program()
    {
        await ApplyAsync(One, Two, Three);
        (await Should.ThrowAsync<DatabaseException>(ApplyAsync(One, Two))).Message.ShouldContain("newer than this program: it has 0003_three");
    }

    [Fact]
    public async Task A_failing_migration_leaves_nothing_of_itself_and_is_named()
    {
        var bad = Two with { Sql = "create table half (id int);\ncreate table other (id int);" };
        var error = await Should.ThrowAsync<DatabaseException>(ApplyAsync(One, bad));
        error.Message.ShouldBe("0002_two.sql failed: relation \"other\" already exists");
        (await TablesAsync()).ShouldBe(["one", "other", "schema_migrations"]);

        (await ApplyAsync(One, Two)).ShouldBe(1);
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    Task<int> ApplyAsync(params Migration[] migrations) =>
        Migrations.ApplyAsync(database.Source, migrations, ProductClock.StandingAt(Now), Cancellation);

    async Task<string[]> TablesAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        return [.. await connection.QueryAsync<string>("select tablename from pg_tables where schemaname = 'public' order by 1")];
    }
}
