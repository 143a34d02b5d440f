namespace NudgeBot.Commands;

/// <summary>What people ask for themselves, in chat.</summary>
public abstract record PersonalRequest : CommandRequest
{
    private PersonalRequest() { }

    /// <param name="Which">Null: the next one for this person.</param>
    public sealed record Guide(GuideChoice? Which) : PersonalRequest;

    /// <summary>The person used the tool today.</summary>
    public sealed record Used(int? Minutes) : PersonalRequest;

    /// <param name="Why">In the person's own words, as typed; null: not said yet.</param>
    public sealed record Blocked(string? Why) : PersonalRequest;

    /// <param name="What">What went well, as typed, for the form that opens; null: not said yet.</param>
    public sealed record Win(string? What) : PersonalRequest;

    public sealed record Snooze(int Days) : PersonalRequest;

    public sealed record Stop : PersonalRequest;

    public sealed record Resume : PersonalRequest;

    /// <summary>How things stand, and what comes next.</summary>
    public sealed record Home : PersonalRequest;

    public sealed record Settings : PersonalRequest;

    public sealed record Privacy : PersonalRequest;

    public T Match<T>(
        Func<Guide, T> guide, Func<Used, T> used, Func<Blocked, T> blocked, Func<Win, T> win, Func<Snooze, T> snooze, Func<Stop, T> stop,
        Func<Resume, T> resume, Func<Home, T> home, Func<Settings, T> settings, Func<Privacy, T> privacy) => this switch
        {
            Guide r => guide(r),
            Used r => used(r),
            Blocked r => blocked(r),
            Win r => win(r),
            Snooze r => snooze(r),
            Stop r => stop(r),
            Resume r => resume(r),
            Home r => home(r),
            Settings r => settings(r),
            Privacy r => privacy(r),
            _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
        };
}
