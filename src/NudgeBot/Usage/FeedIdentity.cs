namespace NudgeBot.Usage;

/// <summary>What a feed knows people by.</summary>
enum FeedIdentity { Login, Email }

static class FeedIdentities
{
    public static FeedIdentity Identity(this UsageFormat format) => format switch
    {
        UsageFormat.GithubCopilot or UsageFormat.GithubSeats => FeedIdentity.Login,
        UsageFormat.Csv => FeedIdentity.Email,
    };

    /// <summary>The person's side of the comparison, in lower case.</summary>
    public static string Sql(this FeedIdentity identity) => identity switch
    {
        FeedIdentity.Login => "lower(p.github_login)",
        FeedIdentity.Email => "p.email",
    };
}
