using System.Text.Json.Nodes;
using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.Calling;
using NudgeBot.FakeSlack.World;
using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>
/// Somebody at their Slack window: what they press, choose and fill in is what they see there, by the words that stand on it. Whatever they do, they wait
/// for the answer.
/// </summary>
sealed class SlackPerson(Town town, FakeSlackServer slack, User user)
{
    public User User => user;

    /// <summary>What the bot wrote in their direct messages, oldest first.</summary>
    public IReadOnlyList<string> Heard => [.. slack.MessagesWith(user).Where(message => message.BotId is not null).Select(Shown.Text)];

    /// <summary>What the bot wrote last, in their direct messages or for them in a channel.</summary>
    public string LastIn(Channel? channel = null) => Shown.Text(Window(channel).Last(message => message.BotId is not null));

    public void Sees(string words, Channel? channel = null) => LastIn(channel).ShouldContain(words);

    public async Task Presses(string label, Channel? channel = null)
    {
        var (message, id, _) = Find(channel, "button", element => (string?)element["text"]!["text"] == label)
            ?? throw new InvalidOperationException($"{user.Name} sees no button '{label}', but:\n{string.Join("\n--\n", Window(channel).Select(Shown.Text))}");
        await After(await slack.Acting.PressAsync(user, message, id));
    }

    public async Task Chooses(string label, Channel? channel = null)
    {
        bool IsIt(JsonNode? option) => (string?)option!["text"]!["text"] == label;
        var (message, id, element) = Find(channel, "static_select", element => element["options"]!.AsArray().Any(IsIt))
            ?? throw new InvalidOperationException($"{user.Name} sees no option '{label}'.");
        var value = (string)element["options"]!.AsArray().First(IsIt)!["value"]!;
        await After(await slack.Acting.ChooseAsync(user, message, id, value));
    }

    public async Task Types(string words, Channel? channel = null, string? thread = null) => await After(await slack.Acting.SayAsync(user, words, channel, thread));

    public async Task Types(string words, IReadOnlyList<(string Name, byte[] Content)> files) => await After(await slack.Acting.SayAsync(user, words, channel: null, threadTs: null, files));

    public async Task Mentions(string words, Channel channel) => await After(await slack.Acting.MentionAsync(user, channel, words));

    /// <param name="line">With its slash, as it is typed.</param>
    public async Task Commands(string line, Channel? channel = null)
    {
        var words = line.Split(' ', 2);
        await After(await slack.Acting.CommandAsync(user, words[0], words.Length > 1 ? words[1] : "", channel));
    }

    public async Task Shares(Message message) => await After(await slack.Acting.ShortcutAsync(user, message, "share_as_win"));

    public async Task OpensHome() => await After(await slack.Acting.OpenHomeAsync(user));

    public string Home => Shown.Text(slack.HomeOf(user)?.Blocks ?? []);

    /// <summary>The form that is open.</summary>
    public View Form => slack.ModalOf(user) ?? throw new InvalidOperationException($"No form is open for {user.Name}; the last words are:\n{LastIn()}");

    public bool HasForm => slack.ModalOf(user) is not null;

    public string FormTitle => (string)Form.Sent["title"]!["text"]!;

    /// <summary>What stands in a field of the form that is open.</summary>
    public string Field(string label) => Form.Values[Block(label)]!.AsObject().Single().Value switch
    {
        { } field when field["selected_options"] is JsonArray options => string.Join(", ", options.Select(one => (string)one!["text"]!["text"]!)),
        { } field when field["selected_option"] is { } option => (string)option["text"]!["text"]!,
        var field => (string?)field!["value"] ?? "",
    };

    /// <summary>Fills in fields of the form by their labels, and does not send it.</summary>
    public void Fills(params (string Label, string Value)[] fields) =>
        slack.Acting.FillIn(Form, [.. fields.Select(field => (Input(field.Label), field.Value))]);

    /// <summary>Chooses from a list of the form that tells so at once: these, and no others.</summary>
    public async Task ChoosesIn(string label, params string[] values) => await After(await slack.Acting.ChooseAsync(user, Form, Input(label), values));

    public async Task PressesInForm(string label)
    {
        var button = Form.Blocks.Select(block => block!["accessory"]).OfType<JsonObject>().Single(element => (string?)element["text"]!["text"] == label);
        await After(await slack.Acting.PressAsync(user, Form, (string)button["action_id"]!));
    }

    /// <summary>What the form says of itself.</summary>
    public string FormSays => Shown.Text(Form.Blocks);

    /// <summary>Fills in fields of the form by their labels, and sends it.</summary>
    public async Task Sends(params (string Label, string Value)[] fields) =>
        await After(await slack.Acting.SubmitViewAsync(user, Form, [.. fields.Select(field => (Input(field.Label), field.Value))]));

    public void SeesError(string label, string words) => ((string?)Form.Errors?[Block(label)]).ShouldBe(words);

    public void SeesAnError(string label, string about) => ((string?)Form.Errors?[Block(label)]).ShouldNotBeNull().ShouldContain(about);

    ElementId Input(string label) => new((string)Form.Blocks.First(block => (string?)block!["block_id"] == Block(label))!["element"]!["action_id"]!, Block(label));

    string Block(string label) => (string?)Form.Blocks.FirstOrDefault(block => (string?)block!["label"]?["text"] == label)?["block_id"]
        ?? throw new InvalidOperationException($"The form has no field '{label}': {Shown.Text(Form.Blocks)}");

    /// <summary>In the last message that carries such a one.</summary>
    (Message Message, ElementId Id, JsonObject Element)? Find(Channel? channel, string type, Func<JsonObject, bool> isIt) => (
        from message in Window(channel).Reverse()
        from block in message.Blocks ?? []
        from element in (block["elements"] as JsonArray ?? []).OfType<JsonObject>()
        where (string?)element["type"] == type && isIt(element)
        select ((Message, ElementId, JsonObject)?)(message, new ElementId((string)element["action_id"]!, (string)block["block_id"]!), element)).FirstOrDefault();

    IReadOnlyList<Message> Window(Channel? channel) => channel is null ? slack.MessagesWith(user) : slack.MessagesIn(channel, user);

    async Task After(Delivery? delivery)
    {
        delivery?.Acknowledged.ShouldBeTrue($"{delivery.Attempts[^1].Failure} {delivery.Attempts[^1].Status}");
        await town.SettleAsync();
        await town.RunAsync();
    }
}
