using System.Text;

namespace NudgeBot.Chat;

/// <summary>What a person typed must never become a link, a mention or a heading.</summary>
public static class Markdown
{
    const string Special = "\\`*_{}[]()<>#+-=.!|~@&";

    public static string Escape(string typed)
    {
        var escaped = new StringBuilder(typed.Length + 8);
        foreach (var letter in typed)
        {
            if (Special.Contains(letter)) escaped.Append('\\');
            escaped.Append(letter);
        }
        return escaped.ToString();
    }
}
