using NodaTime;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack;

/// <summary>What the program that runs this Slack adds to its page.</summary>
public sealed record PageHost
{
    /// <summary>The time that messages get and that the page shows. Timestamps (<c>ts</c>) stay those of the server's clock.</summary>
    public required Func<Instant> Clock { get; init; }

    /// <summary>Buttons at the top of the page.</summary>
    public IReadOnlyList<HostAction> Actions { get; init; } = [];

    /// <summary>Wraps whatever a visitor of the page does as one of the users, e.g. to wait for all that follows from it.</summary>
    public Func<User, Func<Task>, Task> Visits { get; init; } = (_, act) => act();
}

/// <param name="RunAsync">For the user whom the visitor is at that moment, if for any; comes back with a line that tells what happened.</param>
public sealed record HostAction(string Label, Func<User?, CancellationToken, Task<string>> RunAsync);
