using System.Globalization;
using System.Text.Json.Nodes;
using NudgeBot.FakeSlack.Limits;
using NudgeBot.FakeSlack.World;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Bench;

/// <summary>
/// Nudges to a Slack that keeps its limits, over HTTP, by one replica and by three: how much of what the limits allow is used, how often Slack has to
/// say "too many", and that everybody got exactly one. Before that, opening direct channels, likewise.
/// </summary>
static class SlackBench
{
    public const string Name = "slack";
    const int People = 5000;
    const double Must = 0.95, MostTooMany = 0.01;

    /// <summary>By the job, as measured. The others' channels are put in place: at 50 a minute they would take longer than everything else.</summary>
    const int Opened = 1000;

    static readonly int[] Replicas = [1, 3];

    /// <summary>As the jobs of the service are, in the short minutes here.</summary>
    static readonly TimeSpan DispatchesEvery = TimeSpan.FromSeconds(30 / SlackPeopleAtWork.Times), PreparesEvery = TimeSpan.FromSeconds(60 / SlackPeopleAtWork.Times);

    public static async Task<JsonObject> RunAsync(CancellationToken cancellation)
    {
        await using var company = await SlackPeopleAtWork.SettleAsync(People, cancellation);
        Report.Progress($"slack: opening {Opened} channels");
        var opening = await OpenAsync(company, cancellation);
        await company.OpenChannelsAsync(cancellation);

        var figures = new JsonObject { ["bench"] = Name, ["nudges"] = People, ["times"] = SlackPeopleAtWork.Times, ["limit"] = "what Slack's limits allow", ["opening"] = opening };
        foreach (var replicas in Replicas)
        {
            Report.Progress($"slack: {People} nudges by {replicas} of us");
            figures[string.Create(CultureInfo.InvariantCulture, $"replicas_{replicas}")] = await SendAsync(company, replicas, cancellation);
        }
        var sendings = Replicas.Select(replicas => figures[$"replicas_{replicas}"]!).ToList();
        figures["ratio"] = sendings.Min(sending => (double)sending["share"]!);
        figures["must"] = Must;
        figures["reached"] = sendings.All(sending => (double)sending["share"]! >= Must && (double)sending["too_many"]! < MostTooMany);
        return figures;
    }

    static async Task<JsonObject> OpenAsync(SlackPeopleAtWork company, CancellationToken cancellation)
    {
        var product = company.NewReplica();
        var load = new CpuShare(company.ServerId);
        var moments = new List<TimeSpan>();
        var from = WireClock.System.GetTimestamp();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var job = PeopleAtWork.EveryAsync(PreparesEvery, () => product.Platforms.PrepareAsync(company.OrganizationId, product.Profiles, enough.Token), () => enough.IsCancellationRequested, cancellation);
        while (moments.Count < Opened)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), WireClock.System, cancellation);
            var open = company.CallsOf(SlackMethod.ConversationsOpen);
            while (moments.Count < open.Calls - open.Throttled) moments.Add(WireClock.System.GetElapsedTime(from));
        }
        var calls = company.CallsOf(SlackMethod.ConversationsOpen);
        // The job also reads who is there.
        while (await company.AskAsync<long>("select count(*) from accounts", cancellation) < People) await Task.Delay(PreparesEvery, WireClock.System, cancellation);
        await enough.CancelAsync();
        try
        {
            await job;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // There are enough.
        }
        return Figures(moments[^1] - moments[0], moments.Count, SlackMethod.ConversationsOpen, calls, load);
    }

    static async Task<JsonObject> SendAsync(SlackPeopleAtWork company, int replicas, CancellationToken cancellation)
    {
        await company.MakeWelcomeDueAsync(cancellation);
        var before = company.CallsOf(SlackMethod.ChatPostMessage);
        var begun = company.Slack.World.NextTs();
        var load = new CpuShare(company.ServerId);
        await company.DispatchAsync(replicas, DispatchesEvery, cancellation);

        var after = company.CallsOf(SlackMethod.ChatPostMessage);
        var messages = company.MessagesSince(begun);
        await CheckAsync(company, messages, cancellation);
        var first = messages.Min(message => Seconds(message.Ts));
        var last = messages.Max(message => Seconds(message.Ts));
        return Figures(TimeSpan.FromSeconds(last - first), messages.Count, SlackMethod.ChatPostMessage, new CallCount(after.Calls - before.Calls, after.Throttled - before.Throttled), load);
    }

    /// <summary>None lost and none twice, by what arrived and by what is written of it.</summary>
    static async Task CheckAsync(SlackPeopleAtWork company, IReadOnlyList<Message> messages, CancellationToken cancellation)
    {
        var ids = messages.Select(message => (string)message.Metadata!["event_payload"]!["nudge"]!).ToList();
        var sent = new Dictionary<string, string>();
        await using var command = company.Database.CreateCommand("select enrollment_id || '-' || step_id, message_id from nudges where outcome = 'sent'");
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
            while (await rows.ReadAsync(cancellation)) sent.Add(rows.GetString(0), rows.GetString(1));

        var twice = ids.Count - ids.Distinct().Count();
        var wrong = messages.Zip(ids).Count(pair => sent.GetValueOrDefault(pair.Second) != pair.First.Ts);
        if (ids.Count != People || sent.Count != People || twice > 0 || wrong > 0)
            throw new InvalidOperationException($"Of {People} nudges {ids.Count} arrived, {twice} twice; {sent.Count} are recorded as sent, and of those that arrived {wrong} with no or another message.");
    }

    /// <summary>
    /// The share is of the rate that the limit allows for long, from the first to the last call that Slack took; those that may leave at once after a
    /// quiet time are not counted, because a short run would gain by them.
    /// </summary>
    static JsonObject Figures(TimeSpan took, int count, SlackMethod method, CallCount calls, CpuShare load)
    {
        var atOnce = SlackBudget.OfMethod(method, method.PerMinute).Capacity;
        var perMinute = (count - atOnce) / (took.TotalMinutes * SlackPeopleAtWork.Times);
        return new JsonObject
        {
            ["count"] = count,
            ["seconds"] = Report.Rounded(took.TotalSeconds),
            ["per_slack_minute"] = Report.Rounded(perMinute),
            ["limit_per_slack_minute"] = method.PerMinute,
            ["share"] = Report.Rounded(perMinute / method.PerMinute),
            ["too_many"] = Report.Rounded((double)calls.Throttled / calls.Calls),
            ["too_many_must"] = MostTooMany,
            ["cpu"] = load.Now is { } share ? Report.Rounded(share) : null,
        };
    }

    static double Seconds(string ts) => double.Parse(ts, CultureInfo.InvariantCulture);
}
