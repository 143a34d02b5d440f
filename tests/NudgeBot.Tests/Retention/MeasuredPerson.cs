using NodaTime;
using NudgeBot.Retention;

namespace NudgeBot.Tests.Retention;

/// <summary>A person of the measured campaign with all that is known of them, row by row.</summary>
sealed record MeasuredPerson(string Email)
{
    public string Role { get; init; } = "developer";
    public string Team { get; init; } = "";
    public string Location { get; init; } = "";
    public string TimeZone { get; init; } = "Europe/Berlin";
    public string? Login { get; init; }
    /// <summary>Null: waiting for the rollout.</summary>
    public LocalDate? DayZero { get; init; }
    public LocalDate? LeftOn { get; init; }
    public string Arm { get; init; } = "nudged";
    public string? Entry { get; init; }
    public bool IsDone { get; init; }
    public IReadOnlySet<LocalDate> Telemetry { get; init; } = new HashSet<LocalDate>();
    public IReadOnlySet<LocalDate> SelfReports { get; init; } = new HashSet<LocalDate>();
    /// <summary>By date; only of dates with telemetry.</summary>
    public IReadOnlyDictionary<LocalDate, int> Sessions { get; init; } = new Dictionary<LocalDate, int>();
    public IReadOnlyList<MeasuredNudge> Nudges { get; init; } = [];

    public IReadOnlySet<LocalDate> Use(UsageSource source) => source == UsageSource.Telemetry ? Telemetry : SelfReports;

    public bool HasLeftBy(LocalDate date) => LeftOn <= date;
}

/// <param name="On">The person's local date on which it was decided; also the planned one.</param>
sealed record MeasuredNudge(string Step, LocalDate On, string Outcome = "sent");
