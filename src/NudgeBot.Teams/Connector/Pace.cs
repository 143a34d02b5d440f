namespace NudgeBot.Teams.Connector;

/// <summary>
/// What leaves this process, one after the other. The tenant's bucket says when a call is due; where the process was kept from working for a moment, many are due
/// at once, and Teams counts by the second. So they catch up a little faster than the bucket fills, and no more.
/// </summary>
sealed class Pace(double perSecond, TimeProvider time)
{
    const double CatchUp = 1.1;

    readonly TimeSpan apart = TimeSpan.FromSeconds(1 / (perSecond * CatchUp));
    readonly long start = time.GetTimestamp();
    readonly Lock gate = new();
    TimeSpan next;

    /// <param name="atOnce">Somebody waits: it leaves now, and the others behind it.</param>
    /// <returns>How long the call has to wait, from now on.</returns>
    public TimeSpan Take(bool atOnce)
    {
        lock (gate)
        {
            var now = time.GetElapsedTime(start);
            var turn = next > now ? next : now;
            next = turn + apart;
            return atOnce ? TimeSpan.Zero : turn - now;
        }
    }
}
