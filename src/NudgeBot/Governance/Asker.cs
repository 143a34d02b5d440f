using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Commands;

namespace NudgeBot.Governance;

/// <summary>Who gives a command, and from where.</summary>
/// <param name="PersonId">Null for the operator at the terminal.</param>
/// <param name="Email">Likewise.</param>
/// <param name="Place">The word of the chat platform, or <see cref="Terminal"/>.</param>
/// <param name="Zone">Theirs: dates and times are told and understood in it.</param>
public sealed record Asker(int OrganizationId, long? PersonId, string? Email, Needs May, string Place, DateTimeZone Zone, string Locale)
{
    public const string Terminal = "terminal";

    public static Asker Operator(int organizationId) => new(organizationId, PersonId: null, Email: null, Needs.Operator, Terminal, DateTimeZone.Utc, "en");

    public Actor By => PersonId is { } id ? new Actor.Person(id) : new Actor.Operator();

    public LocalDate Today(Instant now) => now.InZone(Zone).Date;

    /// <summary>Of something that this asker does.</summary>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    public AuditEntry Does(string action) => new(By, Place, action);

    /// <summary>Administrators may act on every campaign, as the operator may; owners on their own.</summary>
    public bool MayActFor(string ownerEmail) => May >= Needs.Admin || Email == ownerEmail;

    /// <exception cref="RefusalException">The campaign is somebody else's.</exception>
    public void MustActFor(Campaign campaign)
    {
        if (!MayActFor(campaign.OwnerEmail))
            throw new RefusalException($"**{campaign.Key}** is {campaign.OwnerEmail}'s campaign; ask there.") { IsForbidden = true };
    }

    /// <exception cref="RefusalException">The campaign is somebody else's, or its file is what is changed.</exception>
    public void MustChange(Campaign campaign)
    {
        MustActFor(campaign);
        if (campaign.Managed == ManagedBy.File && Place != Terminal)
            throw new RefusalException($"**{campaign.Key}** is managed by its file: change it there, and apply it with `nudgebot campaign apply` in the terminal. "
                + "Pausing, resuming and ending work here.");
    }
}
