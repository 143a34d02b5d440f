using NudgeBot.Champions;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Guides;
using NudgeBot.Nudging;
using NudgeBot.People;

namespace NudgeBot.Conversations;

/// <summary>Buttons and selects: one case for each action id.</summary>
sealed class Presses(
    NudgeContexts contexts, Answers answers, Choices choices, Pulses pulses, TeamLines teamLines, WinForm winForm, WinReactions winReactions,
    CommandLines commandLines, Composer composer, Senders senders)
{
    public Task<Reply> HandleAsync(ChatEvent.Pressed pressed, CancellationToken cancellation) => pressed.ActionId switch
    {
        // A form's own button, on what was offered where it could not be opened at once, and where one with errors is opened again: its payload is the line so far.
        ActionIds.Command or ActionIds.CommandForm => commandLines.HandleAsync(new ChatEvent.Command(pressed.From, pressed.At, pressed.Payload), cancellation),
        ActionIds.CommandChoice => commandLines.HandleAsync(
            new ChatEvent.Command(pressed.From, pressed.At, $"{pressed.Payload} {Blank.LineOf([pressed.Chosen ?? ""])}"), cancellation),
        ActionIds.WinsLine => teamLines.OpenAsync(pressed, cancellation),
        ActionIds.WinForm => winForm.OpenAsync(pressed.From, what: "", cancellation),
        ActionIds.WinKudos => winReactions.CheerAsync(pressed, cancellation),
        ActionIds.WinTry => winReactions.TryAsync(pressed, cancellation),
        _ => OfANudgeAsync(pressed, cancellation),
    };

    async Task<Reply> OfANudgeAsync(ChatEvent.Pressed pressed, CancellationToken cancellation)
    {
        if (!NudgeId.TryParse(pressed.Payload, out var id) || await contexts.FindAsync(pressed.From, id, cancellation) is not { } nudge)
            return await WhisperAsync(pressed, "gone", cancellation);

        return pressed.ActionId switch
        {
            ActionIds.Worked => await answers.TakeAsync(pressed, nudge, ResponseKind.Worked, cancellation),
            ActionIds.NotUseful => await answers.TakeAsync(pressed, nudge, ResponseKind.NotUseful, cancellation),
            ActionIds.NotYet => await answers.TakeAsync(pressed, nudge, ResponseKind.NotYet, cancellation),
            ActionIds.Blocked => await answers.TakeAsync(pressed, nudge, ResponseKind.Blocked, cancellation),
            ActionIds.Snooze => await answers.TakeAsync(pressed, nudge, ResponseKind.Snooze, cancellation),
            ActionIds.Stop => await answers.TakeAsync(pressed, nudge, ResponseKind.Stop, cancellation),
            ActionIds.Keep => await answers.TakeAsync(pressed, nudge, ResponseKind.Keep, cancellation),
            ActionIds.GiveBack => await answers.TakeAsync(pressed, nudge, ResponseKind.GiveBack, cancellation),
            ActionIds.BlockedWhy => await choices.BlockedWhyAsync(pressed, nudge, cancellation),
            ActionIds.Chore => await choices.ChoreAsync(pressed, nudge, cancellation),
            ActionIds.Role => await choices.RoleAsync(pressed, nudge, cancellation),
            ActionIds.PulseHelps => await pulses.TakeAsync(pressed, nudge, PulseAnswer.Helps, cancellation),
            ActionIds.PulseNeutral => await pulses.TakeAsync(pressed, nudge, PulseAnswer.Neutral, cancellation),
            ActionIds.PulseHinders => await pulses.TakeAsync(pressed, nudge, PulseAnswer.Hinders, cancellation),
            ActionIds.GuideMore => More(nudge),
            ActionIds.PulseWorry => Reply.With(new ReplyPart.Open(NudgeForms.Worry(nudge))),
            ActionIds.WhyNot => Reply.With(new ReplyPart.Open(NudgeForms.WhyNot(nudge))),
            ActionIds.MinutesSaved => Reply.With(new ReplyPart.Open(NudgeForms.MinutesSaved(nudge))),
            ActionIds.TaskChange => Reply.With(new ReplyPart.Open(NudgeForms.TaskChange(nudge))),
            // A button of another version of the program: said kindly, nothing is done.
            _ => await WhisperAsync(pressed, "unknown-action", cancellation),
        };
    }

    Reply More(NudgeContext nudge)
    {
        var text = composer.FindText(nudge.Journey.Campaign, nudge.Step, nudge.TextName, nudge.Recipient);
        if (text is null or { Sections.Count: 0 }) return Reply.With(new ReplyPart.Whisper(Message.Say(Phrases.Say(nudge.Locale, "guide-none"))));
        return Reply.With(new ReplyPart.Whisper(new Message([.. text.Sections.Select(section => new Block.Text($"**{section.Heading}**\n{section.Markdown}"))])));
    }

    async Task<Reply> WhisperAsync(ChatEvent from, string phrase, CancellationToken cancellation) =>
        Reply.With(new ReplyPart.Whisper(Message.Say(Phrases.Say(await senders.LocaleAsync(from.From, cancellation), phrase))));
}
