using System.Globalization;
using System.Text.Json.Nodes;
using Dapper;
using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.Calling;
using NudgeBot.FakeSlack.World;
using NudgeBot.Slack.Rendering;
using NudgeBot.Web.Playground;
using NudgeBot.Web.Playground.Invented;

namespace NudgeBot.Web.SlackDemo;

/// <summary>How invented people act in a Slack: as its users, by what stands there, and NudgeBot hears of it as from anybody.</summary>
sealed class SlackDemoChat(FakeSlackServer slack, NudgingProduct product, int organizationId, Team team) : IDemoChat
{
    public Task<long> LastSentAsync(CancellationToken cancellation)
    {
        lock (slack.World.Gate) return Task.FromResult(Unasked().Select(message => Number(message.Ts)).DefaultIfEmpty().Max());
    }

    public async Task<IReadOnlyList<MessagedPerson>> MessagedSinceAsync(long lastSent, CancellationToken cancellation)
    {
        List<string> users;
        lock (slack.World.Gate)
        {
            users =
            [
                .. Unasked().Where(message => Number(message.Ts) > lastSent).OrderBy(message => Number(message.Ts))
                    .Select(message => slack.World.Channels[message.ChannelId].With).OfType<string>().Distinct(),
            ];
        }
        await using var connection = await product.Database.OpenConnectionAsync(cancellation);
        var people = (await connection.QueryAsync<(string User, long Id, string Name)>("""
            select a.external_id, p.id, p.name
            from accounts a join persons p on p.id = a.person_id
            where a.organization_id = @organizationId and a.external_id = any(@users)
            """, new { organizationId, users })).ToDictionary(row => row.User, row => new MessagedPerson(row.Id, row.Name));
        return [.. users.Where(people.ContainsKey).Select(user => people[user])];
    }

    /// <summary>This demo begins anew each time, and what is said while it runs its deeds know.</summary>
    public Task<IReadOnlyList<Saying>> SaidAsync(IReadOnlyList<Saying> sayings) => Task.FromResult<IReadOnlyList<Saying>>([]);

    public async Task SayAsync(ActingPerson person, string text, CancellationToken cancellation)
    {
        if (text.StartsWith('/')) await CommandAsync(person, text);
        else await slack.Acting.SayAsync(UserOf(person), text);
        await product.InboxWorker.WhenIdleAsync().WaitAsync(cancellation);
    }

    public async Task FillAsync(ActingPerson person, string command, IReadOnlyDictionary<string, string> values, CancellationToken cancellation)
    {
        await CommandAsync(person, command);
        await SubmitAsync(person, fields => fields.Where(field => values.ContainsKey(field.BlockId!)).Select(field => (field, values[field.BlockId!])));
        await product.InboxWorker.WhenIdleAsync().WaitAsync(cancellation);
    }

    public async Task PressAsync(ActingPerson person, string sentAs, string actionId, IReadOnlyList<string> values, CancellationToken cancellation)
    {
        var user = UserOf(person);
        if (Find(user, sentAs, actionId) is not var (message, offered)) return;
        if (offered.Options.Count == 0) await slack.Acting.PressAsync(user, message, offered.Element);
        else await slack.Acting.ChooseAsync(user, message, offered.Element, values is [var value] ? value : Chance.Pick(offered.Options, offered.Payload, "option"));
        if (values.Count > 0) await SubmitAsync(person, fields => fields.Zip(values));
        await product.InboxWorker.WhenIdleAsync().WaitAsync(cancellation);
    }

    User UserOf(ActingPerson person) => slack.World.Users[person.Place];

    Task<Delivery> CommandAsync(ActingPerson person, string line)
    {
        var words = line.Split(' ', 2);
        return slack.Acting.CommandAsync(UserOf(person), words[0], words.Length > 1 ? words[1] : "");
    }

    /// <summary>The form that is open, if one is. One that NudgeBot does not take is left.</summary>
    async Task SubmitAsync(ActingPerson person, Func<IEnumerable<ElementId>, IEnumerable<(ElementId, string)>> fill)
    {
        var user = UserOf(person);
        if (slack.ModalOf(user) is not { } view) return;
        var fields = view.Blocks.Where(block => (string?)block?["type"] == "input").Select(block => new ElementId((string)block!["element"]!["action_id"]!, (string)block["block_id"]!));
        await slack.Acting.SubmitViewAsync(user, view, [.. fill(fields)]);
        if (slack.ModalOf(user) is { } open) await slack.Acting.CloseViewAsync(user, open);
    }

    /// <summary>What NudgeBot sends unasked carries a name in its metadata.</summary>
    IEnumerable<Message> Unasked() => team.Channels.SelectMany(channel => channel.Messages).Where(message => NameOf(message) is not null);

    static string? NameOf(Message message) => (string?)message.Metadata?["event_payload"]?["nudge"];

    (Message, Offered)? Find(User user, string sentAs, string actionId)
    {
        lock (slack.World.Gate)
        {
            if (Unasked().FirstOrDefault(message => NameOf(message) == sentAs) is { } sent && Offer(sent, actionId) is { } offered) return (sent, offered);
            return slack.MessagesWith(user).Reverse()
                .Select(message => (message, Offer(message, actionId)))
                .Where(found => found.Item2?.Payload == sentAs)
                .Select(found => ((Message, Offered)?)(found.message, found.Item2!)).FirstOrDefault();
        }
    }

    /// <summary>A button or a select of this action; null where the message has none.</summary>
    static Offered? Offer(Message message, string actionId) => (
        from block in message.Blocks ?? []
        where (string?)block["type"] == "actions"
        from element in block["elements"]!.AsArray()
        where SlackActionId.Parse((string)element["action_id"]!) == actionId
        let blockId = (string)block["block_id"]!
        let options = (element["options"] as JsonArray ?? []).Select(option => (string)option!["value"]!).ToList()
        select new Offered(new ElementId((string)element["action_id"]!, blockId), options.Count == 0 ? (string?)element["value"] ?? "" : SelectPayload.Parse(blockId), options)).FirstOrDefault();

    static long Number(string ts) => long.Parse(ts.Replace(".", ""), CultureInfo.InvariantCulture);

    /// <param name="Options">Of a select; none for a button.</param>
    sealed record Offered(ElementId Element, string Payload, IReadOnlyList<string> Options);
}
