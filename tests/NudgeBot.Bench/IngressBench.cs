using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.Slack;
using NudgeBot.Slack.Inbound;
using NudgeBot.Slack.Installing;
using NudgeBot.Slack.People;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Bench;

/// <summary>
/// Signed slash commands over HTTP, each acknowledged after its commit and marked as handled afterwards, against the same endpoint that verifies and reads
/// the same and stores nothing. What the commands would do is left out of both.
/// </summary>
static class IngressBench
{
    public const string Name = "ingress";
    const int Rounds = 3;

    static readonly int[] Connections = [50, 200];
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2), Measured = TimeSpan.FromSeconds(6);

    public static async Task<JsonObject> RunAsync(CancellationToken cancellation)
    {
        Report.Progress("ingress: starting PostgreSQL with the service's settings");
        var folder = Path.Combine(Path.GetTempPath(), $"nudgebot-bench-{Guid.NewGuid():N}");
        try
        {
            await using var cluster = await EmbeddedPostgres.StartAsync(folder, cancellation);
            cluster.StopOnDispose = true;
            await using var database = NpgsqlDataSource.Create(cluster.ConnectionString);
            return await MeasureAsync(database, cancellation);
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<JsonObject> MeasureAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var clock = ProductClock.Ticking(WireClock.System);
        await Migrations.ApplyAsync(database, clock, cancellation);
        await using (var setup = database.CreateCommand("""
            insert into organizations (name, created_at) values ('Acme', '2027-01-10Z');
            insert into workspaces (organization_id, platform, external_id, name) values (1, 'slack', 'T1', 'Acme');
            """)) await setup.ExecuteNonQueryAsync(cancellation);

        var content = ContentFolder.Find(Environment.GetEnvironmentVariable(ContentFolder.Setting), Directory.GetCurrentDirectory(), AppContext.BaseDirectory);
        var product = new NudgingProduct(database, clock, content, [new EveryMessageTaken()]);
        var settings = new SlackSettings { SigningSecrets = [SlackCommandLoad.Secret] };
        using var http = new HttpClient();
        var secrets = new SecretBox(SecretBox.NewKey());
        var installations = new SlackInstallations(database, secrets, clock);
        var api = new SlackApi(http, settings, new SlackTokens(database, secrets, null, NullLogger<SlackTokens>.Instance, WireClock.System));
        var calls = new SlackCalls(api, settings, installations, database, clock, NullLogger<SlackCalls>.Instance);
        var people = new SlackPeople(calls, database, clock);
        var conversing = new SlackConversing(product, people, new SlackSenders(product, people), installations, new SlackReplies(calls, http, NullLogger<SlackReplies>.Instance));
        var inbound = new SlackInbound(product, installations, conversing, NullLogger<SlackInbound>.Instance);
        product.InboxWorker.Serve(SlackInbound.Platform, (_, _) => Task.CompletedTask, NullLogger.Instance);

        await using var storing = await SlackCommandLoad.StartAsync(settings, inbound.ReceiveAsync);
        await using var bare = await SlackCommandLoad.StartAsync(settings, (_, _) => Task.FromResult(SlackAck.Done));
        var figures = new JsonObject { ["bench"] = Name, ["limit"] = "the same endpoint without the database" };
        var worst = double.MaxValue;
        foreach (var connections in Connections)
        {
            Report.Progress($"ingress: {connections} connections");
            var (stored, unstored) = (new List<Load>(), new List<Load>());
            // In turn, so that whatever else the machine does meets both alike.
            for (var round = 0; round < Rounds; round++)
            {
                stored.Add(await storing.RunAsync(connections, WarmUp, Measured, cancellation));
                await product.InboxWorker.WhenIdleAsync();
                unstored.Add(await bare.RunAsync(connections, WarmUp, Measured, cancellation));
            }
            var (one, other) = (Median(stored), Median(unstored));
            worst = Math.Min(worst, one.PerSecond / other.PerSecond);
            figures[$"connections_{connections}"] = new JsonObject
            {
                ["per_second"] = Report.Rounded(one.PerSecond),
                ["p50_ms"] = Report.Rounded(one.P50),
                ["p99_ms"] = Report.Rounded(one.P99),
                ["limit_per_second"] = Report.Rounded(other.PerSecond),
                ["limit_p50_ms"] = Report.Rounded(other.P50),
                ["limit_p99_ms"] = Report.Rounded(other.P99),
                ["ratio"] = Report.Rounded(one.PerSecond / other.PerSecond),
            };
        }
        figures["ratio"] = Report.Rounded(worst);
        figures["must"] = 0.35;
        figures["aim"] = 0.5;
        return figures;
    }

    static Load Median(List<Load> loads) => loads.OrderBy(load => load.PerSecond).ElementAt(loads.Count / 2);
}
