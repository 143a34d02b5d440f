using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.Inbox;
using NudgeBot.Slack;
using NudgeBot.Slack.Inbound;
using NudgeBot.Slack.Installing;
using NudgeBot.Slack.People;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Bench;

/// <summary>
/// Signed slash commands over HTTP, each acknowledged after its commit, against the same endpoint that does all but store it.
/// Beside it, how much is left of that while this process also works off what it took, without what the commands would do. Those who call run in this
/// process too.
/// </summary>
static class IngressBench
{
    public const string Name = "ingress";
    const int Rounds = 15;
    const double Must = 0.35, SlowestP99 = 500;

    static readonly int[] Connections = [50, 200];
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3), Opening = TimeSpan.FromSeconds(0.3), Measured = TimeSpan.FromSeconds(1);

    public static async Task<JsonObject> RunAsync(CancellationToken cancellation)
    {
        await using var postgres = await BenchDatabase.StartAsync(cancellation);
        await using var database = NpgsqlDataSource.Create(postgres.ConnectionString);
        return await MeasureAsync(database, cancellation);
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
        var api = new SlackApi(http, settings, new SlackTokens(database, clock, secrets, null, NullLogger<SlackTokens>.Instance, WireClock.System));
        var calls = new SlackCalls(api, settings, installations, database, clock, NullLogger<SlackCalls>.Instance);
        var people = new SlackPeople(calls, database, clock);
        var conversing = new SlackConversing(product, people, new SlackSenders(product, people), installations, new SlackReplies(calls, http, NullLogger<SlackReplies>.Instance), api);
        var inbound = new SlackInbound(product, installations, conversing, NullLogger<SlackInbound>.Instance);
        product.InboxWorker.Serve(SlackInbound.Platform, (_, _) => Task.CompletedTask, NullLogger.Instance);

        // What is left to other replicas: acknowledged as before, and never worked off.
        var leaving = new NudgingProduct(database, clock, content, [new EveryMessageTaken()]);
        async Task<InboxEntry> EntryAsync(SlackDelivery delivery) =>
            new(SlackInbound.Platform, delivery.Key, (await installations.FindAsync(delivery.Team, cancellation))!, delivery.Input.User, clock.Now, StoredInput.Write(delivery.Input));
        async Task<SlackAck> LeaveAsync(SlackDelivery delivery, CancellationToken _)
        {
            await leaving.Inbox.TakeAsync(await EntryAsync(delivery));
            return SlackAck.Done;
        }
        async Task<SlackAck> ForgetAsync(SlackDelivery delivery, CancellationToken _)
        {
            await EntryAsync(delivery);
            return SlackAck.Done;
        }

        await using var storing = await SlackCommandLoad.StartAsync(settings, inbound.ReceiveAsync);
        await using var acknowledging = await SlackCommandLoad.StartAsync(settings, LeaveAsync);
        await using var bare = await SlackCommandLoad.StartAsync(settings, ForgetAsync);
        var figures = new JsonObject { ["bench"] = Name, ["limit"] = "the same endpoint without the database" };
        var (worst, slowest) = (double.MaxValue, 0.0);
        foreach (var connections in Connections)
        {
            Report.Progress($"ingress: {connections} connections");
            var rounds = new List<(Load Stored, Load Acknowledged, Load Bare)>();
            // In turn and for a second each, so that whatever else the machine does meets all alike. The first round warms up.
            for (var round = -1; round < Rounds; round++)
            {
                async Task<Load> RunAsync(SlackCommandLoad side)
                {
                    var load = await side.RunAsync(connections, round < 0 ? WarmUp : Opening, Measured, cancellation);
                    await product.InboxWorker.WhenIdleAsync();
                    return load;
                }
                var one = (await RunAsync(storing), await RunAsync(acknowledging), await RunAsync(bare));
                if (round >= 0) rounds.Add(one);
            }
            var ratio = Median(rounds.Select(round => round.Acknowledged.PerSecond / round.Bare.PerSecond));
            worst = Math.Min(worst, ratio);
            var p99 = Median(rounds.Select(round => round.Acknowledged.P99));
            slowest = Math.Max(slowest, Median(rounds.Select(round => Math.Max(round.Stored.P99, round.Acknowledged.P99))));
            figures[$"connections_{connections}"] = new JsonObject
            {
                ["per_second"] = Report.Rounded(Median(rounds.Select(round => round.Acknowledged.PerSecond))),
                ["p50_ms"] = Report.Rounded(Median(rounds.Select(round => round.Acknowledged.P50))),
                ["p99_ms"] = Report.Rounded(p99),
                ["p99_must_ms"] = SlowestP99,
                ["limit_per_second"] = Report.Rounded(Median(rounds.Select(round => round.Bare.PerSecond))),
                ["limit_p99_ms"] = Report.Rounded(Median(rounds.Select(round => round.Bare.P99))),
                ["ratio"] = Report.Rounded(ratio),
                ["ratio_while_working_off"] = Report.Rounded(Median(rounds.Select(round => round.Stored.PerSecond / round.Bare.PerSecond))),
                ["p99_while_working_off_ms"] = Report.Rounded(Median(rounds.Select(round => round.Stored.P99))),
            };
        }
        figures["ratio"] = Report.Rounded(worst);
        figures["must"] = Must;
        figures["aim"] = 0.5;
        figures["reached"] = worst >= Must && slowest < SlowestP99;
        return figures;
    }

    static double Median(IEnumerable<double> figures) => figures.Order().ElementAt(Rounds / 2);
}
