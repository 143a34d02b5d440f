using NodaTime;
using NudgeBot.Nudging;

namespace NudgeBot.Forecasting;

/// <summary>Counts what becomes of one step's messages.</summary>
sealed class StepTally(string key, bool isForTeams)
{
    readonly Dictionary<string, int> notSent = [];
    int sent, alternative, late, open;
    Instant? first, last;

    /// <param name="wasHeld">By anything, before it was decided.</param>
    public void Add(ForeseenMessage message, bool wasHeld)
    {
        switch (message.Outcome)
        {
            case Outcome.Pending:
                open++;
                break;
            case Outcome.Sent:
                sent++;
                if (message.Reason == OtherReason.Alternative) alternative++;
                if (wasHeld) late++;
                if (first is null || message.At < first) first = message.At;
                if (last is null || message.At > last) last = message.At;
                break;
            default:
                notSent[message.Reason!] = notSent.GetValueOrDefault(message.Reason!) + 1;
                break;
        }
    }

    public StepForecast Result() => new(
        key, isForTeams, sent, alternative, late,
        [.. notSent.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => new ReasonCount(one.Key, one.Value))],
        open, first, last);
}
