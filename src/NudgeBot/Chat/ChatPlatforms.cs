namespace NudgeBot.Chat;

/// <summary>The platforms that this program speaks, by their word in <c>workspaces.platform</c>.</summary>
public sealed class ChatPlatforms(IEnumerable<IChatPlatform> platforms)
{
    readonly Dictionary<string, IChatPlatform> byName = platforms.ToDictionary(platform => platform.Name);

    /// <summary>
    /// One that is stored and not configured lets everything wait, as one that is down does: what is due goes out when it is configured again, or is
    /// skipped when its last chance is over.
    /// </summary>
    public IChatPlatform For(string name) => byName.GetValueOrDefault(name) ?? new AbsentPlatform(name);
}
