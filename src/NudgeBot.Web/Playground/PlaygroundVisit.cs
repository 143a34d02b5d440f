using System.Collections.Concurrent;
using NudgeBot.Chat;
using NudgeBot.Commands;

namespace NudgeBot.Web.Playground;

/// <summary>What the visitor does as one of the people. Whoever is played answers nothing by itself from then on.</summary>
sealed class PlaygroundVisit(PlaygroundWorld world)
{
    const string Slash = "/nudge";

    /// <summary>The dialogs that stand open, by person: not worth keeping when the program ends.</summary>
    readonly ConcurrentDictionary<long, OpenForm> open = new();

    public OpenForm? OpenFormOf(PlaygroundPerson person) => open.GetValueOrDefault(person.Id);

    public async Task<PlaygroundPerson?> PersonAsync(Here here, CancellationToken cancellation) =>
        (await world.People.AllAsync(cancellation)).FirstOrDefault(person => person.Id == here.PersonId);

    /// <summary>Whose working days the time machine goes by: the one looked at, else the administrator.</summary>
    public async Task<PlaygroundPerson> WhoseDayAsync(Here here, CancellationToken cancellation)
    {
        var all = await world.People.AllAsync(cancellation);
        return all.FirstOrDefault(person => person.Id == here.PersonId) ?? all.FirstOrDefault(person => person.Admin) ?? all[0];
    }

    /// <returns>False when the message is not one that this person sees, or has no such button.</returns>
    public async Task<bool> PressAsync(
        PlaygroundPerson person, long messageId, string actionId, string payload, string? chosen, CancellationToken cancellation)
    {
        if (await world.Messages.FindAsync(messageId, cancellation) is not { } message || !Sees(person, message) || !Offers(message, actionId, payload))
            return false;
        await ActAsync(person, conversing => conversing.PressAsync(person.Id, message, actionId, payload, chosen, cancellation), cancellation);
        return true;
    }

    public Task WriteAsync(PlaygroundPerson person, string? channel, string text, PostedFile? file, CancellationToken cancellation) =>
        ActAsync(person, conversing => conversing.WriteAsync(person.Id, channel ?? person.Chat, channel is not null, text, file, cancellation), cancellation);

    /// <summary>Of two windows that send the same form, or a double click, the first is heard.</summary>
    /// <param name="files">By the field that they were chosen at.</param>
    public Task SubmitAsync(
        PlaygroundPerson person, IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, AttachedFile> files, CancellationToken cancellation) =>
        ActAsync(person, async conversing => OpenFormOf(person) is { } form ? await conversing.SubmitAsync(person.Id, form, values, files, cancellation) : null, cancellation);

    public Task LookAsync(PlaygroundPerson person, IReadOnlyDictionary<string, string> values, CancellationToken cancellation) =>
        ActAsync(person, async conversing => OpenFormOf(person) is { } form ? await conversing.LookAsync(person.Id, form, values, cancellation) : null, cancellation);

    public void Cancel(PlaygroundPerson person)
    {
        open.TryRemove(person.Id, out _);
        world.Changes.Raise();
    }

    public Task UseAsync(PlaygroundPerson person, Use use, CancellationToken cancellation) => world.DoAsync(async _ =>
    {
        await world.People.UseAsync(person.Id, use, cancellation);
        return true;
    }, cancellation);

    public Task HandBackAsync(PlaygroundPerson person, CancellationToken cancellation) => world.DoAsync(async _ =>
    {
        await world.People.PlayAsync(person.Id, played: false, cancellation);
        return true;
    }, cancellation);

    /// <summary>What may follow the words in the box, each with the whole line that it makes.</summary>
    public async Task<IReadOnlyList<Suggestion>> CompleteAsync(PlaygroundPerson person, string line, CancellationToken cancellation)
    {
        if (!line.StartsWith('/')) return [];
        if (!line.StartsWith($"{Slash} ", StringComparison.OrdinalIgnoreCase))
            return Slash.StartsWith(line, StringComparison.OrdinalIgnoreCase) ? [new Suggestion($"{Slash} ", "Ask NudgeBot something.")] : [];
        var begun = line[..(line.LastIndexOf(' ') + 1)];
        var command = line[(Slash.Length + 1)..];
        var words = await world.Product.Conversations.CompleteAsync(await world.Conversing.SenderAsync(person.Id), command, command.Length, cancellation);
        return [.. words.Select(word => word with { Word = $"{begun}{word.Word}" })];
    }

    Task ActAsync(PlaygroundPerson person, Func<Conversing, Task<OpenForm?>> act, CancellationToken cancellation) => world.DoAsync(async conversing =>
    {
        await world.People.PlayAsync(person.Id, played: true, cancellation);
        var form = await act(conversing);
        if (form is null) open.TryRemove(person.Id, out _);
        else open[person.Id] = form;
        return true;
    }, cancellation);

    /// <summary>What a message offered before it was changed is answered kindly, as on every platform: the page may be a moment old.</summary>
    static bool Offers(PlaygroundMessage message, string actionId, string payload) => message.EditedAt is not null || message.Content.Blocks.Any(block => block switch
    {
        Block.Buttons buttons => buttons.Items.Any(button => button.ActionId == actionId && button.Payload == payload),
        Block.Select select => select.ActionId == actionId && select.Payload == payload,
        _ => false,
    });

    static bool Sees(PlaygroundPerson person, PlaygroundMessage message) =>
        message.OnlyForId is { } only ? only == person.Id : message.Place == person.Chat || !message.Place.Contains('@');
}
