namespace NudgeBot.Chat;

/// <summary>The platforms that this program speaks, by their word in <c>workspaces.platform</c>.</summary>
public sealed class ChatPlatforms(IEnumerable<IChatPlatform> platforms)
{
    readonly Dictionary<string, IChatPlatform> byName = platforms.ToDictionary(platform => platform.Name);

    public IChatPlatform For(string name) => byName.TryGetValue(name, out var platform)
        ? platform
        : throw new InvalidOperationException($"A workspace of '{name}' is stored, but this program was started without that platform. It knows: {string.Join(", ", byName.Keys)}.");
}
