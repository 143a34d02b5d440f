namespace NudgeBot.Governance;

/// <summary>Who gives a command about campaigns.</summary>
/// <param name="Email">Null for the operator at the terminal, who may act on every campaign.</param>
public sealed record Asker(int OrganizationId, string? Email)
{
    public bool IsOperator => Email is null;
}
