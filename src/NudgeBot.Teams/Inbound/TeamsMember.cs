using System.Text.Json;
using NudgeBot.People;

namespace NudgeBot.Teams.Inbound;

/// <summary>Somebody in a conversation, as far as it matters which person of the roster it is.</summary>
/// <param name="Emails">As persons have them, the best first: the e-mail, then the name to sign in with.</param>
/// <param name="IsGuest">Of another company, or of none.</param>
sealed record TeamsMember(IReadOnlyList<string> Emails, bool IsGuest)
{
    const string MarkOfGuests = "#EXT#";

    /// <param name="signsInAs">The name to sign in with; null: not known.</param>
    public static bool IsOfElsewhere(string? signsInAs) => signsInAs?.Contains(MarkOfGuests, StringComparison.OrdinalIgnoreCase) == true;

    /// <param name="tenant">The tenant's id: in channels that are shared there are people of others.</param>
    public static TeamsMember Read(JsonElement member, string tenant)
    {
        var upn = member.Text("userPrincipalName");
        var isGuest = member.Text("userRole") is { } role && role != "user"
            || IsOfElsewhere(upn)
            || member.Text("tenantId") is { } home && !string.Equals(home, tenant, StringComparison.OrdinalIgnoreCase);
        return new TeamsMember([.. new[] { member.Text("email"), upn }.OfType<string>().Select(EmailAddress.Normal).Distinct()], isGuest);
    }
}
