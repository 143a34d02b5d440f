namespace NudgeBot.Commands;

/// <summary>The roster.</summary>
public abstract record PeopleRequest : CommandRequest
{
    private PeopleRequest() { }

    /// <param name="Complete">The file lists everybody: who is missing in it has left.</param>
    /// <param name="Confirm">They are marked as having left, not only listed; in the terminal.</param>
    public sealed record Import(string File, bool Complete, bool Confirm) : PeopleRequest
    {
        /// <summary>In chat: what stands in it.</summary>
        public string? Csv { get; init; }
    }

    /// <summary>Those whom a complete roster did not name, as an import in chat has listed them.</summary>
    /// <param name="Confirm">They are marked as having left; else they are shown again.</param>
    public sealed record Left(int List, int Page, bool Confirm) : PeopleRequest;

    public sealed record Show(string Email) : PeopleRequest;

    /// <param name="Who">An e-mail.</param>
    /// <param name="BasedOn">What was looked at, as the form has it; null: whatever is there is changed.</param>
    public sealed record Set(string Who, PersonChange Change, string? BasedOn) : PeopleRequest;

    /// <summary>Who cannot be reached, and why.</summary>
    public sealed record Check(bool Csv) : PeopleRequest;

    public T Match<T>(
        Func<Import, T> import, Func<Left, T> left, Func<Show, T> show, Func<Set, T> set, Func<Check, T> check) => this switch
        {
            Import r => import(r),
            Left r => left(r),
            Show r => show(r),
            Set r => set(r),
            Check r => check(r),
            _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
        };
}
