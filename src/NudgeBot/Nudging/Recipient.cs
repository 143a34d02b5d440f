namespace NudgeBot.Nudging;

/// <summary>Whom a message is for and where it goes; the texts are chosen by these.</summary>
/// <param name="Role">Empty where it is unknown.</param>
/// <param name="Account">Null where the person has none.</param>
public sealed record Recipient(string Name, string Locale, string Role, string? Chore, string Variant, AccountAddress? Account)
{
    /// <summary>Only of a message to a team's channel.</summary>
    public string Team { get; init; } = "";

    public static Recipient OfTeam(string team, string locale, string variant) => new("", locale, Role: "", Chore: null, variant, Account: null) { Team = team };
}

public sealed record AccountAddress(int WorkspaceId, string Platform, string ExternalId, string? Conversation);
