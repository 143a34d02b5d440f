using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Nudging;
using NudgeBot.People;

namespace NudgeBot.Conversations;

/// <summary>
/// Words typed to the bot: a command where they are one, else an answer to the nudge they are about, or to the last one that was sent.
/// Either way the person was heard. Who may have meant a command is told which, and what they wrote is kept all the same.
/// </summary>
sealed class TypedWords(NpgsqlConnection connection, NudgeContexts contexts, ResponseLog log, CommandLines commandLines, Senders senders)
{
    public async Task<Reply> HandleAsync(ChatEvent.Typed typed, CancellationToken cancellation)
    {
        // A name of two words would make a command something else.
        var line = typed.About is null ? await MentionedPeople.NamedAsync(connection, typed.From, typed.Text, typed.Mentions, cancellation) : null;
        if (line is not null && CommandLines.IsCommand(line))
            return await commandLines.HandleAsync(new ChatEvent.Command(typed.From, typed.At, line) { File = typed.File }, cancellation);

        var about = NudgeId.TryParse(typed.About, out var id) ? id : await contexts.LastSentAsync(typed.From, cancellation);
        if (about is { } nudgeId && await contexts.FindAsync(typed.From, nudgeId, cancellation) is null) about = null;
        await log.WriteAsync(typed.From, new Answer(ResponseKind.Text, typed.At, about, typed.Text), cancellation);
        var locale = await senders.LocaleAsync(typed.From, cancellation);
        var doubt = line is null ? null : await commandLines.DoubtAsync(typed.From, line, cancellation);
        return Reply.With(new ReplyPart.Say(doubt is null
            ? Message.Say(Phrases.Say(locale, "text-thanks"))
            : new Message([.. doubt.Blocks, new Block.Context(Phrases.Say(locale, "text-kept"))])));
    }
}
