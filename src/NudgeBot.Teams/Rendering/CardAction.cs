using System.Text.Json;
using System.Text.Json.Nodes;
using NudgeBot.Chat;

namespace NudgeBot.Teams.Rendering;

/// <summary>What was pressed, as a button's <c>data</c>: it comes back the same in each of the ways in which Teams says that somebody pressed it.</summary>
/// <param name="Chosen">The option, where the button stands for one or sends a list's.</param>
sealed record CardAction(string ActionId, string Payload, string? Chosen = null)
{
    const string Action = "action";
    const string PayloadKey = "payload";
    const string ChosenKey = "chosen";
    const string ChosenIn = "chosenIn";

    public static CardAction Of(Button button) => new(button.ActionId, button.Payload);

    /// <param name="list">The id of the list on the card whose value is chosen.</param>
    public JsonObject Write(string? list = null)
    {
        var data = new JsonObject
        {
            [Action] = TeamsLimits.Within(ActionId, TeamsLimits.Id, "An action id"),
            [PayloadKey] = TeamsLimits.Within(Payload, TeamsLimits.Payload, "A button's payload"),
        };
        if (Chosen is not null) data[ChosenKey] = TeamsLimits.Within(Chosen, Option.Longest, "An option's value");
        if (list is not null) data[ChosenIn] = list;
        return data;
    }

    /// <param name="data">Whatever else stands in it, such as other inputs of the card, is not read.</param>
    /// <exception cref="JsonException">It is not one that <see cref="Write"/> wrote.</exception>
    public static CardAction Read(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object) throw new JsonException("The action's data is no object.");
        return new CardAction(
            Text(data, Action, TeamsLimits.Id) is { Length: > 0 } id ? id : throw new JsonException("The data names no action."),
            Text(data, PayloadKey, TeamsLimits.Payload) ?? throw new JsonException("The data has no payload."),
            Text(data, Text(data, ChosenIn, TeamsLimits.Id) ?? ChosenKey, Option.Longest));
    }

    static string? Text(JsonElement data, string key, int longest)
    {
        if (!data.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        var text = TeamsJson.Text(value, $"The action's '{key}'");
        return text.Length <= longest ? text : throw new JsonException($"The action's '{key}' has {text.Length} characters, and {longest} at most.");
    }
}
