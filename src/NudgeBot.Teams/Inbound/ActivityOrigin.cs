using System.Text.Json;

namespace NudgeBot.Teams.Inbound;

/// <summary>Where an activity says that it comes from.</summary>
/// <param name="TenantId">Null where it names none, or two that differ.</param>
sealed record ActivityOrigin(string? ChannelId, string? ServiceUrl, string? TenantId)
{
    /// <summary>Of the very object that is worked off afterwards: what is checked is what is used.</summary>
    public static ActivityOrigin Of(JsonElement activity)
    {
        var told = Text(Field(Field(activity, "channelData"), "tenant"), "id");
        var converses = Text(Field(activity, "conversation"), "tenantId");
        var tenant = told is null || converses is null || string.Equals(told, converses, StringComparison.OrdinalIgnoreCase) ? told ?? converses : null;
        return new ActivityOrigin(Text(activity, "channelId"), Text(activity, "serviceUrl"), tenant);
    }

    static JsonElement? Field(JsonElement? of, string name) => of is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty(name, out var value) ? value : null;

    static string? Text(JsonElement? of, string name)
    {
        try
        {
            return Field(of, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // No valid Unicode: nothing that could be compared.
            return null;
        }
    }
}
