using System.Text.Json;
using NudgeBot.People;

namespace NudgeBot.Slack.People;

/// <summary>A user of a workspace, as far as it matters whether somebody can be reached.</summary>
/// <param name="Email">As persons have it; null where Slack shows none (a missing scope, or nobody's).</param>
/// <param name="Unreachable">Why nothing is sent to this user; null: nothing is against it.</param>
/// <param name="Profile">Zone and language, as far as Slack tells them.</param>
sealed record Member(string Id, string? Email, string? Unreachable, Profile Profile)
{
    public const string Deactivated = "deactivated";
    public const string Bot = "bot";
    public const string Guest = "guest";

    /// <summary>Slack's own messenger is no bot by its flag.</summary>
    const string Slackbot = "USLACKBOT";

    /// <returns>Null where the user has no id.</returns>
    public static Member? Read(JsonElement user)
    {
        if (user.ValueKind != JsonValueKind.Object || Text(user, "id") is not { Length: > 0 } id) return null;
        var email = user.TryGetProperty("profile", out var profile) && profile.ValueKind == JsonValueKind.Object ? Text(profile, "email") : null;
        var unreachable =
            id == Slackbot || Is(user, "is_bot") || Is(user, "is_workflow_bot") ? Bot
            : Is(user, "deleted") ? Deactivated
            : Is(user, "is_restricted") || Is(user, "is_ultra_restricted") || Is(user, "is_stranger") ? Guest
            : null;
        return new Member(id, email is { Length: > 0 } ? EmailAddress.Normal(email) : null, unreachable, Profile.Of(id, Text(user, "tz"), Text(user, "locale")));
    }

    static bool Is(JsonElement user, string flag) => user.TryGetProperty(flag, out var value) && value.ValueKind == JsonValueKind.True;

    static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
