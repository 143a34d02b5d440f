namespace NudgeBot.Chat;

/// <summary>Text as it is, in chunks that end with a line where they can.</summary>
static class LineChunks
{
    public static IEnumerable<string> Of(string text, int longest)
    {
        while (text.Length > longest)
        {
            var end = text.LastIndexOf('\n', longest);
            if (end <= 0) end = SafeText.Chunks(text, longest).First().Length;
            yield return text[..end];
            text = text[end] == '\n' ? text[(end + 1)..] : text[end..];
        }
        yield return text;
    }
}
