namespace NudgeBot.People;

/// <summary>Somebody of a workspace, as far as it matters whose account it is and whether it can be reached.</summary>
/// <param name="Id">The account's id in the platform's words.</param>
/// <param name="Emails">As persons have them, the best first; none where the platform shows none.</param>
/// <param name="Unreachable">Why nothing is sent there; null: nothing is against it.</param>
/// <param name="Profile">Zone and language, as far as the platform tells them.</param>
sealed record Member(string Id, IReadOnlyList<string> Emails, string? Unreachable, Profile Profile)
{
    public const string Deactivated = "deactivated";
    public const string Bot = "bot";
    public const string Guest = "guest";
    public const string Unlicensed = "unlicensed";

    /// <summary>The person has removed the app. Only the person ends it.</summary>
    public const string NotInstalled = "not-installed";
}
