using System.Text;

namespace NudgeBot.Chat;

/// <summary>A message for a terminal or a log: its words without their Markdown. Buttons are left out, as nothing can press them.</summary>
public static class PlainText
{
    public static string Of(Message message) =>
        string.Join("\n\n", message.Blocks.Select(Of).Where(block => block.Length > 0));

    static string Of(Block block) => block.Match(
        text => Without(text.Markdown),
        prompt => string.Join('\n', prompt.Content.Split('\n').Select(line => $"    {line}")),
        buttons => "",
        select => string.Join('\n', select.Options.Select(o => $"- {o.Label}").Prepend(select.Placeholder)),
        context => Without(context.Markdown));

    /// <summary>Code spans as they are, other text without emphasis and with what was escaped.</summary>
    static string Without(string markdown)
    {
        var plain = new StringBuilder(markdown.Length);
        var inCode = false;
        for (var i = 0; i < markdown.Length; i++)
        {
            if (markdown[i] == '`') inCode = !inCode;
            else if (!inCode && markdown[i] == '\\' && i + 1 < markdown.Length) plain.Append(markdown[++i]);
            else if (!inCode && markdown[i] == '*' && i + 1 < markdown.Length && markdown[i + 1] == '*') i++;
            else plain.Append(markdown[i]);
        }
        return plain.ToString();
    }
}
