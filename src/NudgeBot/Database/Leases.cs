namespace NudgeBot.Database;

/// <summary>
/// The one place where SQL reads the database's own clock: a lease must mean the same on every replica, whatever their clocks say,
/// and must run out when a replica has died, even where product time stands still.
/// </summary>
static class Leases
{
    public const string UntilSql = "clock_timestamp() + interval '2 minutes'";

    public const string ExpiredSql = "leased_until < clock_timestamp()";

    /// <summary>Nobody is refreshing the token, or whoever was has died.</summary>
    public const string RefreshFreeSql = "(refreshing_until is null or refreshing_until < clock_timestamp())";
}
