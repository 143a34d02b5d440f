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

    /// <returns>False when the message is not one that this person sees.</returns>
    public async Task<bool> PressAsync(
        PlaygroundPerson person, long messageId, string actionId, string payload, string? chosen, CancellationToken cancellation)
    {
        if (await world.Messages.FindAsync(messageId, cancellation) is not { } message || !Sees(person, message)) return false;
        await ActAsync(person, conversing => conversing.PressAsync(person.Id, message, actionId, payload, chosen, cancellation), cancellation);
        return true;
    }

    public Task WriteAsync(PlaygroundPerson person, string? channel, string text, CancellationToken cancellation) =>
        ActAsync(person, conversing => conversing.WriteAsync(person.Id, channel ?? person.Chat, channel is not null, text, cancellation), cancellation);

    public Task SubmitAsync(PlaygroundPerson person, IReadOnlyDictionary<string, string> values, CancellationToken cancellation) =>
        OpenFormOf(person) is { } form
            ? ActAsync(person, conversing => conversing.SubmitAsync(person.Id, form, values, cancellation), cancellation)
            : Task.CompletedTask;

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

    async Task ActAsync(PlaygroundPerson person, Func<Conversing, Task<OpenForm?>> act, CancellationToken cancellation)
    {
        var form = await world.DoAsync(async conversing =>
        {
            await world.People.PlayAsync(person.Id, played: true, cancellation);
            return await act(conversing);
        }, cancellation);
        if (form is null) open.TryRemove(person.Id, out _);
        else open[person.Id] = form;
    }

    static bool Sees(PlaygroundPerson person, PlaygroundMessage message) =>
        message.OnlyForId is { } only ? only == person.Id : message.Place == person.Chat || !message.Place.Contains('@');
}
