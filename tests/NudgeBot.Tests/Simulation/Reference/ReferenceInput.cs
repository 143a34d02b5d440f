using NodaTime;
using NudgeBot.Calendars;
using NudgeBot.Campaigns;

namespace NudgeBot.Tests.Simulation.Reference;

/// <summary>Everything that <c>simulate</c> reads, in memory.</summary>
public sealed partial record ReferenceInput
{
    public required Campaign Campaign { get; init; }
    public required IReadOnlyList<ReferencePerson> People { get; init; }
    /// <summary>Countries that are not here have Saturday and Sunday off, and no holidays.</summary>
    public IReadOnlyList<WorkCalendar> Calendars { get; init; } = [];
    /// <summary>Null: there is no usage file, everybody goes by self-reports.</summary>
    public ReferenceUsage? Usage { get; init; }
    public IReadOnlyList<ReferenceAnswer> Answers { get; init; } = [];
    /// <summary>Replaces the campaign's start.</summary>
    public required LocalDate From { get; init; }
    public required int Days { get; init; }
}

/// <param name="Country">Two capital letters; empty: the zone's.</param>
/// <param name="Login">Empty: none.</param>
public sealed record ReferencePerson(
    string Email, string Role, string Team, string Location, string Country, string Zone, string Login,
    LocalDate? LicensedSince, LocalDate? LeftOn);

/// <summary>By what a usage file names people.</summary>
public enum UsageIdentity { Login, Email }

public sealed record ReferenceUsage(UsageIdentity NamedBy, IReadOnlyList<ReferenceUsageRow> Rows);

/// <param name="Identity">A login or an e-mail, without regard to case; nobody's, perhaps.</param>
public sealed record ReferenceUsageRow(string Identity, LocalDate Day);

public enum AnswerWord { Worked, NotUseful, NotYet, Blocked, Snooze, Stop, Text }

/// <param name="AfterMinutes">After the sending; 0 or more.</param>
public sealed record ReferenceAnswer(string Email, string Step, int AfterMinutes, AnswerWord Answer);

/// <summary>The rows of the four files, without their headers.</summary>
public sealed record ReferenceResult(
    IReadOnlyList<string> Nudges, IReadOnlyList<string> Posts, IReadOnlyList<string> Enrollments, IReadOnlyList<string> Retention);
