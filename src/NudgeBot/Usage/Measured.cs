namespace NudgeBot.Usage;

/// <summary>
/// By what a person's use is known: telemetry for people who have the login or e-mail that a feed of the tool goes by, for others self-reports.
/// </summary>
static class Measured
{
    /// <summary>True where telemetry counts; needs <c>p</c> (persons) and <c>c</c> (campaigns) in scope.</summary>
    public const string ByTelemetrySql = """
        exists (
          select from usage_feeds f
          where f.organization_id = c.organization_id and f.tool = c.tool and (f.identity = 'email' or p.github_login is not null))
        """;
}
