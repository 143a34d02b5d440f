namespace NudgeBot.Database;

/// <summary>
/// The one place where SQL reads the database's own clock: a lease must mean the same on every replica, whatever their clocks say,
/// and must run out when a replica has died, even where product time stands still. So must what is left of a rate limit.
/// </summary>
static class Leases
{
    public const string UntilSql = "clock_timestamp() + interval '2 minutes'";

    /// <summary>For what failed: soon enough for somebody who waits, late enough for what failed to have passed.</summary>
    public const string RetrySql = "clock_timestamp() + interval '20 seconds'";

    public const string ExpiredSql = "leased_until < clock_timestamp()";

    /// <summary>When the lease was taken: nothing was sent under it before.</summary>
    public const string SinceSql = "leased_until - interval '2 minutes'";

    public const string NowSql = "clock_timestamp()";

    /// <summary>Nobody is refreshing the token, or whoever was has died.</summary>
    public const string RefreshFreeSql = "(refreshing_until is null or refreshing_until < clock_timestamp())";
}
