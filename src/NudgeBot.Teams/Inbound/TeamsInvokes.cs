using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.Inbox;
using NudgeBot.Teams.Rendering;

namespace NudgeBot.Teams.Inbound;

/// <summary>
/// What is answered in the very response: a pressed button, a dialog that is opened, one that is sent. What does not fit into the response is shown after it.
/// </summary>
sealed class TeamsInvokes(NudgingProduct product, TeamsConversing conversing, TeamsSettings settings)
{
    /// <summary>
    /// The new card stands in the answer, and whoever pressed sees it at once. That is one client's view, which forgets it (microsoft/botbuilder-js #4635): the
    /// message is changed after it, for other devices and other people.
    /// </summary>
    public async Task<TeamsAck> PressAsync(InboxEntry entry, TeamsInput.Pressed pressed, CancellationToken cancellation)
    {
        var talk = await conversing.AnswerAsync(entry.Workspace, pressed, entry.ReceivedAt, cancellation);
        var reply = await product.Inbox.AnswerOnceAsync(entry, talk.Handle, reply => reply.Parts, cancellation);
        return TeamsAck.With(
            reply is null ? CardResponse.Words(Phrases.Say(talk.Locale, "answered-already"))
            : reply.Parts.OfType<ReplyPart.Update>().LastOrDefault() is { } update ? CardResponse.Card(Card(update.Message, talk.Locale))
            : CardResponse.Words(reply.Parts.Count > 0 ? Phrases.Say(talk.Locale, "answer-in-chat") : "✓"));
    }

    public async Task<TeamsAck> OpenAsync(InboxEntry entry, TeamsInput.Pressed pressed, CancellationToken cancellation)
    {
        var talk = await conversing.AnswerAsync(entry.Workspace, pressed, entry.ReceivedAt, cancellation);
        var reply = await product.Inbox.AnswerOnceAsync(entry, talk.Handle, Rest, cancellation);
        if (reply is null) return TeamsAck.With(Dialogs.Close(Phrases.Say(talk.Locale, "answered-already")));
        if (FormIn(reply) is { } form)
            return TeamsAck.With(Dialogs.Task(form, new DialogContext(pressed.Place.Conversation, pressed.Place.Message, entry.Key), talk.Locale));
        var words = string.Join("\n\n", Messages(reply).Select(PlainText.Of).Where(text => text.Length > 0));
        return TeamsAck.With(Dialogs.Close(Rest(reply).Any(part => part is not ReplyPart.Update) || words.Length == 0 ? Phrases.Say(talk.Locale, "answer-in-chat") : words));

        IEnumerable<ReplyPart> Rest(Reply reply) => reply.Parts.Where(part => part switch
        {
            ReplyPart.Open => false,
            // A dialog that shows words can show nothing else.
            ReplyPart.Say or ReplyPart.Whisper => FormIn(reply) is not null || Messages(reply).Any(message => !IsJustWords(message)),
            _ => true,
        });
    }

    /// <summary>A dialog is sent: it shows its errors, or closes.</summary>
    /// <param name="entry">Without what was filled in: that is handled before the answer, and only the reply is left.</param>
    /// <param name="closesWithWords">What is said to it stands in the dialog in the end, and not in a chat that may be far from it.</param>
    public async Task<TeamsAck> SubmitAsync(InboxEntry entry, TeamsInput.Submitted submitted, bool closesWithWords, CancellationToken cancellation)
    {
        var (talk, reply, again) = await TakeAsync(entry, submitted, Rest, cancellation);
        if (reply is not null && ErrorsIn(reply) is { } errors)
            return TeamsAck.With(again is null
                ? Dialogs.Close(string.Join('\n', errors.ByField.Values))
                : Dialogs.Task(again, submitted.OpenedFrom, talk.Locale, submitted.Values, errors.ByField));
        if (!closesWithWords) return TeamsAck.Done;
        // Null: sent twice. What was filled in is kept.
        return TeamsAck.With(Dialogs.Close(reply is null ? Phrases.Say(talk.Locale, "answered-already") : string.Join("\n\n", Messages(reply).Select(PlainText.Of).DefaultIfEmpty("✓"))));

        IEnumerable<ReplyPart> Rest(Reply reply) => closesWithWords ? reply.Parts.Where(part => MessageIn(part) is null) : reply.Parts;
    }

