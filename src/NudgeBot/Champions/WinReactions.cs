using System.Globalization;
using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.People;

namespace NudgeBot.Champions;

/// <summary>The buttons below a win. Each counts once a person, and never for the author.</summary>
sealed class WinReactions(NpgsqlConnection connection, Senders senders)
{
    enum Reaction { Kudos, Tried }

    public async Task<Reply> CheerAsync(ChatEvent.Pressed pressed, CancellationToken cancellation)
    {
        var locale = await senders.LocaleAsync(pressed.From, cancellation);
        var (win, isFirst) = await NoteAsync(pressed, Reaction.Kudos, cancellation);
        return win is null ? Whisper(locale, "gone")
            : win.AuthorId == pressed.From.PersonId ? Whisper(locale, "win-kudos-own")
            : !isFirst ? Whisper(locale, "win-kudos-again")
            : Reply.With(new ReplyPart.Update(WinPost.Of(win)));
    }

    public async Task<Reply> TryAsync(ChatEvent.Pressed pressed, CancellationToken cancellation)
    {
        var locale = await senders.LocaleAsync(pressed.From, cancellation);
        var (win, _) = await NoteAsync(pressed, Reaction.Tried, cancellation);
        if (win is null or { Prompt: "" }) return Whisper(locale, "gone");
        var paste = new Block.Text(Phrases.Say(locale, "win-paste", ("tool", Markdown.Escape(win.Tool))));
        return Reply.With(new ReplyPart.Whisper(Message.Of(paste, new Block.Prompt(win.Prompt))));
    }

    /// <returns>The win, null if it is gone; and whether this was the person's first reaction of its kind.</returns>
    async Task<(Win? Win, bool IsFirst)> NoteAsync(ChatEvent.Pressed pressed, Reaction reaction, CancellationToken cancellation)
    {
        if (!long.TryParse(pressed.Payload, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return (null, false);
        var noted = await connection.ExecuteAsync("""
            with one_after_the_other as materialized (
              select id, organization_id, person_id from wins where organization_id = @organizationId and id = @id for no key update)
            insert into win_reactions (win_id, person_id, organization_id, kind, at)
            select id, @personId, organization_id, @kind, @at from one_after_the_other
            where person_id <> @personId
            on conflict (win_id, person_id, kind) do nothing
            """, new { pressed.From.OrganizationId, pressed.From.PersonId, id, kind = Words.Of(reaction), pressed.At });
        // Counted by a statement of its own, after those who pressed before: of all who press at once, the last one sees all.
        return (await Win.FindAsync(connection, pressed.From.OrganizationId, id), noted > 0);
    }

    static Reply Whisper(string locale, string phrase) => Reply.With(new ReplyPart.Whisper(Message.Say(Phrases.Say(locale, phrase))));
}
