using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace NudgeBot.Simulation;

/// <summary>What a simulated person answers to a step.</summary>
public sealed record ScriptedAnswer(int Line, string Email, string Step, int AfterMinutes, AnswerWord Answer, string Text);

public enum AnswerWord { Worked, NotUseful, NotYet, Blocked, Snooze, Stop, Text }

/// <summary>Reads <c>email,step,after_minutes,answer[,text]</c>; the header may be in any order.</summary>
public static class AnswerFile
{
    static readonly string[] Required = ["email", "step", "after_minutes", "answer"];

    /// <returns>The answers in the file's order, and an error for each row that cannot be read.</returns>
    public static (IReadOnlyList<ScriptedAnswer> Answers, IReadOnlyList<string> Errors) Read(string path)
    {
        using var reader = new StreamReader(path);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            PrepareHeaderForMatch = header => header.Header.Trim().ToLowerInvariant(),
            MissingFieldFound = null,
            BadDataFound = null,
            TrimOptions = TrimOptions.Trim,
        });
        if (!csv.Read() || !csv.ReadHeader()) return ([], [$"{path}: is empty; expected the header email,step,after_minutes,answer[,text]."]);
        var header = csv.HeaderRecord!.Select(name => name.Trim().ToLowerInvariant()).ToHashSet();
        if (Required.Where(name => !header.Contains(name)).ToList() is { Count: > 0 } missing)
            return ([], [$"{path}, line 1: the column {string.Join(", ", missing)} is missing; expected email,step,after_minutes,answer[,text]."]);

        var answers = new List<ScriptedAnswer>();
        var errors = new List<string>();
        while (csv.Read())
        {
            var line = csv.Context.Parser!.RawRow;
            if (!int.TryParse(csv.GetField("after_minutes"), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
                errors.Add($"{path}, line {line}, column after_minutes: '{csv.GetField("after_minutes")}' is not a whole number of minutes.");
            else if (!Words.TryParse<AnswerWord>(csv.GetField("answer"), out var answer))
                errors.Add($"{path}, line {line}, column answer: '{csv.GetField("answer")}' is none of {string.Join(", ", Words.All<AnswerWord>())}.");
            else
                answers.Add(new ScriptedAnswer(line, csv.GetField("email")!.ToLowerInvariant(), csv.GetField("step")!, minutes, answer, csv.GetField("text") ?? ""));
        }
        return (answers, errors);
    }
}
