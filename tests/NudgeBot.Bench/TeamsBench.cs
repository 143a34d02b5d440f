using System.Globalization;
using System.Text.Json.Nodes;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.FakeTeams.Limits;
using NudgeBot.FakeTeams.World;
using NudgeBot.Teams.Connector;

namespace NudgeBot.Bench;

/// <summary>
/// Nudges to a Teams that keeps its limits, over HTTP, by one replica and by three: how much of the rate that is allowed to messages nobody waits for is used, how
/// often Teams has to say "too many", and that everybody got exactly one. Before that, opening personal chats, likewise.
/// </summary>
static class TeamsBench
{
    public const string Name = "teams";
    const int People = 5000;
    const double Must = 0.95, MostTooMany = 0.01;

    const int Opened = 1000;

    static readonly int[] Replicas = [1, 3];

    /// <summary>As the job of the service is, in the short seconds here.</summary>
    static readonly TimeSpan DispatchesEvery = TimeSpan.FromSeconds(30 / TeamsPeopleAtWork.Times);

    public static async Task<JsonObject> RunAsync(CancellationToken cancellation)
    {
        await using var company = await TeamsPeopleAtWork.SettleAsync(People, cancellation);
        Report.Progress($"teams: opening {Opened} chats");
        var opening = await OpenAsync(company, cancellation);
        var figures = new JsonObject
        {
            ["bench"] = Name,
            ["nudges"] = People,
            ["times"] = TeamsPeopleAtWork.Times,
            ["limit"] = "the tenant's rate for calls that nobody waits for",
            ["opening"] = opening,
        };
        foreach (var replicas in Replicas)
        {
            Report.Progress($"teams: {People} nudges by {replicas} of us");
            figures[string.Create(CultureInfo.InvariantCulture, $"replicas_{replicas}")] = await SendAsync(company, replicas, cancellation);
        }
        var sendings = Replicas.Select(replicas => figures[$"replicas_{replicas}"]!).ToList();
        figures["ratio"] = sendings.Min(sending => (double)sending["share"]!);
        figures["must"] = Must;
        figures["reached"] = sendings.All(sending => (double)sending["share"]! >= Must && (double)sending["too_many"]! < MostTooMany);
        return figures;
    }

    /// <summary>By the job that opens them ahead, in one go.</summary>
    static async Task<JsonObject> OpenAsync(TeamsPeopleAtWork company, CancellationToken cancellation)
    {
        await company.ForgetChatsAsync(Opened, cancellation);
        var product = company.NewReplica();
        var load = new CpuShare(company.ServerId);
        var from = WireClock.System.GetTimestamp();
        await product.Platforms.PrepareAsync(company.OrganizationId, product.Profiles, cancellation);
        var took = WireClock.System.GetElapsedTime(from);
        if (await company.AskAsync<long>("select count(*) from accounts where conversation is null", cancellation) is var left && left > 0)
            throw new InvalidOperationException($"Of {Opened} chats {left} were not opened in one go.");
        return Figures(company, Opened, took, company.CallsOf(Operation.Create), load.Now);
    }

    static async Task<JsonObject> SendAsync(TeamsPeopleAtWork company, int replicas, CancellationToken cancellation)
    {
        await company.MakeWelcomeDueAsync(cancellation);
        var before = company.CallsOf(Operation.Send);
        var begun = company.Teams.World.Ids.NextMessage();
        var load = new CpuShare(company.ServerId);
        await company.DispatchAsync(replicas, DispatchesEvery, cancellation);
        var cpu = load.Now;

        var after = company.CallsOf(Operation.Send);
        var messages = company.MessagesSince(begun);
        await CheckAsync(company, messages, cancellation);
        var moments = messages.Values.Select(one => Milliseconds(one[0])).ToList();
        return Figures(company, People, TimeSpan.FromMilliseconds(moments.Max() - moments.Min()), new CallCount(after.Calls - before.Calls, after.Throttled - before.Throttled), cpu);
    }

    /// <summary>None lost and none twice, by what arrived and by what is written of it.</summary>
    static async Task CheckAsync(TeamsPeopleAtWork company, IReadOnlyDictionary<string, IReadOnlyList<Message>> messages, CancellationToken cancellation)
    {
        var sent = new Dictionary<string, string>();
        await using var command = company.Database.CreateCommand("select a.external_id, n.message_id from nudges n join accounts a on a.person_id = n.person_id where n.outcome = 'sent'");
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
            while (await rows.ReadAsync(cancellation)) sent.Add(rows.GetString(0), rows.GetString(1));

        var lost = messages.Values.Count(one => one.Count == 0);
        var twice = messages.Values.Count(one => one.Count > 1);
        var wrong = messages.Count(one => one.Value.Count > 0 && sent.GetValueOrDefault(one.Key) != one.Value[0].Id);
        if (messages.Count != People || sent.Count != People || lost > 0 || twice > 0 || wrong > 0)
            throw new InvalidOperationException($"Of {People} people {lost} got nothing and {twice} more than one; {sent.Count} are recorded as sent, and {wrong} messages with no or another one.");
    }

    /// <summary>
    /// The share is of the rate that the setting allows for long, from the first to the last message; those that may leave at once after a quiet time are not
    /// counted, because a short run would gain by them.
    /// </summary>
    static JsonObject Figures(TeamsPeopleAtWork company, int count, TimeSpan took, CallCount calls, double? cpu)
    {
        var limit = company.Settings.BulkPerSecond;
        var perSecond = (count - TeamsBudget.OfTenant(limit).Capacity) / (took.TotalSeconds * TeamsPeopleAtWork.Times);
        return new JsonObject
        {
            ["count"] = count,
            ["seconds"] = Report.Rounded(took.TotalSeconds),
            ["per_teams_second"] = Report.Rounded(perSecond),
            ["limit_per_teams_second"] = limit,
            ["share"] = Report.Rounded(perSecond / limit),
            ["too_many"] = Report.Rounded((double)calls.Throttled / calls.Calls),
            ["too_many_must"] = MostTooMany,
            ["cpu"] = cpu is { } share ? Report.Rounded(share) : null,
        };
    }

    static long Milliseconds(Message message) => long.Parse(message.Id, CultureInfo.InvariantCulture);
}
