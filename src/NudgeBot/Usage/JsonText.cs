using System.Text.Json;

namespace NudgeBot.Usage;

static class JsonText
{
    /// <summary>Null for what is not a text, bytes that are not UTF-8 and halves of surrogate pairs included.</summary>
    public static string? Text(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) return null;
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
