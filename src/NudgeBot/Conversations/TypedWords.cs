using NudgeBot.Chat;
using NudgeBot.Nudging;
using NudgeBot.People;

namespace NudgeBot.Conversations;

/// <summary>
/// Words typed to the bot: a command where they are one, else an answer to the nudge they are about, or to the last one that was sent.
/// Either way the person was heard. Who may have meant a command is told which, and what they wrote is kept all the same.
/// </summary>
sealed class TypedWords(NudgeContexts contexts, ResponseLog log, CommandLines commandLines, Senders senders)
{
    public async Task<Reply> HandleAsync(ChatEvent.Typed typed, CancellationToken cancellation)
    {
        if (typed.About is null && CommandLines.IsCommand(typed.Text))
            return await commandLines.HandleAsync(new ChatEvent.Command(typed.From, typed.At, typed.Text), cancellation);

        var about = NudgeId.TryParse(typed.About, out var id) ? id : await contexts.LastSentAsync(typed.From, cancellation);
        if (about is { } nudgeId && await contexts.FindAsync(typed.From, nudgeId, cancellation) is null) about = null;
        await log.WriteAsync(typed.From, new Answer(ResponseKind.Text, typed.At, about, typed.Text), cancellation);
        var locale = await senders.LocaleAsync(typed.From, cancellation);
        var doubt = typed.About is null ? await commandLines.DoubtAsync(typed.From, typed.Text, cancellation) : null;
        return Reply.With(new ReplyPart.Say(doubt is null
            ? Message.Say(Phrases.Say(locale, "text-thanks"))
            : new Message([.. doubt.Blocks, new Block.Context(Phrases.Say(locale, "text-kept"))])));
    }
}
