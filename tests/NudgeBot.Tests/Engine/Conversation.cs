using System.Globalization;
using NudgeBot.Chat;

namespace NudgeBot.Tests.Engine;

/// <summary>
/// One person at their chat window. What they press, choose and fill in is what they see there; what they hear is the answer to the
/// last thing they did.
/// </summary>
sealed class Conversation(NudgedCompany company, string name)
{
    readonly List<Message> replies = [];
    Reply last = Reply.Nothing;

    /// <summary>Everything in the window, oldest first: what was sent, then what was answered.</summary>
    IEnumerable<Message> Window =>
        company.Platform.Asked.Where(one => one.Recipient == NudgedCompany.Email(name)).Select(one => one.Message).Concat(replies);

    /// <summary>The last message that was sent unasked.</summary>
    public Message LastMessage => company.Platform.Asked.Last(one => one.Recipient == NudgedCompany.Email(name)).Message;

    /// <summary>All words of the last answer: messages, forms and errors.</summary>
    public string Heard => string.Join('\n', last.Parts.Select(part => part.Match(
        say => TextOf(say.Message), whisper => TextOf(whisper.Message), update => TextOf(update.Message),
        open => string.Join('\n', [open.Form.Title, .. open.Form.Fields.Select(one => one.Label), open.Form.Look?.Said]),
        errors => string.Join('\n', errors.ByField.Values))));

    /// <summary>The message that stands in place of the one with the button, if it was changed.</summary>
    public string Changed => string.Join('\n', last.Parts.OfType<ReplyPart.Update>().Select(update => TextOf(update.Message)));

    public Reply Last => last;

    public async Task Presses(string label)
    {
        var button = Window.Reverse().SelectMany(ButtonsOf).FirstOrDefault(one => one.Label == label)
            ?? throw new InvalidOperationException($"{name} sees no button '{label}'.");
        await Presses(button.ActionId, button.Payload);
    }

    public async Task Presses(string actionId, string payload, string? chosen = null) =>
        await Does(new ChatEvent.Pressed(await company.SenderOf(name), company.Clock.Now, actionId, payload, chosen));

    public async Task Chooses(string label)
    {
        var (select, option) = Window.Reverse().SelectMany(message => message.Blocks.OfType<Block.Select>())
            .SelectMany(one => one.Options.Where(option => option.Label == label).Select(option => (one, option))).FirstOrDefault();
        if (select is null) throw new InvalidOperationException($"{name} sees no option '{label}'.");
        await Presses(select.ActionId, select.Payload, option.Value);
    }

    /// <summary>Fills in the form that the last press opened: the values in the order of its fields.</summary>
    public async Task Sends(params string[] values)
    {
        var form = Form ?? throw new InvalidOperationException($"No form is open for {name}.");
        var filled = form.Fields.Zip(values).ToDictionary(pair => pair.First.Id, pair => pair.Second);
        await Does(new ChatEvent.Submitted(await company.SenderOf(name), company.Clock.Now, form.ActionId, form.Payload, filled));
    }

    /// <summary>Asks how the form looks with these fields filled in, and the others as they are.</summary>
    public async Task Looks(params (string Field, string Value)[] filled)
    {
        var (form, values) = With(filled);
        await Does(new ChatEvent.Drafted(await company.SenderOf(name), company.Clock.Now, form.ActionId, form.Payload, values));
    }

    /// <summary>Sends the form with these fields filled in, and the others as they are.</summary>
    public async Task SendsWith(params (string Field, string Value)[] filled)
    {
        var (form, values) = With(filled);
        await Does(new ChatEvent.Submitted(await company.SenderOf(name), company.Clock.Now, form.ActionId, form.Payload, values));
    }

    (Form Form, Dictionary<string, string> Values) With((string Field, string Value)[] filled)
    {
        var form = Form ?? throw new InvalidOperationException($"No form is open for {name}.");
        var values = form.Fields.ToDictionary(field => field.Id, Standing);
        foreach (var (field, value) in filled) values[field] = value;
        return (form, values);
    }

    /// <summary>What stands in a field as it opens, as it comes back.</summary>
    public static string Standing(Field field) => field.Match(
        line => line.Initial, number => number.Initial?.ToString(CultureInfo.InvariantCulture) ?? "", choice => choice.Initial ?? "", choices => Field.Choices.Write(choices.Initial));

    /// <summary>The form that is open, also after errors.</summary>
    public Form? Form { get; private set; }

    public async Task Types(string words, string? about = null) => await Does(new ChatEvent.Typed(await company.SenderOf(name), company.Clock.Now, words, about));

    /// <summary>As a platform tells it: somebody is named, or a file comes with it.</summary>
    public async Task Types(string words, AttachedFile? file, params Mention[] mentions) =>
        await Does(new ChatEvent.Typed(await company.SenderOf(name), company.Clock.Now, words) { Mentions = mentions, File = file });

    public async Task Commands(string line, AttachedFile? file, params Mention[] mentions) =>
        await Does(new ChatEvent.Command(await company.SenderOf(name), company.Clock.Now, line) { Mentions = mentions, File = file });

    public void Hears(string words) => Heard.ShouldContain(words);

    async Task Does(ChatEvent what)
    {
        last = await company.Product.Conversations.HandleAsync(what);
        foreach (var part in last.Parts)
        {
            Form = part.Match(say => null, whisper => null, update => null, open => open.Form, errors => Form);
            if (part.Match<Message?>(say => say.Message, whisper => whisper.Message, update => null, open => null, errors => null) is { } message)
                replies.Add(message);
        }
    }

    static IEnumerable<Button> ButtonsOf(Message message) => message.Blocks.OfType<Block.Buttons>().SelectMany(buttons => buttons.Items);

    public static string TextOf(Message message) => string.Join('\n', message.Blocks.Select(block => block.Match(
        text => text.Markdown, prompt => prompt.Content, buttons => string.Join(" | ", buttons.Items.Select(item => item.Label)),
        select => string.Join(" | ", select.Options.Select(option => option.Label).Prepend(select.Placeholder)), context => context.Markdown)));
}
