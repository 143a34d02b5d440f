namespace NudgeBot.Commands;

/// <summary>What is to be different in somebody's row of the roster; null stays as it is. The texts are those of its cells, <c>-</c> an empty one.</summary>
public sealed record PersonChange
{
    public const string Nothing = "-";

    public string? Name { get; init; }
    public string? Role { get; init; }
    public string? Team { get; init; }
    public string? Location { get; init; }
    public string? Country { get; init; }
    public string? TimeZone { get; init; }
    public string? Locale { get; init; }
    public string? GithubLogin { get; init; }
    public string? LicensedSince { get; init; }
    public Leaving? Left { get; init; }
}

/// <param name="On">The first date on which the person is no longer there; null: they are.</param>
public readonly record struct Leaving(When? On)
{
    public const string No = "no";
}
