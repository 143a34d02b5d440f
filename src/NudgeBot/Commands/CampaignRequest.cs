namespace NudgeBot.Commands;

/// <summary>What owners and administrators do with campaigns.</summary>
public abstract record CampaignRequest : CommandRequest
{
    private CampaignRequest() { }

    public sealed record List : CampaignRequest;

    public sealed record Show(string Key) : CampaignRequest;

    public sealed record Pause(string Key) : CampaignRequest;

    public sealed record Resume(string Key) : CampaignRequest;

    public sealed record End(string Key) : CampaignRequest;

    /// <param name="Draft">One that is new is not launched by it.</param>
    public sealed record Apply(string File, bool Draft = false) : CampaignRequest;

    public T Match<T>(
        Func<List, T> list, Func<Show, T> show, Func<Pause, T> pause, Func<Resume, T> resume, Func<End, T> end, Func<Apply, T> apply) => this switch
        {
            List r => list(r),
            Show r => show(r),
            Pause r => pause(r),
            Resume r => resume(r),
            End r => end(r),
            Apply r => apply(r),
            _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
        };
}
