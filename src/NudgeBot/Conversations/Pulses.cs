using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;

namespace NudgeBot.Conversations;

enum PulseAnswer { Helps, Neutral, Hinders, Worry }

/// <summary>
/// The anonymous pulse: that somebody answered is logged with the person, what they said without. So an answer is counted once and
/// cannot be changed: nobody could say which one it was. The words are a transaction of their own, because what was written together can be
/// recognized as such; a crash between the two counts an answer twice.
/// </summary>
sealed class Pulses(NpgsqlDataSource database, ResponseLog log, Composer composer)
{
    public async Task<Reply> TakeAsync(ChatEvent.Pressed pressed, NudgeContext nudge, PulseAnswer answer, CancellationToken cancellation)
    {
        if (await log.WriteAsync(pressed.From, Answers.AnswerOf(ResponseKind.Pulse, pressed.At, nudge), cancellation))
            await KeepAsync(pressed, nudge, answer, words: null, cancellation);
        var thanks = Phrases.Say(nudge.Locale, "pulse-thanks");
        return Reply.With(new ReplyPart.Update(composer.Answered(nudge.Journey.Campaign, nudge.Step, nudge.TextName, nudge.Recipient, "✓")), new ReplyPart.Whisper(Message.Say(thanks)));
    }

    public async Task<Reply> WorryAsync(ChatEvent.Submitted form, NudgeContext nudge, string words, CancellationToken cancellation)
    {
        // Logged as words, without them: a worry does not use up the one answer that is counted.
        await log.WriteAsync(form.From, Answers.AnswerOf(ResponseKind.Text, form.At, nudge), cancellation);
        await KeepAsync(form, nudge, PulseAnswer.Worry, words, cancellation);
        return Reply.With(new ReplyPart.Whisper(Message.Say(Phrases.Say(nudge.Locale, "pulse-thanks"))));
    }

    async Task KeepAsync(ChatEvent said, NudgeContext nudge, PulseAnswer answer, string? words, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("""
            insert into pulse_answers (organization_id, campaign_id, step_id, week_of, kind, value)
            values (@organizationId, @campaignId, @stepId, @weekOf, @kind, @words)
            """, new
        {
            said.From.OrganizationId,
            nudge.Journey.CampaignId,
            nudge.Id.StepId,
            weekOf = MondayOf(said.At.InZone(nudge.Zone).Date),
            kind = Words.Of(answer),
            words,
        });
    }

    static LocalDate MondayOf(LocalDate date) => date.PlusDays(1 - (int)date.DayOfWeek);
}
