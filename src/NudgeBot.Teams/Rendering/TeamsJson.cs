using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NudgeBot.Teams.Rendering;

/// <summary>How everything is written that goes to Teams: the limits are in bytes, and are counted on what this writes.</summary>
static class TeamsJson
{
    /// <summary>Letters as they are: written as <c>\u00e4</c> half of a German prompt would fit. It is never part of a page.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonNode json) => json.ToJsonString(Options);

    public static int Bytes(JsonNode json) => Encoding.UTF8.GetByteCount(Write(json));

    /// <exception cref="JsonException">It is no text, or one that ends in half of a pair.</exception>
    public static string Text(JsonElement value, string what)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new JsonException($"{what} is a {value.ValueKind} and no text.");
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException($"{what} is not valid Unicode.", e);
        }
    }
}
