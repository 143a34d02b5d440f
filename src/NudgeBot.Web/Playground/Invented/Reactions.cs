using NudgeBot.Campaigns;
using NudgeBot.Conversations;

namespace NudgeBot.Web.Playground.Invented;

/// <param name="Value">What is chosen or written; null where nothing is, or chance chooses.</param>
sealed record Reaction(string ActionId, string? Value = null);

/// <summary>A nudge that was sent, as far as the answer to it depends on it.</summary>
/// <param name="UsedLately">The person used the tool on one of the seven dates before it was sent, by what was known then.</param>
sealed record Nudged(ActingPerson Person, Step Step, bool IsFirstOfKind, bool UsedLately);

/// <summary>What invented people answer: pure, by what they are like.</summary>
static class Reactions
{
    static readonly int[] MinutesAWeek = [10, 15, 20, 30, 45, 60, 90];

    /// <summary>The first answer to a nudge; null: none.</summary>
    public static Reaction? To(Nudged nudge)
    {
        if (Fixed(nudge) is { } answer) return answer.Action == FixedAnswer.None ? null : new Reaction(answer.Action, answer.Value);

        var character = nudge.Person.Character;
        if (Dice(nudge, "answers") >= Rate(character.Answers)) return null;
        // Who means to try it does so after the first guide, whatever the feed can know by then.
        var tries = nudge.UsedLately || nudge.Step.Day <= 2 && character.Habit != Habit.Never;
        return nudge.Step.Kind switch
        {
            StepKind.Welcome => new Reaction(ActionIds.Chore),
            StepKind.Guide => tries ? new Reaction(Dice(nudge) < 0.75 ? ActionIds.Worked : ActionIds.NotUseful) : null,
            StepKind.CheckIn => new Reaction(!nudge.UsedLately ? ActionIds.NotYet : Dice(nudge) < 0.75 ? ActionIds.Worked : ActionIds.NotUseful),
            StepKind.ReEngagement => character.Habit != Habit.Never && Dice(nudge) < 0.4 ? new Reaction(ActionIds.Worked) : InWords(nudge, ActionIds.WhyNot),
            StepKind.Pulse => Dice(nudge) switch
            {
                < 0.1 => InWords(nudge, ActionIds.PulseWorry),
                < 0.8 when nudge.UsedLately => new Reaction(ActionIds.PulseHelps),
                < 0.95 => new Reaction(ActionIds.PulseNeutral),
                _ => new Reaction(ActionIds.PulseHinders),
            },
            StepKind.Milestone when !nudge.IsFirstOfKind => nudge.UsedLately ? InWords(nudge, ActionIds.TaskChange) : null,
            StepKind.Milestone => new Reaction(nudge.UsedLately || Dice(nudge) < 0.4 ? ActionIds.Keep : ActionIds.GiveBack),
            StepKind.Wins => throw new InvalidOperationException("A wins step goes to a team's channel."),
        };
    }

    /// <summary>What follows an answer in the same chat; null: nothing.</summary>
    public static Reaction? After(Nudged nudge, IReadOnlyCollection<ResponseKind> answered)
    {
        if (answered.Contains(ResponseKind.Blocked))
            return answered.Contains(ResponseKind.BlockedWhy) ? null : new Reaction(ActionIds.BlockedWhy, Fixed(nudge)?.Value);

        var saysMinutes = (answered.Contains(ResponseKind.Worked) || answered.Contains(ResponseKind.Keep)) && Dice(nudge, "minutes") < 0.4;
        return saysMinutes && !answered.Contains(ResponseKind.MinutesSaved)
            ? new Reaction(ActionIds.MinutesSaved, Chance.Pick(MinutesAWeek, nudge.Person.Email, nudge.Step.Key).ToString())
            : null;
    }

    static FixedAnswer? Fixed(Nudged nudge) =>
        InventedData.Shipped.Answers.Find(answer => answer.Email == nudge.Person.Email && answer.Step == nudge.Step.Key);

    static double Rate(Answering answering) => answering switch
    {
        Answering.Often => 0.8,
        Answering.Sometimes => 0.5,
        Answering.Rarely => 0.25,
        Answering.Never => 0,
    };

    static double Dice(Nudged nudge, string about = "what") => Chance.Of(nudge.Person.Email, nudge.Step.Key, about);

    static Reaction InWords(Nudged nudge, string actionId)
    {
        var words = InventedData.Shipped.Words[actionId];
        return new Reaction(actionId, Chance.Pick(words.GetValueOrDefault(nudge.Person.Locale) ?? words["en"], nudge.Person.Email, nudge.Step.Key));
    }
}
