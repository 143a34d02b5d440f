using System.Globalization;
using NudgeBot.Champions;
using NudgeBot.Chat;
using NudgeBot.Nudging;
using NudgeBot.People;

namespace NudgeBot.Conversations;

/// <summary>Filled-in forms: one case for each form.</summary>
sealed class Submissions(
    NudgeContexts contexts, ResponseLog log, Pulses pulses, TeamLines teamLines, WinForm winForm, CommandLines commandLines, Senders senders)
{
    public async Task<Reply> HandleAsync(ChatEvent.Submitted form, CancellationToken cancellation)
    {
        if (form.ActionId == ActionIds.WinsLine) return await teamLines.TakeAsync(form, cancellation);
        if (form.ActionId == ActionIds.CommandForm) return await commandLines.SubmitAsync(form, cancellation);
        if (form.ActionId == ActionIds.WinForm) return await winForm.TakeAsync(form, cancellation);

        if (!NudgeId.TryParse(form.Payload, out var id) || await contexts.FindAsync(form.From, id, cancellation) is not { } nudge)
            return Whisper(await senders.LocaleAsync(form.From, cancellation), "gone");

        var value = form.Values.GetValueOrDefault(NudgeForms.Value)?.Trim() ?? "";
        return form.ActionId switch
        {
            ActionIds.WhyNot => await WordsAsync(form, nudge, ResponseKind.WhyNot, value, "why-not-thanks", cancellation),
            ActionIds.TaskChange => await WordsAsync(form, nudge, ResponseKind.TaskChange, value, "task-thanks", cancellation),
            ActionIds.PulseWorry => await pulses.WorryAsync(form, nudge, value, cancellation),
            ActionIds.MinutesSaved => await MinutesAsync(form, nudge, value, cancellation),
            _ => Whisper(nudge.Locale, "unknown-action"),
        };
    }

    async Task<Reply> WordsAsync(
        ChatEvent.Submitted form, NudgeContext nudge, ResponseKind kind, string value, string thanks, CancellationToken cancellation)
    {
        await log.WriteAsync(form.From, Answers.AnswerOf(kind, form.At, nudge) with { Value = value }, cancellation);
        return Whisper(nudge.Locale, thanks);
    }

    async Task<Reply> MinutesAsync(ChatEvent.Submitted form, NudgeContext nudge, string value, CancellationToken cancellation)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes > NudgeForms.MostMinutesAWeek)
            return Reply.With(new ReplyPart.Errors(new Dictionary<string, string> { [NudgeForms.Value] = Phrases.Say(nudge.Locale, "minutes-error") }));

        await log.WriteAsync(form.From, Answers.AnswerOf(ResponseKind.MinutesSaved, form.At, nudge) with { Minutes = minutes }, cancellation);
        return Whisper(nudge.Locale, "minutes-thanks", ("minutes", minutes.ToString(CultureInfo.InvariantCulture)));
    }

    static Reply Whisper(string locale, string phrase, params (string, string)[] values) =>
        Reply.With(new ReplyPart.Whisper(Message.Say(Phrases.Say(locale, phrase, values))));
}
