using System.Text.Json.Nodes;
using Npgsql;

namespace NudgeBot.Bench;

/// <summary>A look at the clock with nothing due, while everybody waits: what an idle replica costs.</summary>
static class TickBench
{
    public const string Name = "tick";
    const int Runs = 5000;

    public static async Task<JsonObject> RunAsync(MillionPeople company, CancellationToken cancellation)
    {
        var (tick, roundTrip) = await Stopwatches.MediansAsync(
            Runs, () => company.Product.Tick.RunAsync(cancellation), () => RoundTripAsync(company.Database, cancellation));
        return new JsonObject
        {
            ["bench"] = Name,
            ["enrollments"] = company.Enrollments,
            ["runs"] = Runs,
            ["seconds"] = Report.Rounded(tick),
            ["limit"] = "SELECT 1 on a connection of the same pool",
            ["limit_seconds"] = Report.Rounded(roundTrip),
            ["ratio"] = Report.Rounded(tick / roundTrip),
            ["must"] = 3,
            ["aim"] = 2,
        };
    }

    static async Task RoundTripAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand("select 1", connection);
        await command.ExecuteScalarAsync(cancellation);
    }
}
