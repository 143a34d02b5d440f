using System.Globalization;
using CsvHelper;
using NudgeBot.Files;

namespace NudgeBot.Simulation;

/// <summary>What a simulated person answers to a step.</summary>
public sealed record ScriptedAnswer(long Line, string Email, string Step, int AfterMinutes, AnswerWord Answer, string Text);

public enum AnswerWord { Worked, NotUseful, NotYet, Blocked, Snooze, Stop, Text }

/// <summary>Reads <c>email,step,after_minutes,answer[,text]</c>.</summary>
static class AnswerFile
{
    enum Column { Email, Step, AfterMinutes, Answer, Text }

    /// <returns>The answers in the file's order, and what is wrong with the rows that cannot be read.</returns>
    /// <exception cref="UnreadableFileException">There is no such file, or its header lacks a column.</exception>
    public static (IReadOnlyList<ScriptedAnswer> Answers, IReadOnlyList<RowProblem> Problems) Read(string path)
    {
        var bytes = Utf8File.Read(path);
        using var table = new CsvTable<Column>(path, options => CsvReader.Create(bytes, options), Column.Email, Column.Step, Column.AfterMinutes, Column.Answer);
        var answers = new List<ScriptedAnswer>();
        var problems = new List<RowProblem>();
        while (table.Next())
        {
            if (!int.TryParse(table[Column.AfterMinutes], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
                problems.Add(Problem(table, Column.AfterMinutes, "is not a number of minutes.", "Write a whole number, 0 or more."));
            else if (!Words.TryParse<AnswerWord>(table[Column.Answer], out var answer))
                problems.Add(Problem(table, Column.Answer, "is not an answer.", $"Write one of: {string.Join(", ", Words.All<AnswerWord>())}."));
            else
                answers.Add(new ScriptedAnswer(table.Line, table[Column.Email].ToLowerInvariant(), table[Column.Step], minutes, answer, table[Column.Text]));
        }
        return (answers, problems);
    }

    static RowProblem Problem(CsvTable<Column> table, Column column, string wrong, string remedy) =>
        new(table.Line, CsvTable<Column>.Name(column), $"'{table[column]}' {wrong}", remedy);
}
