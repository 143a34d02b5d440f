using System.Text.Json;
using NudgeBot.Chat;

namespace NudgeBot.Slack.Rendering;

/// <summary>A modal that was sent, as the conversations want it.</summary>
/// <param name="Values">By field id; what was left empty is an empty text.</param>
sealed record SubmittedView(FormContext Context, IReadOnlyDictionary<string, string> Values)
{
    /// <param name="view">The <c>view</c> of a <c>view_submission</c>.</param>
    /// <exception cref="JsonException">It is not a view of this program's.</exception>
    public static SubmittedView Of(JsonElement view)
    {
        if (!view.TryGetProperty("private_metadata", out var metadata) || metadata.GetString() is not { } written) throw new JsonException("The view has no private_metadata.");
        return new SubmittedView(FormContext.Read(written), Fields(view).ToDictionary(field => field.Id, field => field.Value));
    }

    static IEnumerable<(string Id, string Value)> Fields(JsonElement view) =>
        from block in view.GetProperty("state").GetProperty("values").EnumerateObject()
        from element in block.Value.EnumerateObject()
        select (block.Name, ValueOf(element.Value));

    static string ValueOf(JsonElement element)
    {
        if (element.TryGetProperty("selected_options", out var options))
            return Field.Choices.Write(options.EnumerateArray().Select(one => one.GetProperty("value").GetString()!));
        if (element.TryGetProperty("selected_option", out var option)) return option.ValueKind == JsonValueKind.Object ? option.GetProperty("value").GetString()! : "";
        return element.TryGetProperty("value", out var value) ? value.GetString() ?? "" : "";
    }
}
