namespace NudgeBot.Files;

/// <summary>Why a row of a file stayed out: lines count from 1, the header included; <paramref name="Remedy"/> says what to do.</summary>
/// <param name="Column">Empty where the row as a whole is meant.</param>
public sealed record RowProblem(long Line, string Column, string Wrong, string Remedy)
{
    public override string ToString() => $"line {Line}{(Column.Length == 0 ? "" : $", {Column}")}: {Wrong} {Remedy}";
}
