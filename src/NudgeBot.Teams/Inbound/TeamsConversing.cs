using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;
using NudgeBot.Inbox;
using NudgeBot.Limits;

namespace NudgeBot.Teams.Inbound;

/// <summary>
/// What people did in Teams, turned into chat events for the product's conversations, and the replies shown. It only translates: what is answered is
/// decided where it is for every platform.
/// </summary>
sealed class TeamsConversing(NudgingProduct product, TeamsSenders senders, TeamsReplies replies, TeamsFiles files)
{
    /// <summary>What was stored and acknowledged: handled and answered.</summary>
    public async Task HandleAsync(InboxEntry entry, CancellationToken cancellation)
    {
        var input = StoredInput.Read(entry.Payload);
        if (input is TeamsInput.Removed)
        {
            await senders.DepartAsync(entry.Workspace, input.User, cancellation);
            return;
        }
        var talk = await AnswerAsync(entry.Workspace, input, entry.ReceivedAt, cancellation);
        var reply = await product.Inbox.HandleOnceAsync(entry, talk.Handle, cancellation);
        await replies.ShowAsync(entry, input, reply.Parts, LineOf(input), talk.Locale, cancellation);
    }

    /// <summary>Whoever is new here is looked up at Teams now; the answer then only needs the database.</summary>
    public async Task<Talk> AnswerAsync(Workspace workspace, TeamsInput input, Instant at, CancellationToken cancellation)
    {
        var speaker = await senders.FindAsync(workspace, input, cancellation);
        var beside = speaker.Sender is null ? Beside.Nothing : await BesideAsync(workspace, input, cancellation);
        return new Talk(speaker, (connection, token) => speaker.Sender is { } sender
            ? HandleAsync(connection, workspace, input, beside, sender, at, token)
            : Task.FromResult(Stranger(input, speaker.Locale)));
    }

    /// <summary>The form that somebody is filling in: as it was when it was opened, and what it says of itself as it is filled in now.</summary>
    public async Task<Form?> FormOfAsync(NpgsqlConnection connection, Sender from, TeamsInput.Submitted form, Instant at, CancellationToken cancellation)
    {
        ChatEvent again = form.ActionId == ActionIds.CommandForm
            ? new ChatEvent.Drafted(from, at, form.ActionId, form.Payload, form.Values)
            // A form has the action id and the payload of the button that opens it.
            : new ChatEvent.Pressed(from, at, form.ActionId, form.Payload);
        return (await product.Conversations.HandleAsync(connection, again, cancellation)).Parts.OfType<ReplyPart.Open>().FirstOrDefault()?.Form;
    }

    /// <summary>Asked for only where the command has a use for it.</summary>
    async Task<Beside> BesideAsync(Workspace workspace, TeamsInput input, CancellationToken cancellation)
    {
        var (text, mentions, urls) = input switch
        {
            TeamsInput.Words words => (words.Text, words.Mentions, words.Files),
            TeamsInput.Mention mention => (mention.Text, mention.Mentions, []),
            _ => ("", [], []),
        };
        var named = mentions.Count > 0 && Grammar.Chat.NamesPeople(text) ? await senders.NamedAsync(workspace, input.Place, mentions, cancellation) : [];
        var file = urls.Count == 0 || !Grammar.Chat.TakesFile(text) ? null : urls is [var url] ? await files.ReadAsync(url, cancellation) : AttachedFile.OneAtATime;
        return new Beside(named, file);
    }

    async Task<Reply> HandleAsync(NpgsqlConnection connection, Workspace workspace, TeamsInput input, Beside beside, Sender from, Instant at, CancellationToken cancellation)
    {
        // Told twice, and again with a new version of the app: greeted once.
        if (input is TeamsInput.Installed installed && !await TeamsSenders.ArriveAsync(connection, workspace, installed, cancellation)) return Reply.Nothing;
        return await product.Conversations.HandleAsync(connection, EventOf(input, beside, from, at), cancellation);
    }

    /// <summary>An app that is given to a whole company says nothing to those who are not on the roster until they ask.</summary>
    static Reply Stranger(TeamsInput input, string locale) =>
        input is TeamsInput.Installed ? Reply.Nothing : Reply.With(new ReplyPart.Whisper(Message.Say(Phrases.Say(locale, "not-on-roster"))));

    static ChatEvent EventOf(TeamsInput input, Beside beside, Sender from, Instant at) => input.Match<ChatEvent>(
        words => new ChatEvent.Typed(from, at, words.Text) { Mentions = beside.Mentions, File = beside.File },
        // Whoever speaks in a channel wants something of the bot, and does not answer a nudge before everybody.
        mention => new ChatEvent.Command(from, at, mention.Text) { Mentions = beside.Mentions },
        pressed => new ChatEvent.Pressed(from, at, pressed.ActionId, pressed.Payload, pressed.Chosen),
        submitted => new ChatEvent.Submitted(from, at, submitted.ActionId, submitted.Payload, submitted.Values),
        drafted => new ChatEvent.Drafted(from, at, drafted.ActionId, drafted.Payload, drafted.Values),
        installed => new ChatEvent.Installed(from, at),
        removed => throw new InvalidOperationException("Nobody is answered where the app was removed."));

    /// <summary>A whole company may get the app in one moment, and nobody waits to be greeted.</summary>
    public static Urgency UrgencyOf(TeamsInput input) => input is TeamsInput.Installed ? Urgency.Bulk : Urgency.Interactive;

    /// <summary>The command that may have asked for a form.</summary>
    static string? LineOf(TeamsInput input) => input.Match(
        words => words.Text, mention => mention.Text, pressed => pressed.ActionId == ActionIds.Command ? pressed.Payload : null,
        submitted => (string?)null, drafted => null, installed => null, removed => null);
}

/// <summary>What came with words, and is not in them.</summary>
sealed record Beside(IReadOnlyList<Mention> Mentions, AttachedFile? File)
{
    public static readonly Beside Nothing = new([], File: null);
}

/// <param name="Handle">What the answer is: works on the connection that it is given.</param>
sealed record Talk(Speaker With, Func<NpgsqlConnection, CancellationToken, Task<Reply>> Handle)
{
    public string Locale => With.Locale;
}
