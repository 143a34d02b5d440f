namespace NudgeBot.Governance;

/// <summary>Who gives a command about campaigns.</summary>
/// <param name="Email">Null for the operator at the terminal.</param>
/// <param name="IsAdmin">May act on every campaign, as the operator may; others on their own.</param>
public sealed record Asker(int OrganizationId, string? Email, bool IsAdmin)
{
    public static Asker Operator(int organizationId) => new(organizationId, Email: null, IsAdmin: true);

    public bool MayActFor(string ownerEmail) => IsAdmin || Email == ownerEmail;
}
