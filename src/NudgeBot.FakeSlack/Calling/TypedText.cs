using System.Text.RegularExpressions;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.Calling;

/// <summary>What Slack makes of what a person types: signs are escaped, names and addresses become references.</summary>
static partial class TypedText
{
    public static string InMessage(string typed, Team team) => Referring(typed, team, withNames: false);

    /// <summary>With <c>should_escape</c>: a person's reference carries the name as well.</summary>
    public static string InCommand(string typed, Team team) => Referring(typed, team, withNames: true);

    static string Referring(string typed, Team team, bool withNames)
    {
        var escaped = typed.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
        escaped = Address().Replace(escaped, found => $"<{found.Value}>");
        escaped = Person().Replace(escaped, found => team.Users.Find(user => user.Name == found.Groups["name"].Value) is { } user
            ? withNames ? $"<@{user.Id}|{user.Name}>" : $"<@{user.Id}>"
            : found.Value);
        return ChannelName().Replace(escaped, found => team.Channels.Find(channel => channel.Name == found.Groups["name"].Value) is { } channel
            ? $"<#{channel.Id}|{(withNames ? channel.Name : "")}>"
            : found.Value);
    }

    [GeneratedRegex(@"\bhttps?://[^\s<>|]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<![\w.])@(?<name>[\w-]+(\.[\w-]+)*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Person();

    [GeneratedRegex(@"(?<![\w&])#(?<name>[\w-]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex ChannelName();
}
