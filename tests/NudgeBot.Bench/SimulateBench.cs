using System.Text.Json.Nodes;
using NodaTime;
using Npgsql;
using NudgeBot.Database;
using NudgeBot.Simulation;
using NudgeBot.Usage;

namespace NudgeBot.Bench;

/// <summary><c>simulate</c> for 10,000 people over 75 days, from their files to the result, with the start of its scratch cluster.</summary>
static class SimulateBench
{
    public const string Name = "simulate";
    const int People = 10_000;
    const int Days = 75;

    public static async Task<JsonObject> RunAsync(CancellationToken cancellation)
    {
        var content = ContentFolder.Find(Environment.GetEnvironmentVariable(ContentFolder.Setting), Directory.GetCurrentDirectory(), AppContext.BaseDirectory);
        using var files = InventedFiles.Write(People, Days, Path.Combine(content.Campaigns, "first-60-days.yaml"));
        SimulationResult? result = null;
        var seconds = await Stopwatches.SecondsAsync(async () =>
        {
            await using var cluster = await EmbeddedPostgres.StartScratchAsync(cancellation);
            await using var database = NpgsqlDataSource.Create(cluster.ConnectionString);
            result = await new Simulation.Simulation(files.Input, content, database).RunAsync(cancellation);
        });
        return new JsonObject
        {
            ["bench"] = Name,
            ["people"] = People,
            ["days"] = Days,
            ["nudges"] = result!.Nudges.Count,
            ["usage_rows"] = files.UsageRows,
            ["answers"] = files.AnswerRows,
            ["seconds"] = Report.Rounded(seconds),
            ["must_seconds"] = 60,
            ["aim_seconds"] = 30,
        };
    }
}
