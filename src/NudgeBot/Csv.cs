namespace NudgeBot;

/// <summary>One line of CSV as RFC 4180 has it: a field with a comma, a quote or a line break is quoted.</summary>
public static class Csv
{
    public static string Line(params IReadOnlyList<string> fields) => string.Join(',', fields.Select(Field));

    static string Field(string field) => field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"")}\"";
}
