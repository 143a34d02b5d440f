using System.Text;
using System.Text.RegularExpressions;

namespace NudgeBot.Slack.Rendering;

/// <summary>
/// Makes words mean nothing but themselves in Slack's mrkdwn. <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> have entities. For the characters of formatting Slack has no
/// escape at all (slackhq/slack-api-docs #34), and zero-width characters are no way out: beside an asterisk some clients take them for the
/// end of a word, which is what starts formatting in the first place. So look-alikes stand in for these characters, unless letters or digits
/// on both sides keep Slack from formatting anyway: <c>snake_case</c> is copied as it was typed. Prompts, which are there to be copied, go out as
/// rich text and are not touched.
/// </summary>
static partial class MrkdwnEscape
{
    /// <summary>Between a colon and an emoji's name, an @ and a group's: a name with it is nobody's.</summary>
    public const char ZeroWidth = '\u200B';

    /// <param name="text">One word or several, without line ends.</param>
    /// <param name="insideMarks">The text is formatted, or a link's label: there the marks beside it change what a single character may do.</param>
    public static string Literal(string text, bool insideMarks = false)
    {
        var escaped = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            if (!insideMarks && text[i] is '*' or '_' or '~' && IsWithinAWord(text, i)) escaped.Append(text[i]);
            else AppendEscaped(escaped, text[i]);
        }
        return GroupMention().Replace(Emoji().Replace(escaped.ToString(), $":{ZeroWidth}"), $"@{ZeroWidth}");
    }

    /// <summary>Between backticks only they themselves and the entities mean something.</summary>
    public static string Code(string code) => Entities(code).Replace('`', 'ˋ').Replace('｀', 'ˋ');

    public static string Entities(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    static bool IsWithinAWord(string text, int i) =>
        i > 0 && i + 1 < text.Length && char.IsAsciiLetterOrDigit(text[i - 1]) && char.IsAsciiLetterOrDigit(text[i + 1]);

    /// <summary>Slack takes the full-width forms, which Asian keyboards write, for the same marks.</summary>
    static void AppendEscaped(StringBuilder escaped, char letter) => _ = letter switch
    {
        '&' => escaped.Append("&amp;"),
        '<' => escaped.Append("&lt;"),
        '>' => escaped.Append("&gt;"),
        '*' or '＊' => escaped.Append('∗'),
        '_' or '＿' => escaped.Append('ˍ'),
        '~' or '～' => escaped.Append('∼'),
        '`' or '｀' => escaped.Append('ˋ'),
        _ => escaped.Append(letter),
    };

    [GeneratedRegex(@":(?=[^\s:]+:)")]
    private static partial Regex Emoji();

    [GeneratedRegex("@(?=channel|here|everyone|group)", RegexOptions.IgnoreCase)]
    private static partial Regex GroupMention();
}
