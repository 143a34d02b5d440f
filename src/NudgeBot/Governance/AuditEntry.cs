namespace NudgeBot.Governance;

/// <summary>What is written of one change.</summary>
/// <param name="Place">Where it was asked for: a platform's word such as <c>slack</c>, else <c>terminal</c>, <see cref="Settings"/> or <c>system</c>.</param>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
public sealed record AuditEntry(Actor By, string Place, string Action)
{
    /// <summary>The place of what the program's settings say at its start: whoever runs it has set them.</summary>
    public const string Settings = "settings";

    /// <summary>Its key.</summary>
    public string? Campaign { get; init; }

    /// <summary>The person it is about.</summary>
    public long? SubjectId { get; init; }

    public AuditValues? Before { get; init; }
    public AuditValues? After { get; init; }

    /// <summary>In the actor's own words.</summary>
    public string? Why { get; init; }

    /// <summary>It was asked for and not done.</summary>
    public bool Refused { get; init; }
}
