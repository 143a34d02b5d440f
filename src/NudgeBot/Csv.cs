namespace NudgeBot;

/// <summary>One line of CSV as RFC 4180 has it: a field with a comma, a quote or a line break is quoted.</summary>
public static class Csv
{
    public static string Line(params IReadOnlyList<string> fields) => string.Join(',', fields.Select(Field));

    /// <summary>What people wrote: a spreadsheet computes what begins with one of these signs, and shows what has an apostrophe before it.</summary>
    public static string Inert(string written) => written is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{written}" : written;

    static string Field(string field) => field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"")}\"";
}
