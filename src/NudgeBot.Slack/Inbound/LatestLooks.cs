using System.Collections.Concurrent;

namespace NudgeBot.Slack.Inbound;

/// <summary>
/// Of what is asked of one form in quick succession, the last counts, whichever is answered first. Known of this process alone: at another one, the words below
/// a list may be of a moment ago, and they say which people they are about.
/// </summary>
sealed class LatestLooks
{
    /// <summary>Nobody has so many forms open at a time; what was forgotten was long ago.</summary>
    const int Most = 1000;

    readonly ConcurrentDictionary<string, string> latest = new();

    public void Note(SlackView view)
    {
        if (latest.Count >= Most) latest.Clear();
        latest.AddOrUpdate(view.Id, view.ActionTs, (_, known) => IsAfter(view.ActionTs, known) ? view.ActionTs : known);
    }

    public bool IsLatest(SlackView view) => !latest.TryGetValue(view.Id, out var known) || !IsAfter(known, view.ActionTs);

    /// <summary>Slack's times are digits of one length.</summary>
    static bool IsAfter(string one, string other) => string.CompareOrdinal(one, other) > 0;
}
