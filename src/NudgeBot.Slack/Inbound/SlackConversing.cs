using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;
using NudgeBot.Inbox;
using NudgeBot.Limits;
using NudgeBot.Nudging;
using NudgeBot.Slack.Installing;
using NudgeBot.Slack.People;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Inbound;

/// <summary>
/// What people did in Slack, turned into chat events for the product's conversations, and the replies shown. It only translates: what is answered is
/// decided where it is for every platform.
/// </summary>
sealed class SlackConversing(NudgingProduct product, SlackPeople people, SlackSenders senders, SlackInstallations installations, SlackReplies replies, SlackApi api)
{
    /// <summary>Slack takes no more.</summary>
    const int MostOptions = 100;

    /// <summary>What was stored and acknowledged: handled and answered.</summary>
    public Task HandleAsync(InboxEntry entry, CancellationToken cancellation) => StoredInput.Read(entry.Payload) switch
    {
        SlackInput.Revoked => installations.RevokeAsync(entry.Workspace, entry.ReceivedAt, cancellation),
        SlackInput.PersonChanged changed => ReadAsync(entry.Workspace, changed.User, cancellation),
        var input => ConverseAsync(entry, input, cancellation),
    };

    /// <summary>Whoever is new here is looked up at Slack now; the answer then only needs the database.</summary>
    public async Task<Func<NpgsqlConnection, CancellationToken, Task<Reply>>> AnswerAsync(
        Workspace workspace, SlackInput input, Instant at, CancellationToken cancellation)
    {
        var speaker = await senders.FindAsync(workspace, input.User, cancellation);
        if (speaker.Sender is not { } sender) return (_, _) => Task.FromResult(Stranger(speaker.Locale ?? "en"));
        var chatEvent = await EventOfAsync(workspace, input, sender, at, cancellation);
        return (connection, token) => chatEvent is null ? Task.FromResult(Reply.Nothing) : product.Conversations.HandleAsync(connection, chatEvent, token);
    }

    public async Task ShowAsync(Workspace workspace, SlackInput input, IEnumerable<ReplyPart> parts, CancellationToken cancellation)
    {
        var (place, line) = input.Match<(SlackPlace, string?)>(
            words => (words.Place, words.Text), mention => (mention.Place, mention.Text), command => (command.Place, command.Line),
            pressed => (pressed.Place, pressed.ActionId == ActionIds.Command ? pressed.Payload : null), submitted => (submitted.Place, null),
            drafted => (SlackPlace.Of(drafted.Context), null), shortcut => (shortcut.Place, LineOf(shortcut)), suggesting => (new SlackPlace(), null), homeOpened => (new SlackPlace(), null),
            personChanged => (new SlackPlace(), null), revoked => (new SlackPlace(), null), nothing => (new SlackPlace(), null));
        await replies.ShowAsync(workspace, input.User, place, parts, line, await senders.LocaleAsync(workspace, input.User, cancellation), cancellation);
    }

    /// <summary>The form is shown anew where it is; what else is said to it, where it was opened from.</summary>
    public async Task ShowAsync(Workspace workspace, SlackInput.Drafted drafted, Reply reply, CancellationToken cancellation)
    {
        var errors = reply.Parts.OfType<ReplyPart.Errors>().FirstOrDefault()?.ByField;
        foreach (var open in reply.Parts.OfType<ReplyPart.Open>()) await replies.ShowAnewAsync(workspace, drafted, open.Form, errors, cancellation);
        await ShowAsync(workspace, drafted, reply.Parts.Where(part => part is not ReplyPart.Open), cancellation);
    }

    /// <summary>What may follow in a field for a command.</summary>
    public async Task<IReadOnlyList<Option>> SuggestAsync(Workspace workspace, SlackInput.Suggesting suggesting, CancellationToken cancellation)
    {
        if (suggesting.ActionId != ActionIds.Command || (await senders.FindAsync(workspace, suggesting.User, cancellation)).Sender is not { } sender) return [];
        var suggestions = await product.Conversations.CompleteAsync(sender, suggesting.Typed, suggesting.Typed.Length, cancellation);
        return [.. suggestions.Where(one => one.Word.Length <= Option.Longest).Take(MostOptions).Select(one => new Option(one.Word, one.Word))];
    }

