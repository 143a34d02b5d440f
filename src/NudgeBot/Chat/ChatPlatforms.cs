using NudgeBot.People;

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

    /// <param name="name">Null: of people who have no workspace yet, and may turn out to have any.</param>
    public int BatchSizeOf(string? name) =>
        byName.Values.Where(platform => name is null || platform.Name == name).Select(platform => platform.BatchSize).DefaultIfEmpty(Nudging.Dispatcher.BatchSize).Min();

    /// <summary>The words of those that know afterwards what was sent.</summary>
    public string[] Askable => [.. byName.Values.Where(platform => platform.CanBeAsked).Select(platform => platform.Name)];

    /// <summary>Messages a second and workspace, by the platform's word; who has no limit is not in it.</summary>
    public IReadOnlyDictionary<string, double> PerSecond =>
        byName.Values.Where(platform => platform.PerSecond is not null).ToDictionary(platform => platform.Name, platform => platform.PerSecond!.Value);

    public async Task PrepareAsync(int organizationId, Profiles profiles, CancellationToken cancellation)
    {
        foreach (var platform in byName.Values) await platform.PrepareAsync(organizationId, profiles, cancellation);
    }
}
