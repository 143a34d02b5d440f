using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NudgeBot.Slack.Rendering;

/// <summary>What a modal keeps for when it is sent, as its <c>private_metadata</c>: the form's ids, and where it was opened from.</summary>
/// <param name="Channel">And <paramref name="MessageTs"/>: of the message whose button opened it; null for a command's.</param>
/// <param name="ResponseUrl">For five answers within 30 minutes.</param>
/// <param name="IsDirect">In the bot's own direct messages with the person.</param>
/// <param name="IsEphemeral">The message is seen by the person alone.</param>
sealed record FormContext(
    [property: JsonPropertyName("action")] string ActionId,
    [property: JsonPropertyName("payload")] string Payload,
    [property: JsonPropertyName("channel")] string? Channel = null,
    [property: JsonPropertyName("ts")] string? MessageTs = null,
    [property: JsonPropertyName("url")] string? ResponseUrl = null,
    [property: JsonPropertyName("thread")] string? Thread = null,
    [property: JsonPropertyName("direct")] bool? IsDirect = null,
    [property: JsonPropertyName("only")] bool? IsEphemeral = null)
{
    /// <summary>Letters as they are: written as <c>\u00e4</c> six times as few would fit. It is never part of a page.</summary>
    static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public string Write() => Limits.Within(JsonSerializer.Serialize(this, Options), SlackLimits.PrivateMetadata, "A form's private_metadata");

    /// <exception cref="JsonException">It is not one that <see cref="Write"/> wrote.</exception>
    public static FormContext Read(string written) => JsonSerializer.Deserialize<FormContext>(written, Options) switch
    {
        { ActionId: not null, Payload: not null } read => read,
        _ => throw new JsonException("The view's private_metadata names no form."),
    };
}
