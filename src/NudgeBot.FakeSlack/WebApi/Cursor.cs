using System.Text;

namespace NudgeBot.FakeSlack.WebApi;

/// <summary>Slack's cursors: opaque to callers, in truth a named value in base64.</summary>
static class Cursor
{
    public static string Of(string kind, string value) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{kind}:{value}"));

    /// <returns>Null for none.</returns>
    public static string? Read(string? cursor, string kind)
    {
        if (cursor is null) return null;
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length) is var text && text.StartsWith($"{kind}:")
            ? text[(kind.Length + 1)..]
            : throw new SlackRefusal("invalid_cursor");
    }

    public static int Page(Arguments arguments, int otherwise, int most) => arguments.Number("limit", otherwise) switch
    {
        0 => otherwise,
        < 0 => throw new SlackRefusal("invalid_limit"),
        var limit => Math.Min(limit, most),
    };
}
