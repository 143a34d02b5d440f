using NudgeBot.FakeTeams.World;

namespace NudgeBot.FakeTeams.Graph;

/// <summary>The tenant's people as Graph shows them: what has changed since when. Only those who were added here are in it.</summary>
public sealed class TenantDirectory(GraphOptions options)
{
    readonly Lock _gate = new();
    readonly Dictionary<string, DirectoryEntry> _entries = [];
    int _version;
    int _generation;
    Task _told = Task.CompletedTask;

    public GraphOptions Options { get; private set; } = options;

    /// <summary>An admin consents to these, and to no others.</summary>
    public void Permit(params IReadOnlyList<string> permissions) => Options = Options with { Permissions = permissions };

    public DirectoryEntry Add(Person person, Action<DirectoryEntry>? describe = null)
    {
        lock (_gate)
        {
            var entry = new DirectoryEntry { Person = person, Mail = person.Email, Version = ++_version };
            describe?.Invoke(entry);
            _entries.Add(person.AadObjectId, entry);
            return entry;
        }
    }

    public void Change(Person person, Action<DirectoryEntry> change)
    {
        lock (_gate)
        {
            var entry = _entries[person.AadObjectId];
            change(entry);
            entry.Version = ++_version;
        }
    }

    public void Remove(Person person) => Change(person, entry => entry.Removed = true);

    /// <summary>Every link that was given is worth nothing from now on.</summary>
    public void ForgetLinks()
    {
        lock (_gate) _generation++;
    }

    /// <summary>The bot has answered all that it was told of what Graph has installed.</summary>
    public Task WhenToldAsync()
    {
        lock (_gate) return _told;
    }

    internal void Tell(Func<Task> tell)
    {
        lock (_gate) _told = Task.WhenAll(_told, Task.Run(tell));
    }

    public DirectoryEntry? Find(string id)
    {
        lock (_gate) return _entries.GetValueOrDefault(id) is { Removed: false } entry ? entry : null;
    }

    internal IReadOnlyList<DirectoryEntry> Named(string email)
    {
        lock (_gate) return [.. _entries.Values.Where(entry => !entry.Removed && entry.IsNamed(email))];
    }

    /// <returns>Null where the place is not known any more.</returns>
    internal DirectoryPage? Read(DirectoryPlace? place)
    {
        lock (_gate)
        {
            var at = place ?? new DirectoryPlace(_generation, Since: 0, Skip: 0, Until: _version);
            if (at.Generation != _generation) return null;
            // A link to changes is followed up to now.
            if (at.Until == 0) at = at with { Until = _version };
            var all = _entries.Values.Where(entry => entry.Version > at.Since && entry.Version <= at.Until && (at.Since > 0 || !entry.Removed)).OrderBy(entry => entry.Version).ToList();
            var next = at with { Skip = at.Skip + Options.PageSize };
            var isLast = next.Skip >= all.Count;
            return new DirectoryPage([.. all.Skip(at.Skip).Take(Options.PageSize)], isLast ? new DirectoryPlace(_generation, Since: at.Until, Skip: 0, Until: 0) : next, isLast);
        }
    }
}

sealed record DirectoryPage(IReadOnlyList<DirectoryEntry> Entries, DirectoryPlace Next, bool IsLast);

/// <param name="Since">The version after which changes are told; 0: everybody.</param>
/// <param name="Until">The version up to which; 0: the newest.</param>
sealed record DirectoryPlace(int Generation, int Since, int Skip, int Until)
{
    public override string ToString() => $"{Generation}.{Since}.{Skip}.{Until}";

    public static DirectoryPlace? Parse(string text) =>
        text.Split('.') is { Length: 4 } parts && parts.All(part => int.TryParse(part, out _)) && parts.Select(int.Parse).ToArray() is [var generation, var since, var skip, var until]
            ? new DirectoryPlace(generation, since, skip, until)
            : null;
}
