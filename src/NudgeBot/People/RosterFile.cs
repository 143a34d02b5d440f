using CsvHelper;
using NudgeBot.Files;

namespace NudgeBot.People;

/// <summary>A roster as read: the rows in which everything is right, and what is wrong with the others.</summary>
sealed class RosterFile
{
    readonly List<RosterRow> rows = [];
    readonly List<RowProblem> problems = [];
    readonly Dictionary<string, long> lineOfEmail = [];
    readonly Dictionary<string, long> lineOfLogin = new(StringComparer.OrdinalIgnoreCase);

    RosterFile(CsvTable<RosterColumn> table)
    {
        Columns = Enum.GetValues<RosterColumn>().Where(table.Has).ToHashSet();
        var reader = new RosterRowReader(column => table[column], lineOfEmail, lineOfLogin);
        while (table.Next())
        {
            if (reader.Read(table.Line, table.WrongWidth) is { } row) rows.Add(row);
            else Refused++;
            problems.AddRange(reader.Problems);
            SomebodyUnnamed |= reader.EmailIsWrong;
        }
        var warnings = table.UnknownColumns.Select(c => c.Length == 0 ? "A column without name is ignored." : $"The column '{c}' is not known and ignored.");
        var zoneless = rows.Count(row => !row.TimeZoneGiven);
        Warnings = zoneless == 0 ? [.. warnings] : [.. warnings, $"{zoneless} {(zoneless == 1 ? "row names" : "rows name")} no time zone. It is taken from the chat profile; who is new has UTC until that is read."];
    }

    RosterFile(IReadOnlyDictionary<RosterColumn, string> cells)
    {
        Columns = cells.Keys.ToHashSet();
        Warnings = [];
        var reader = new RosterRowReader(column => cells.GetValueOrDefault(column, "").Trim(), lineOfEmail, lineOfLogin);
        if (reader.Read(lineOfRow: 1) is { } row) rows.Add(row);
        problems.AddRange(reader.Problems);
    }

    public IReadOnlySet<RosterColumn> Columns { get; }
    public IReadOnlyList<string> Warnings { get; }
    public IReadOnlyList<RosterRow> Rows => rows;
    public IReadOnlyList<RowProblem> Problems => problems;
    public int Refused { get; private set; }

    /// <summary>Everybody whom the file names, also in a row that was refused for something else.</summary>
    public IReadOnlyCollection<string> Emails => lineOfEmail.Keys;

    /// <summary>A row was refused whose person is not known: its e-mail is wrong, or was already another row's.</summary>
    public bool SomebodyUnnamed { get; }

    /// <exception cref="UnreadableFileException">There is no such file, it is not UTF-8, or its header lacks a column that is required.</exception>
    public static RosterFile Read(string path)
    {
        return Of(path, Utf8File.Read(path));
    }

    /// <summary>Of one row, for one person: what it does not have stays as it is, the time zone too.</summary>
    public static RosterFile OfOne(IReadOnlyDictionary<RosterColumn, string> cells) => new(cells);

    /// <param name="path">What it is called in errors.</param>
    /// <param name="bytes">UTF-8.</param>
    /// <exception cref="UnreadableFileException">Its header lacks a column that is required.</exception>
    public static RosterFile Of(string path, byte[] bytes)
    {
        using var table = new CsvTable<RosterColumn>(path, options => CsvReader.Create(bytes, options), RosterColumn.Email, RosterColumn.TimeZone);
        return new RosterFile(table);
    }
}
