using NudgeBot.Chat;

namespace NudgeBot.Conversations;

/// <summary>The forms behind a nudge's buttons. A form has the action id of its button: one id names the question.</summary>
static class NudgeForms
{
    public const string Value = "value";
    public const int MostMinutesAWeek = 2400;

    public static Form Worry(NudgeContext nudge) => Ask(nudge, ActionIds.PulseWorry, "pulse-worry");

    public static Form WhyNot(NudgeContext nudge) => Ask(nudge, ActionIds.WhyNot, "why-not");

    public static Form TaskChange(NudgeContext nudge) => Ask(nudge, ActionIds.TaskChange, "task");

    public static Form MinutesSaved(NudgeContext nudge) => new(
        ActionIds.MinutesSaved, nudge.Id.ToString(), Phrases.Say(nudge.Locale, "minutes-title"), Phrases.Say(nudge.Locale, "send"),
        [new Field.Number(Value, Phrases.Say(nudge.Locale, "minutes-label"), Required: true, Min: 0, Max: MostMinutesAWeek)]);

    static Form Ask(NudgeContext nudge, string actionId, string phrase) => new(
        actionId, nudge.Id.ToString(), Phrases.Say(nudge.Locale, $"{phrase}-title"), Phrases.Say(nudge.Locale, "send"),
        [new Field.Line(Value, Phrases.Say(nudge.Locale, $"{phrase}-label"), Required: true, Multiline: true, MaxLength: 1000)]);
}
