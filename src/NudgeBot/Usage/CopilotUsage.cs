using System.Runtime.CompilerServices;
using System.Text.Json;
using NodaTime;
using NudgeBot.Files;

namespace NudgeBot.Usage;

/// <summary>
/// GitHub's Copilot usage metrics of users (<c>users-1-day</c>, <c>users-28-day</c>): a row per user and day. It says use when any of its counts
/// is positive or any of its <c>used_*</c> is true; agents' edits leave most counts empty.
/// </summary>
static class CopilotUsage
{
    public static async IAsyncEnumerable<UsageLine> ReadAsync(string path, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var stream = File.OpenRead(path);
        LocalDate? completeTo = null;
        var rows = new JsonRows(stream, "user_totals", ["report_end_day", "report_day"], Note);
        await foreach (var row in rows.ReadAsync(stop)) yield return Read(row);
        if (completeTo is { } day) yield return new UsageLine.CompleteTo(day);

        void Note(string reportDay)
        {
            if (IsoDate.Parse(reportDay) is { } day && !(day < completeTo)) completeTo = day;
        }
    }

    static UsageLine Read(JsonRows.Row row)
    {
        if (row.Problem is not null) return Refused(row.Line, "", row.Problem, "Rows are JSON objects, one a line or in an array.");
        string? login = null, day = null;
        var used = false;
        var reader = new Utf8JsonReader(row.Json.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("user_login"u8)) login = TextOfProperty(ref reader);
            else if (reader.ValueTextEquals("day"u8)) day = TextOfProperty(ref reader);
            else used |= SaysUse(ref reader);
        }
        if (login is null) return Refused(row.Line, "user_login", "is missing.", "The report of users is needed, not that of the organization.");
        if (IsoDate.Parse(day ?? "") is not { } date) return Refused(row.Line, "day", $"'{day}' is not a date.", IsoDate.Remedy);
        return used ? new UsageLine.Used(row.Line, new UsageRow(login, date)) : new UsageLine.NotUsed(row.Line, date);
    }

    static string? TextOfProperty(ref Utf8JsonReader reader)
    {
        reader.Read();
        var text = reader.Text();
        reader.Skip();
        return text;
    }

    /// <summary>Work in the terminal is counted in an object of its own and not repeated beside it.</summary>
    static bool SaysUse(ref Utf8JsonReader reader)
    {
        var name = reader.ValueSpan;
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return IsCount(name) && reader.GetDouble() > 0;
            case JsonTokenType.True:
                return IsUse(name);
            case JsonTokenType.StartObject when name.SequenceEqual("totals_by_cli"u8):
                var used = false;
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) used |= SaysUse(ref reader);
                return used;
            default:
                reader.Skip();
                return false;
        }
    }

    static bool IsCount(ReadOnlySpan<byte> name) =>
        name.EndsWith("_count"u8) || (name.StartsWith("loc_"u8) && name.EndsWith("_sum"u8)) || (name.StartsWith("chat_panel_"u8) && name.EndsWith("_mode"u8));

    /// <summary>A passive review is one that a rule had Copilot write under somebody's pull request: that person did nothing.</summary>
    static bool IsUse(ReadOnlySpan<byte> name) =>
        name.StartsWith("used_"u8) && !name.SequenceEqual("used_copilot_code_review_passive"u8);

    static UsageLine.Refused Refused(long line, string column, string wrong, string remedy) => new(new RowProblem(line, column, wrong, remedy));
}