    static Reply Stranger(string locale) => Reply.With(new ReplyPart.Whisper(Message.Say(Phrases.Say(locale, "not-on-roster"))));

    /// <summary>Somebody joined or changed: in a large workspace more often than Slack may be asked. What is missed, the daily reading finds.</summary>
    async Task ReadAsync(Workspace workspace, string user, CancellationToken cancellation)
    {
        try
        {
            await people.ReadOneAsync(workspace, product.Profiles, user, Urgency.Bulk, cancellation);
        }
        catch (SlackSilentException)
        {
            // It was logged where Slack was asked.
        }
    }

    async Task ConverseAsync(InboxEntry entry, SlackInput input, CancellationToken cancellation)
    {
        var answer = await AnswerAsync(entry.Workspace, input, entry.ReceivedAt, cancellation);
        var reply = await product.Inbox.HandleOnceAsync(entry, answer, cancellation);
        if (input is SlackInput.HomeOpened)
            await replies.PublishAsync(entry.Workspace, input.User, reply, await senders.LocaleAsync(entry.Workspace, input.User, cancellation), cancellation);
        else await ShowAsync(entry.Workspace, input, reply.Parts, cancellation);
    }

    async Task<ChatEvent?> EventOfAsync(Workspace workspace, SlackInput input, Sender from, Instant at, CancellationToken cancellation) => input switch
    {
        SlackInput.Words words => new ChatEvent.Typed(from, at, words.Text, await AboutAsync(from, words.Place, cancellation))
        {
            Mentions = words.Mentions,
            File = await FileAsync(workspace, words.Text, words.Files, cancellation),
        },
        // Whoever speaks in a channel wants something of the bot, and does not answer a nudge before everybody.
        SlackInput.Mention mention => new ChatEvent.Command(from, at, mention.Text)
        {
            Mentions = mention.Mentions,
            File = await FileAsync(workspace, mention.Text, mention.Files, cancellation),
        },
        SlackInput.Command command => new ChatEvent.Command(from, at, command.Line) { Mentions = command.Mentions },
        SlackInput.Pressed pressed => new ChatEvent.Pressed(from, at, pressed.ActionId, pressed.Payload, pressed.Chosen),
        SlackInput.Submitted submitted => new ChatEvent.Submitted(from, at, submitted.ActionId, submitted.Payload, submitted.Values),
        SlackInput.Drafted drafted => new ChatEvent.Drafted(from, at, drafted.Context.ActionId, drafted.Context.Payload, drafted.Values),
        SlackInput.Shortcut shortcut => new ChatEvent.Command(from, at, LineOf(shortcut)),
        SlackInput.HomeOpened => new ChatEvent.Command(from, at, "home"),
        _ => null,
    };

    /// <summary>Read only for a command that has a use for it: what else people send is none of ours.</summary>
    async Task<AttachedFile?> FileAsync(Workspace workspace, string line, IReadOnlyList<SlackFile> files, CancellationToken cancellation) =>
        files.Count == 0 || !Grammar.Chat.TakesFile(line) ? null
        : files is not [var file] ? AttachedFile.OneAtATime
        : file.Size > AttachedFile.Largest ? AttachedFile.TooLarge
        : await api.ReadFileAsync(workspace, file.Url, cancellation);

    /// <summary>The message's words stand in the form, for their sharer to look at.</summary>
    static string LineOf(SlackInput.Shortcut shortcut) => $"win {shortcut.Text}".TrimEnd();

    /// <summary>The nudge below which somebody wrote in a thread.</summary>
    async Task<string?> AboutAsync(Sender from, SlackPlace place, CancellationToken cancellation)
    {
        if (place.Thread is null) return null;
        await using var connection = await product.Database.OpenConnectionAsync(cancellation);
        var nudge = await connection.QueryFirstOrDefaultAsync<(long EnrollmentId, int StepId)?>("""
            select enrollment_id, step_id from nudges
            where organization_id = @OrganizationId and person_id = @PersonId and outcome in ('sent', 'unknown') and message_id = @Thread
            """, new { from.OrganizationId, from.PersonId, place.Thread });
        return nudge is { } found ? new NudgeId(found.EnrollmentId, found.StepId).ToString() : null;
    }
}