    /// <summary>A form in the chat is sent: its errors, or what is said to it, stand in its place.</summary>
    public async Task<TeamsAck> SendAsync(InboxEntry entry, TeamsInput.Submitted submitted, CancellationToken cancellation)
    {
        var (talk, reply, again) = await TakeAsync(entry, submitted, InPlace, cancellation);
        if (reply is null) return TeamsAck.With(CardResponse.Words(Phrases.Say(talk.Locale, "answered-already")));
        if (ErrorsIn(reply) is not { } errors)
            return TeamsAck.With(Messages(reply).FirstOrDefault() is { } said ? CardResponse.Card(Card(said, talk.Locale)) : CardResponse.Words("✓"));
        return TeamsAck.With(again is null
            ? CardResponse.Words(string.Join('\n', errors.ByField.Values))
            : CardResponse.Card(FormCard.InChat(again, submitted.OpenedFrom, talk.Locale, submitted.Values, errors.ByField).Card));

        // On other devices too: there is nothing to fill in any more.
        IEnumerable<ReplyPart> InPlace(Reply reply)
        {
            var first = Messages(reply).FirstOrDefault();
            return reply.Parts.Select(part => MessageIn(part) is { } said && said == first ? new ReplyPart.Update(said) : part);
        }
    }

    /// <summary>A form is to be looked at: it stands there anew. It changes nothing: told twice, it is answered twice.</summary>
    public async Task<TeamsAck> LookAsync(Workspace workspace, TeamsInput.Drafted draft, bool isDialog, CancellationToken cancellation)
    {
        var talk = await conversing.AnswerAsync(workspace, draft, product.Clock.Now, cancellation);
        var reply = await product.Inbox.AnswerAsync(talk.Handle, cancellation);
        if (FormIn(reply) is { } form)
        {
            var errors = ErrorsIn(reply)?.ByField;
            return TeamsAck.With(isDialog
                ? Dialogs.Task(form, draft.OpenedFrom, talk.Locale, draft.Values, errors)
                : CardResponse.Card(FormCard.InChat(form, draft.OpenedFrom, talk.Locale, draft.Values, errors).Card));
        }
        var words = string.Join("\n\n", Messages(reply).Select(PlainText.Of).DefaultIfEmpty("✓"));
        return TeamsAck.With(isDialog ? Dialogs.Close(words) : CardResponse.Words(words));
    }

    async Task<(Talk Talk, Reply? Reply, Form? Again)> TakeAsync(
        InboxEntry entry, TeamsInput.Submitted submitted, Func<Reply, IEnumerable<ReplyPart>> rest, CancellationToken cancellation)
    {
        var talk = await conversing.AnswerAsync(entry.Workspace, submitted, entry.ReceivedAt, cancellation);
        Form? again = null;
        var reply = await product.Inbox.AnswerOnceAsync(entry, async (connection, token) =>
        {
            var answer = await talk.Handle(connection, token);
            if (ErrorsIn(answer) is not null && talk.With.Sender is { } from) again = await conversing.FormOfAsync(connection, from, submitted, entry.ReceivedAt, token);
            return answer;
        }, rest, cancellation);
        return (talk, reply, again);
    }

    /// <summary>An answer is one card: of what takes several it is the first, which is what stands in place of the button, and the others follow it as messages.</summary>
    JsonObject Card(Message message, string locale) => AdaptiveCards.Messages(message, locale, settings.HasDialogs)[0].Card;

    static Form? FormIn(Reply reply) => reply.Parts.OfType<ReplyPart.Open>().FirstOrDefault()?.Form;

    static ReplyPart.Errors? ErrorsIn(Reply reply) => reply.Parts.OfType<ReplyPart.Errors>().FirstOrDefault();

    static IEnumerable<Message> Messages(Reply reply) => reply.Parts.Select(MessageIn).OfType<Message>();

    /// <returns>Null for what is no new message.</returns>
    static Message? MessageIn(ReplyPart part) => part.Match<Message?>(say => say.Message, whisper => whisper.Message, update => null, open => null, errors => null);

    static bool IsJustWords(Message message) => message.Blocks.All(block => block is Block.Text or Block.Context);
}
