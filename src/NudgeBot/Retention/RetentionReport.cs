using NodaTime;

namespace NudgeBot.Retention;

/// <summary>By what retention is told apart.</summary>
public enum Grouping { All, Role, Team, Location, Entry, Arm, Cohort }

/// <summary>Where use is known from.</summary>
public enum UsageSource { Telemetry, Self }

/// <summary>Of those at risk in a week, how many were active.</summary>
public readonly record struct Cell(int AtRisk, int Active)
{
    public double Share => (double)Active / AtRisk;
}

/// <param name="Value">E.g. a team's name; <c>all</c> for the total.</param>
/// <param name="Weeks">Week 1 first; null: nobody at risk, or too few to be shown.</param>
public sealed record RetentionRow(Grouping Grouping, string Value, IReadOnlyList<Cell?> Weeks);

/// <param name="CompleteTo">The last date of which everything is known; null: nothing has come in yet.</param>
public sealed record RetentionReport(UsageSource Source, LocalDate? CompleteTo, IReadOnlyList<RetentionRow> Rows);

/// <summary>What the field sees without nudges: 80 % of new people active in week 1, 40 % in week 2, 20 % in week 3.</summary>
public static class ReferenceCurve
{
    public static double? ShareIn(int week) => week switch { 1 => 0.80, 2 => 0.40, 3 => 0.20, _ => null };
}
