using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.Retention;

namespace NudgeBot.Gates;

/// <summary>What the owner is told of a breach: what, since when, and what to do.</summary>
static class BreachText
{
    public static Message Of(string locale, Campaign campaign, IReadOnlyList<Breach> breaches)
    {
        string Say(string phrase, params (string, string)[] values) => Phrases.Say(locale, phrase, values);
        var gate = $"gate show {campaign.Key}";
        var resume = $"campaign resume {campaign.Key}";
        return Message.Of(
            new Block.Text(Say("breach", ("campaign", Markdown.Escape(campaign.Name)))),
            new Block.Text(string.Join('\n', breaches.Select(breach => $"- {What(breach)}"))),
            new Block.Text(Say("breach-do", ("gate", gate), ("resume", resume))),
            new Block.Buttons(
                new Button(ActionIds.Command, gate, Say("breach-gate"), ButtonStyle.Primary),
                new Button(ActionIds.Command, resume, Say("breach-resume"))));

        string What(Breach breach) => Say(
            $"breach-{Words.Of(breach.Measure)}",
            ("count", breach.Portion.Count.ToString()), ("people", breach.Portion.People.ToString()), ("share", Figures.Percent(breach.Portion.Share)),
            ("range", Figures.Range(breach.Portion.Interval)), ("threshold", $"{breach.Threshold} %"),
            ("since", breach.Since?.InUtc().Date.ToString("uuuu-MM-dd", null) ?? Figures.Unknown));
    }

    /// <summary>For the audit log.</summary>
    public static string Why(IEnumerable<Breach> breaches) => string.Join("; ", breaches.Select(breach =>
        $"{Words.Of(breach.Measure)}: {GateText.Share(breach.Portion)}, {(breach.Measure == GateMeasure.Delivery ? "at least" : "at most")} {breach.Threshold} %"));
}
