using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.Governance;
using NudgeBot.People;

namespace NudgeBot.Web.Terminal;

/// <summary>What an operator's command works on: the installation's database, brought up to date, and one of its organizations.</summary>
sealed record Installation(NudgingProduct Product, int OrganizationId)
{
    public Asker Operator => Asker.Operator(OrganizationId);

    /// <param name="organization">By name; null: the only one.</param>
    public static async Task<int> UseAsync(string? organization, Func<Installation, Task<int>> work, CancellationToken stop)
    {
        await using var place = await DatabasePlace.OpenAsync(stop);
        var clock = ProductClock.Ticking(WireClock.System);
        await Migrations.ApplyAsync(place.Source, clock, stop);
        var product = new NudgingProduct(place.Source, clock, Content(), []);
        return await work(new Installation(product, await OrganizationAsync(place.Source, organization, clock)));
    }

    public static ContentFolder Content() =>
        ContentFolder.Find(Environment.GetEnvironmentVariable(ContentFolder.Setting), Directory.GetCurrentDirectory(), AppContext.BaseDirectory);

    static async Task<int> OrganizationAsync(NpgsqlDataSource database, string? wanted, ProductClock clock)
    {
        // The first command of a new installation makes its organization.
        await Organizations.EnsureFirstAsync(database, wanted ?? "default", clock);
        await using var connection = await database.OpenConnectionAsync();
        var all = (await connection.QueryAsync<(int Id, string Name)>("select id, name from organizations order by name")).AsList();
        var chosen = wanted is null ? all : all.FindAll(one => one.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        return chosen is [var only]
            ? only.Id
            : throw new OperatorException($"Name the organization with --organization: {string.Join(", ", all.Select(one => one.Name))}.");
    }
}
