using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using NodaTime;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.Inbox;
using NudgeBot.Limits;
using NudgeBot.Nudging;
using NudgeBot.Teams.Connector;
using NudgeBot.Teams.Rendering;
using NudgeBot.Teams.Sending;

namespace NudgeBot.Teams.Inbound;

/// <summary>Shows a reply where the person is.</summary>
/// <remarks>
/// What is for one person in a channel goes to the personal chat. Teams' own messages for one among many ("targeted messages") are a public developer
/// preview, and vanish after a day.
/// </remarks>
sealed class TeamsReplies(TeamsCalls calls, PersonalChats chats, TeamsSettings settings, ILogger<TeamsReplies> log)
{
    const int MostTries = 3;

    /// <summary>Somebody waits: an answer that is later than this is none.</summary>
    static readonly Duration LongestWait = Duration.FromSeconds(10);

    /// <summary>In the order of the reply.</summary>
    /// <param name="line">The command that asked for a form, for the button that opens it; null: the form's own button does.</param>
    public async Task ShowAsync(InboxEntry entry, TeamsInput input, IEnumerable<ReplyPart> parts, string? line, string locale, CancellationToken cancellation)
    {
        var (workspace, user, place, urgency) = (entry.Workspace, input.User, input.Place, TeamsConversing.UrgencyOf(input));
        foreach (var part in parts)
        {
            await part.Match(
                say => SayAllAsync(workspace, place, Cards(say.Message, locale), urgency, cancellation),
                whisper => WhisperAsync(workspace, user, place, Cards(whisper.Message, locale), locale, urgency, cancellation),
                update => UpdateAsync(workspace, place, Cards(update.Message, locale), urgency, cancellation),
                open => WhisperAsync(workspace, user, place, [FormOrButton(open.Form)], locale, urgency, cancellation),
                // Only a form that was sent gets them, and there they are taken before.
                errors => Task.CompletedTask);
        }

        // Dialogs open only where a button was pressed that asks for one; who pressed and got none has a client without.
        TeamsMessage FormOrButton(Form form) => settings.HasDialogs && input is not TeamsInput.Pressed
            ? AdaptiveCards.Message(Message.Of(new Block.Buttons(ButtonFor(form, line))), locale)
            : FormCard.InChat(form, new DialogContext(Opening: entry.Key), locale);
    }

    static Button ButtonFor(Form form, string? line) =>
        line is { Length: <= TeamsLimits.Payload } ? new Button(ActionIds.Command, line, form.Title) : new Button(form.ActionId, form.Payload, form.Title);

    Task<TeamsAnswer> SayAsync(Workspace workspace, TeamsPlace place, TeamsMessage message, Urgency urgency, CancellationToken cancellation) => CallAsync(
        workspace, () => calls.SendAsync(workspace, place.Reference, Activity(message), urgency, cancellation), cancellation);

    async Task SayAllAsync(Workspace workspace, TeamsPlace place, IEnumerable<TeamsMessage> messages, Urgency urgency, CancellationToken cancellation)
    {
        foreach (var message in messages) await SayAsync(workspace, place, message, urgency, cancellation);
    }

    async Task WhisperAsync(
        Workspace workspace, string user, TeamsPlace place, IReadOnlyList<TeamsMessage> messages, string locale, Urgency urgency, CancellationToken cancellation)
    {
        if (place.IsPersonal)
        {
            await SayAllAsync(workspace, place, messages, urgency, cancellation);
            return;
        }
        foreach (var message in messages)
        {
            if (await TellAsync(workspace, user, place, message, urgency, cancellation)) continue;
            await SayAsync(workspace, place, AdaptiveCards.Message(Message.Say(Phrases.Say(locale, "chat-missing")), locale), urgency, cancellation);
            return;
        }
    }

    /// <returns>False: there is no personal chat.</returns>
    async Task<bool> TellAsync(Workspace workspace, string user, TeamsPlace place, TeamsMessage message, Urgency urgency, CancellationToken cancellation)
    {
        var answer = await CallAsync(workspace, async () =>
        {
            var opened = await chats.OpenAsync(workspace, user, urgency, cancellation);
            // Where Teams has the tenant now: the stored chat may be older.
            return opened.Where is { } chat
                ? await calls.SendAsync(workspace, chat with { ServiceUrl = place.ServiceUrl }, Activity(message), urgency, cancellation)
                : opened.Failed!;
        }, cancellation);
        return !(answer is TeamsAnswer.Refused refused && TeamsError.Of(refused) is TeamsError.Final { Reason: not FailReason.Rejected });
    }

    /// <summary>The first one stands in place of what was pressed or sent, so that it cannot be pressed again; the others follow.</summary>
    async Task UpdateAsync(Workspace workspace, TeamsPlace place, IReadOnlyList<TeamsMessage> messages, Urgency urgency, CancellationToken cancellation)
    {
        if (place.Message is not { } id) return;
        await CallAsync(workspace, () => calls.UpdateAsync(workspace, place.Reference, id, Activity(messages[0]), cancellation), cancellation);
        await SayAllAsync(workspace, place, messages.Skip(1), urgency, cancellation);
    }

    IReadOnlyList<TeamsMessage> Cards(Message message, string locale) => AdaptiveCards.Messages(message, locale, settings.HasDialogs);

    static JsonObject Activity(TeamsMessage message) =>
        new() { ["type"] = "message", ["summary"] = message.Summary, ["attachments"] = new JsonArray(message.Attachment) };

    /// <summary>Waits out a short throttle. What may have been done is not repeated.</summary>
    async Task<TeamsAnswer> CallAsync(Workspace workspace, Func<Task<TeamsAnswer>> call, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await call();
            if (answer is TeamsAnswer.Throttled { For: var wait } && tries < MostTries && wait <= LongestWait)
            {
                await Task.Delay(wait.ToTimeSpan(), WireClock.System, cancellation);
                continue;
            }
            // What else goes wrong is logged where Teams is called.
            if (answer is TeamsAnswer.Throttled late) log.LogWarning("An answer in workspace {Workspace} was not shown: its turn would have come in {Seconds} s.", workspace.Id, late.For.TotalSeconds);
            return answer;
        }
    }
}
