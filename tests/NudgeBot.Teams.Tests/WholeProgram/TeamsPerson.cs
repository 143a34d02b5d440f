using System.Text.Json.Nodes;
using NudgeBot.FakeTeams;
using NudgeBot.FakeTeams.Calling;
using NudgeBot.FakeTeams.World;
using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Teams.Tests.WholeProgram;

/// <summary>
/// Somebody at their Teams window: what they press and fill in is what they see there, by the words that stand on it. Whatever they do, they wait for the
/// answer.
/// </summary>
sealed class TeamsPerson(Town town, FakeTeamsServer teams, Person person)
{
    public Person Person => person;

    public string Name => person.Email!.Split('@')[0];

    /// <summary>What the bot wrote in their personal chat, as they see it, oldest first.</summary>
    public IReadOnlyList<string> Heard => [.. FromBot(null).Select(Shown)];

    /// <summary>Without the greeting of the installation.</summary>
    public IReadOnlyList<string> Nudges => [.. Heard.Where(words => !words.StartsWith($"Hello {person.Name}. "))];

    /// <summary>What the bot wrote last, in their personal chat or in a channel.</summary>
    public string LastIn(Conversation? channel = null) => Shown(FromBot(channel)[^1]);

    public void Sees(string words, Conversation? channel = null) => LastIn(channel).ShouldContain(words);

    /// <summary>What their client showed for a moment.</summary>
    public IReadOnlyList<string> Notices => teams.World.NoticesOf(person);

    /// <summary>A button of the last message that has it.</summary>
    public Task Presses(string label, Conversation? channel = null) => Presses(label, WithButton(label, channel));

    public async Task Presses(string label, Message on) => await After(await teams.Acting.PressAsync(person, on, label));

    public async Task Types(string words) => await After(await teams.Acting.SayAsync(person, words));

    public async Task Mentions(string words, Conversation channel) => await After(await teams.Acting.MentionAsync(person, channel, words));

    public async Task Installs()
    {
        foreach (var delivery in await teams.Acting.InstallAsync(person)) await After(delivery);
    }

    public async Task Removes() => await After(await teams.Acting.UninstallAsync(person));

    public Dialog Dialog => teams.DialogOf(person) ?? throw new InvalidOperationException($"No dialog is open for {person.Name}; the last words are:\n{LastIn()}");

    public bool HasDialog => teams.DialogOf(person) is not null;

    /// <summary>What stands in a field of the dialog that is open.</summary>
    public string Field(string label) => Input(label) is var input && input["choices"] is JsonArray choices
        ? (string?)choices.FirstOrDefault(choice => (string?)choice!["value"] == (string?)input["value"])?["title"] ?? ""
        : input["value"]?.ToString() ?? "";

    /// <summary>Fills in fields of the dialog by their labels, and sends it.</summary>
    public async Task Sends(params (string Label, string Value)[] fields) =>
        await After(await teams.Acting.SubmitDialogAsync(person, null, Ids(fields)));

    /// <summary>Fills in fields of the dialog, and presses a button of it that does not send it.</summary>
    public async Task PressesInDialog(string button, params (string Label, string Value)[] fields) => await After(await teams.Acting.SubmitDialogAsync(person, button, Ids(fields)));

    (string Id, string Value)[] Ids((string Label, string Value)[] fields) => [.. fields.Select(field => ((string)Input(field.Label)["id"]!, field.Value))];

    /// <summary>Right below the field.</summary>
    public void SeesError(string label, string words)
    {
        var body = Dialog.Card["body"]!.AsArray();
        ShownOnCards.Text(body[body.IndexOf(Input(label)) + 1]).ShouldBe(words);
    }

    /// <summary>Likewise, somewhere in it.</summary>
    public void SeesAnError(string label, string about)
    {
        var body = Dialog.Card["body"]!.AsArray();
        ShownOnCards.Text(body[body.IndexOf(Input(label)) + 1]).ShouldContain(about);
    }

    JsonObject Input(string label) => Dialog.Card["body"]!.AsArray().OfType<JsonObject>().FirstOrDefault(part => ((string?)part["label"])?.TrimEnd(' ', '*') == label)
        ?? throw new InvalidOperationException($"The dialog has no field '{label}': {ShownOnCards.Text(Dialog.Card)}");

    public Message WithButton(string label, Conversation? channel = null) => FromBot(channel).LastOrDefault(message => ShownOnCards.Buttons(message.CardSeenBy(person)).Contains(label))
        ?? throw new InvalidOperationException($"{person.Name} sees no button '{label}', but:\n{string.Join("\n--\n", FromBot(channel).Select(Shown))}");

    IReadOnlyList<Message> FromBot(Conversation? channel) =>
        [.. (channel is null ? teams.MessagesWith(person) : teams.MessagesIn(channel)).Where(message => message.From is null)];

    string Shown(Message message) => ShownOnCards.Text(message.CardSeenBy(person));

    async Task After(Delivery delivery)
    {
        delivery.Taken.ShouldBeTrue($"{delivery.Attempts[^1].Failure} {delivery.Attempts[^1].Status}");
        await town.SettleAsync();
        await town.RunAsync();
    }
}
