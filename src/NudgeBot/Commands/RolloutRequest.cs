using NudgeBot.Campaigns;

namespace NudgeBot.Commands;

/// <summary>How far a campaign reaches.</summary>
public abstract record RolloutRequest : CommandRequest
{
    private RolloutRequest() { }

    public sealed record Show(string Key) : RolloutRequest;

    /// <param name="Stages">As typed; null: as they are.</param>
    /// <param name="Unit">Null: as it is.</param>
    /// <param name="Override">Why it goes further without the gate.</param>
    public sealed record Set(string Key, int Percent, string? Stages, RolloutUnit? Unit, string? Override) : RolloutRequest;

    /// <param name="Evidence">Whether it supports going on.</param>
    /// <param name="Override">Why it goes on although the gate is not passed.</param>
    /// <param name="To">The stage that was shown to whoever confirms; null: the next one.</param>
    public sealed record Advance(string Key, string Learned, Evidence Evidence, string Needs, string? Override, int? To, bool Confirm) : RolloutRequest;

    public sealed record Back(string Key) : RolloutRequest;

    public sealed record Gate(string Key) : RolloutRequest;

    public T Match<T>(Func<Show, T> show, Func<Set, T> set, Func<Advance, T> advance, Func<Back, T> back, Func<Gate, T> gate) => this switch
    {
        Show r => show(r),
        Set r => set(r),
        Advance r => advance(r),
        Back r => back(r),
        Gate r => gate(r),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
