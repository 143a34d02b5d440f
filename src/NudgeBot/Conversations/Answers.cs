using NodaTime;
using NodaTime.Text;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Guides;
using NudgeBot.Nudging;

namespace NudgeBot.Conversations;

/// <summary>The answers to a nudge that a button gives, and what the person gets for each.</summary>
sealed class Answers(ResponseLog log, Composer composer)
{
    public const int SnoozeDays = 7;

    static readonly LocalDatePattern IsoDate = LocalDatePattern.Iso;

    public async Task<Reply> TakeAsync(ChatEvent.Pressed pressed, NudgeContext nudge, ResponseKind kind, CancellationToken cancellation)
    {
        await log.WriteAsync(pressed.From, AnswerOf(kind, pressed.At, nudge), cancellation);
        var said = new ReplyPart.Update(composer.Answered(nudge.Journey.Campaign, nudge.Step, nudge.TextName, nudge.Recipient, Label(nudge.Locale, kind)));
        return Reply.With([said, .. FollowUp(kind, nudge, pressed.At)]);
    }

    public static Answer AnswerOf(ResponseKind kind, Instant at, NudgeContext nudge) => new(kind, at, nudge.Id)
    {
        Tool = nudge.Journey.Campaign.Tool,
        UsedOn = kind.MeansUse() ? at.InZone(nudge.Zone).Date : null,
        SnoozedUntil = kind == ResponseKind.Snooze ? SnoozeEnd(at, nudge.Zone, SnoozeDays) : null,
    };

    /// <summary>A snooze ends with the person's midnight, so many dates after the one on which it began.</summary>
    public static Instant SnoozeEnd(Instant at, DateTimeZone zone, int days) => zone.AtStartOfDay(at.InZone(zone).Date.PlusDays(days)).ToInstant();

    IEnumerable<ReplyPart> FollowUp(ResponseKind kind, NudgeContext nudge, Instant at)
    {
        var locale = nudge.Locale;
        string Say(string phrase, params (string, string)[] values) => Phrases.Say(locale, phrase, values);
        return kind switch
        {
            ResponseKind.Worked => [Message([new Block.Text(Say("thanks-worked")), MinutesButton(nudge), .. AfterAnswer(nudge)])],
            ResponseKind.NotUseful => [Message([.. composer.ChoreBlocks(nudge.Recipient, chore => chore.Better, "better-prompt"), .. AfterAnswer(nudge)])],
            ResponseKind.NotYet => [Message([.. composer.ChoreBlocks(nudge.Recipient, chore => chore.Smallest, "smallest-step"), .. AfterAnswer(nudge)])],
            ResponseKind.Blocked => [Message([new Block.Text(Say("blocked-why")), BlockedReasons(nudge)])],
            ResponseKind.Keep => [Message([new Block.Text(Say("keep-thanks")), MinutesButton(nudge)])],
            ResponseKind.GiveBack => [Message([new Block.Text(Say("give-back-thanks"))])],
            ResponseKind.Pulse => [Message([new Block.Text(Say("pulse-thanks"))])],
            ResponseKind.Snooze => [Message([new Block.Text(Say("snoozed", ("date", IsoDate.Format(SnoozeEnd(at, nudge.Zone, SnoozeDays).InZone(nudge.Zone).Date))))])],
            ResponseKind.Stop => [Message([new Block.Text(Say("stopped"))])],
            ResponseKind.BlockedWhy or ResponseKind.Resume or ResponseKind.Text or ResponseKind.Chore or ResponseKind.Role or ResponseKind.WhyNot
                or ResponseKind.MinutesSaved or ResponseKind.TaskChange or ResponseKind.Used => [],
        };
    }

    /// <summary>The text that a step shows once it is answered, e.g. the day-3 prompt after the day-3 check-in.</summary>
    IEnumerable<Block> AfterAnswer(NudgeContext nudge)
    {
        if (nudge.Step.AfterAnswer is not { } name || composer.FindText(nudge.Journey.Campaign, nudge.Step, name, nudge.Recipient) is not { } text) return [];
        return [new Block.Text(Phrases.Say(nudge.Locale, "next-task")), .. Composer.TextBlocks(text)];
    }

    static Block MinutesButton(NudgeContext nudge) =>
        new Block.Buttons(new Button(ActionIds.MinutesSaved, nudge.Id.ToString(), Phrases.Say(nudge.Locale, "minutes-button")));

    static Block BlockedReasons(NudgeContext nudge) => new Block.Select(ActionIds.BlockedWhy, nudge.Id.ToString(), Phrases.Say(nudge.Locale, "blocked-pick"),
        [.. Enum.GetValues<BlockedReason>().Select(reason => new Option(Words.Of(reason), Phrases.Say(nudge.Locale, $"blocked-{Words.Of(reason)}")))]);

    static string Label(string locale, ResponseKind kind) => kind switch
    {
        ResponseKind.Worked => Phrases.Say(locale, "answer-worked"),
        ResponseKind.NotUseful => Phrases.Say(locale, "answer-not-useful"),
        ResponseKind.NotYet => Phrases.Say(locale, "answer-not-yet"),
        ResponseKind.Blocked => Phrases.Say(locale, "answer-blocked"),
        ResponseKind.Keep => Phrases.Say(locale, "keep-button"),
        ResponseKind.GiveBack => Phrases.Say(locale, "give-back-button"),
        ResponseKind.Snooze => Phrases.Say(locale, "snooze-button"),
        ResponseKind.Stop => Phrases.Say(locale, "stop-button"),
        ResponseKind.BlockedWhy or ResponseKind.Resume or ResponseKind.Text or ResponseKind.Chore or ResponseKind.Role or ResponseKind.WhyNot or ResponseKind.Pulse
            or ResponseKind.MinutesSaved or ResponseKind.TaskChange or ResponseKind.Used => "✓",
    };

    static ReplyPart Message(IReadOnlyList<Block> blocks) => new ReplyPart.Say(new Message(blocks));
}

/// <summary>Why somebody cannot use the tool.</summary>
public enum BlockedReason { NoAccess, Policy, Technical, NoUse, NoTime }
