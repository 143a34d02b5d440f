using CsvHelper;

namespace NudgeBot.Files;

/// <summary>
/// A CSV file whose header names the columns of a closed set, in any order and case: <c>GithubLogin</c> is <c>github_login</c>.
/// The separator is detected: comma, semicolon (Excel in countries with a decimal comma) or tab.
/// </summary>
sealed class CsvTable<TColumn> : IDisposable where TColumn : struct, Enum
{
    // A line is a row, also within quotation marks: one that is never closed then spoils its own row, not the rest of the file.
    static readonly CsvReaderOptions Options = new() { TrackLineNumbers = true, AllowLineBreaksInQuotes = false, MaxRecordSize = 1 << 20 };

    readonly string path;
    readonly CsvReader reader;
    readonly Dictionary<TColumn, int> positions = [];
    readonly List<string> unknown = [];
    readonly int width;

    /// <param name="open">From the whole of a small file, or as a stream from a large one.</param>
    /// <exception cref="UnreadableFileException">There is no header, or not with these columns.</exception>
    public CsvTable(string path, Func<CsvReaderOptions, CsvReader> open, params IEnumerable<TColumn> required)
    {
        this.path = path;
        reader = open(Options);
        var headers = reader.Headers;
        if (headers.Count == 0) throw new UnreadableFileException(path, $"is empty. Its first line must name the columns: {Names(Enum.GetValues<TColumn>())}.");
        width = headers.Count;
        for (var i = 0; i < width; i++) Place(headers[i].Trim(), i);
        if (required.Where(c => !Has(c)).ToArray() is { Length: > 0 } missing)
            throw new UnreadableFileException(path, $"its first line does not name {Names(missing)}. Known columns: {Names(Enum.GetValues<TColumn>())}.");
    }

    public IReadOnlyList<string> UnknownColumns => unknown;

    public long Line => reader.LineNumber;

    /// <summary>Null when the present row has as many fields as the header.</summary>
    public RowProblem? WrongWidth => reader.FieldCount == width ? null : new RowProblem(Line, "",
        $"{reader.FieldCount} fields, but the header has {width}.",
        $"Perhaps a field holds '{reader.Separator}' and needs quotation marks, or a quotation mark is not closed.");

    public static string Name(TColumn column) => Words.Of(column).Replace('-', '_');

    public bool Has(TColumn column) => positions.ContainsKey(column);

    /// <summary>Trimmed; empty where the file lacks the column, or the row ends before it.</summary>
    public string this[TColumn column] => positions.TryGetValue(column, out var at) && at < reader.FieldCount ? reader.GetString(at).Trim() : "";

    /// <summary>Goes to the next row that is not empty; a row of separators alone, as Excel leaves them, is empty too.</summary>
    public bool Next()
    {
        try
        {
            while (reader.Read())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                    if (!reader.GetSpan(i).Trim((byte)' ').IsEmpty) return true;
            }
            return false;
        }
        catch (CsvFormatException longer)
        {
            throw new UnreadableFileException(path, $"line {longer.LineNumber} is longer than a mebibyte; this is hardly a CSV file.");
        }
    }

    public void Dispose() => reader.Dispose();

    void Place(string header, int position)
    {
        if (!Words.TryParse<TColumn>(header.Replace('_', '-').Replace(' ', '-'), out var column)) unknown.Add(header);
        else if (!positions.TryAdd(column, position)) throw new UnreadableFileException(path, $"its first line names {Name(column)} twice.");
    }

    static string Names(IEnumerable<TColumn> columns) => string.Join(", ", columns.Select(Name));
}
