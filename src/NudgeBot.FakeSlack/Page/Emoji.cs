using System.Text.RegularExpressions;

namespace NudgeBot.FakeSlack.Page;

/// <summary>Shortcodes of common emoji. A name that is not known here, or at Slack, stays as it was written.</summary>
static partial class Emoji
{
    static readonly Dictionary<string, string> Known = """
        +1 👍  thumbsup 👍  -1 👎  bulb 💡  calendar 📆  clap 👏  eyes 👀  fire 🔥  heart ❤️  hourglass ⌛  lock 🔒  memo 📝  point_right 👉  pray 🙏
        question ❓  raised_hands 🙌  robot_face 🤖  rocket 🚀  smile 😄  sparkles ✨  star ⭐  tada 🎉  trophy 🏆  warning ⚠️  wave 👋
        white_check_mark ✅  x ❌  zzz 💤
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    public static string? Of(string name) => Known.GetValueOrDefault(name);

    public static string In(string text) => Shortcode().Replace(text, found => Of(found.Groups["name"].Value) ?? found.Value);

    [GeneratedRegex(":(?<name>[a-z0-9_+-]+):", RegexOptions.ExplicitCapture)]
    private static partial Regex Shortcode();
}
