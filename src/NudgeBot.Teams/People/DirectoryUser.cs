using System.Text.Json;
using NudgeBot.People;
using NudgeBot.Teams.Inbound;

namespace NudgeBot.Teams.People;

/// <summary>A user as Microsoft's directory describes it.</summary>
static class DirectoryUser
{
    /// <summary>Teams, as it is called among the services of a licence.</summary>
    const string Teams = "TeamspaceAPI";

    const string Address = "smtp:";

    /// <returns>Null where the user has no id.</returns>
    public static Member? Read(JsonElement user)
    {
        if (user.Text("id") is not { Length: > 0 } given) return null;
        var id = given.ToLowerInvariant();
        var signsInAs = user.Text("userPrincipalName");
        var unreachable =
            user.TryGetProperty("@removed", out _) || user.TryGetProperty("accountEnabled", out var enabled) && enabled.ValueKind == JsonValueKind.False ? Member.Deactivated
            : user.Text("userType") == "Guest" || TeamsMember.IsOfElsewhere(signsInAs) ? Member.Guest
            : List(user, "assignedPlans").Any(IsTeams) ? null
            : Member.Unlicensed;
        // Those of a mailbox include the e-mail: the first counts most.
        IEnumerable<string?> emails =
        [
            user.Text("mail"), signsInAs,
            .. List(user, "proxyAddresses").Select(one => one.ValueKind == JsonValueKind.String ? one.GetString()! : "")
                .Where(one => one.StartsWith(Address, StringComparison.OrdinalIgnoreCase)).Select(one => one[Address.Length..]),
        ];
        return new Member(id, [.. emails.OfType<string>().Select(EmailAddress.Normal).Distinct()], unreachable, Profile.Of(id, zone: null, user.Text("preferredLanguage")));
    }

    /// <summary>A licence that was not renewed in time still works for a while.</summary>
    static bool IsTeams(JsonElement plan) => plan.ValueKind == JsonValueKind.Object && plan.Text("service") == Teams && plan.Text("capabilityStatus") is "Enabled" or "Warning";

    static IEnumerable<JsonElement> List(JsonElement user, string name) =>
        user.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
}
