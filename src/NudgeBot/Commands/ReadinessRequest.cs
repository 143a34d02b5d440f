using NudgeBot.Gates;

namespace NudgeBot.Commands;

/// <summary>What a campaign needs before it is launched, and the launch.</summary>
public abstract record ReadinessRequest : CommandRequest
{
    private ReadinessRequest() { }

    public sealed record Show(string Key) : ReadinessRequest;

    /// <summary>What is null stays as it is.</summary>
    /// <param name="Owner">An e-mail.</param>
    /// <param name="BasedOn">What was looked at, as the form has it; null: whatever is there is changed.</param>
    public sealed record Set(string Key, string Item, ReadinessState? State, string? Owner, string? Note, string? Link, string? BasedOn) : ReadinessRequest;

    public sealed record Launch(string Key, bool Confirm) : ReadinessRequest;

    public T Match<T>(Func<Show, T> show, Func<Set, T> set, Func<Launch, T> launch) => this switch
    {
        Show r => show(r),
        Set r => set(r),
        Launch r => launch(r),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
