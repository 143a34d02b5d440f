using System.Text.Json;
using NudgeBot.People;

namespace NudgeBot.Slack.People;

/// <summary>A user as Slack describes it.</summary>
static class SlackMember
{
    /// <summary>Slack's own messenger is no bot by its flag.</summary>
    const string Slackbot = "USLACKBOT";

    /// <returns>Null where the user has no id.</returns>
    public static Member? Read(JsonElement user)
    {
        if (user.ValueKind != JsonValueKind.Object || Text(user, "id") is not { Length: > 0 } id) return null;
        // None is shown without the scope, and some have none.
        var email = user.TryGetProperty("profile", out var profile) && profile.ValueKind == JsonValueKind.Object ? Text(profile, "email") : null;
        var unreachable =
            id == Slackbot || Is(user, "is_bot") || Is(user, "is_workflow_bot") ? Member.Bot
            : Is(user, "deleted") ? Member.Deactivated
            : Is(user, "is_restricted") || Is(user, "is_ultra_restricted") || Is(user, "is_stranger") ? Member.Guest
            : null;
        return new Member(id, email is { Length: > 0 } ? [EmailAddress.Normal(email)] : [], unreachable, Profile.Of(id, Text(user, "tz"), Text(user, "locale")));
    }

    static bool Is(JsonElement user, string flag) => user.TryGetProperty(flag, out var value) && value.ValueKind == JsonValueKind.True;

    static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
