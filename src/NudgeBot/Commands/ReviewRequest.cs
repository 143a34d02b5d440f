namespace NudgeBot.Commands;

/// <summary>The regular look at a campaign's figures, and what came of it.</summary>
public abstract record ReviewRequest : CommandRequest
{
    private ReviewRequest() { }

    public sealed record Show(string Key) : ReviewRequest;

    /// <summary>What was decided so far.</summary>
    /// <param name="Page">From 1.</param>
    public sealed record List(string Key, int Page) : ReviewRequest;

    public sealed record Decide(string Key, string Decided) : ReviewRequest;

    public T Match<T>(Func<Show, T> show, Func<List, T> list, Func<Decide, T> decide) => this switch
    {
        Show r => show(r),
        List r => list(r),
        Decide r => decide(r),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
