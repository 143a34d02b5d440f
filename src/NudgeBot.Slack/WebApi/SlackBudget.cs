using NudgeBot.Limits;

namespace NudgeBot.Slack.WebApi;

/// <summary>Slack's limits as buckets.</summary>
static class SlackBudget
{
    const int SecondsPerMinute = 60;

    /// <summary>As long as it takes until somebody looks for more to send.</summary>
    const double MessagePatience = 30;

    /// <summary>Whoever goes through people one by one waits for the next one; whoever sends has a lease, and the message waits besides.</summary>
    const double OneByOnePatience = 5;

    /// <summary>The parts of one answer follow each other a second apart.</summary>
    const double ChannelPatience = 5;

    /// <summary>
    /// What is kept for at once is missing from the steady rate. Methods that go through thousands of people take their turns, and keep little: a second's
    /// worth, and a fiftieth for those who wait, who get every token that comes once that is used up. Others are called by people, or find the rest
    /// the next time.
    /// </summary>
    public static Budget OfMethod(SlackMethod method, int perMinute)
    {
        var patience = method == SlackMethod.ChatPostMessage ? MessagePatience
            : method == SlackMethod.ConversationsOpen || method == SlackMethod.UsersLookupByEmail ? OneByOnePatience
            : 0;
        // A limit of one a minute has nothing to divide.
        var reserve = perMinute / (patience > 0 ? 50 : 10);
        var capacity = Math.Max(1,
            patience > 0 ? perMinute / SecondsPerMinute
            // People are read by a job that looks once a minute: what gathers meanwhile must find room.
            : method == SlackMethod.UsersList ? (perMinute - reserve) / 2
            : perMinute / 10);
        var perSecond = (perMinute + 1 - capacity - reserve) / (double)SecondsPerMinute;
        return new Budget(method.Name, capacity, perSecond, patience, reserve);
    }

    /// <summary>One message a second, whoever waits.</summary>
    public static Budget OfChannel(string channel) =>
        new($"{SlackMethod.ChatPostMessage.Name} {channel}", Capacity: 1, PerSecond: 1, ChannelPatience, Reserve: 0);
}
