using System.Globalization;
using CsvHelper;
using NudgeBot.Files;
using NudgeBot.People;

namespace NudgeBot.Usage;

/// <summary>The generic feed: <c>email,day,tool,count[,sessions]</c>. A count of 0 says that the person did not use the tool.</summary>
static class UsageCsv
{
    enum Column { Email, Day, Tool, Count, Sessions }

    public static IEnumerable<UsageLine> Read(string path)
    {
        using var table = new CsvTable<Column>(
            path, options => CsvReader.FromFile(path, options), Column.Email, Column.Day, Column.Tool, Column.Count);
        while (table.Next()) yield return Read(table);
    }

    static UsageLine Read(CsvTable<Column> table)
    {
        if (table.WrongWidth is { } wrongWidth) return new UsageLine.Refused(wrongWidth);
        if (!EmailAddress.IsValid(table[Column.Email]))
            return Refused(table, Column.Email, "is not an e-mail address.", "Write it like anna@example.com.");
        if (IsoDate.Parse(table[Column.Day]) is not { } day)
            return Refused(table, Column.Day, "is not a date.", IsoDate.Remedy);
        if (Number(table[Column.Count]) is not { } count)
            return Refused(table, Column.Count, "is not a count.", "Write a whole number; 0 for no use.");
        var sessions = Number(table[Column.Sessions]);
        if (sessions is null && table[Column.Sessions].Length > 0)
            return Refused(table, Column.Sessions, "is not a count.", "Write a whole number, or leave it empty.");
        return count == 0
            ? new UsageLine.NotUsed(table.Line, day, table[Column.Tool])
            : new UsageLine.Used(table.Line, new UsageRow(table[Column.Email], day, sessions), table[Column.Tool]);
    }

    static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static UsageLine.Refused Refused(CsvTable<Column> table, Column column, string wrong, string remedy) =>
        new(new RowProblem(table.Line, CsvTable<Column>.Name(column), $"'{table[column]}' {wrong}", remedy));
}
