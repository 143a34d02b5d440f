namespace NudgeBot.Slack.WebApi;

/// <summary>Who waits for the call.</summary>
public enum Urgency
{
    /// <summary>A person, now: goes at once or not at all, and may take what is kept for such calls.</summary>
    Interactive,

    /// <summary>Nobody in particular: may be put off, and leaves something for those who wait.</summary>
    Bulk,
}

/// <summary>
/// How a limit is kept: a bucket that fills by the second and may be overdrawn by a little, because a bulk call may take its token now and leave when
/// it is due. Chosen so that within any minute no more calls leave than the limit says.
/// </summary>
/// <param name="Name">The row of <c>rate_budgets</c>.</param>
/// <param name="Capacity">Calls that may leave at once after a quiet time.</param>
/// <param name="PerSecond">How fast it fills.</param>
/// <param name="Patience">How many seconds a call may be put off after it took its token.</param>
/// <param name="Reserve">Calls kept for people who wait: they leave at once, where bulk calls may take no more.</param>
sealed record Budget(string Name, int Capacity, double PerSecond, double Patience, int Reserve)
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

    /// <summary>Where minutes are shorter by that factor: what may leave at once stays, and refills sooner.</summary>
    public Budget Faster(double times) => this with { PerSecond = PerSecond * times, Patience = Patience / times };

    /// <summary>The least that may be left after a call.</summary>
    public double Floor(Urgency urgency) => -Patience * PerSecond - (urgency == Urgency.Interactive ? Reserve : 0);

    /// <summary>Whether a call leaves when its token would have come, and not at once.</summary>
    public bool Waits(Urgency urgency) => urgency == Urgency.Bulk || Reserve == 0;
}
