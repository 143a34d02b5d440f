using System.Runtime.CompilerServices;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using NudgeBot.Files;

namespace NudgeBot.Usage;

/// <summary>GitHub's list of Copilot seats: <c>{"total_seats":..., "seats":[...]}</c>, its pages one after the other or in an array.</summary>
static class SeatFile
{
    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    sealed record Assignee(string? Login);

    sealed record Row(
        string? CreatedAt, string? PendingCancellationDate, string? LastActivityAt, string? LastActivityEditor, string? PlanType, Assignee? Assignee);

    /// <returns>Seats, and a problem in place of each that cannot be read.</returns>
    public static async IAsyncEnumerable<(Seat? Seat, RowProblem? Problem)> ReadAsync(string path, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var stream = File.OpenRead(path);
        var rows = new JsonRows(stream, "seats", [], static _ => { });
        await foreach (var row in rows.ReadAsync(stop))
        {
            var problem = Read(row, out var seat);
            yield return (seat, problem);
        }
    }

    static RowProblem? Read(JsonRows.Row row, out Seat? seat)
    {
        seat = null;
        if (row.Problem is not null) return new RowProblem(row.Line, "", row.Problem, "Seats are JSON objects in an array.");
        Row? json;
        try
        {
            json = JsonSerializer.Deserialize<Row>(row.Json.Span, Json);
        }
        catch (JsonException wrong)
        {
            return new RowProblem(row.Line, wrong.Path?.TrimStart('$', '.') ?? "", "is not of the kind that GitHub documents.", "Check the file.");
        }
        if (json?.Assignee?.Login is not { Length: > 0 } login || $"{login}{json.LastActivityEditor}{json.PlanType}".Any(char.IsControl))
            return new RowProblem(row.Line, "assignee.login", "is missing.", "A seat belongs to somebody.");
        Instant? created = null, active = null;
        if (json.CreatedAt is { } since && (created = At(since)) is null)
            return new RowProblem(row.Line, "created_at", $"'{since}' is not a time.", "Write it like 2026-03-02T09:00:00Z.");
        if (json.LastActivityAt is { } last && (active = At(last)) is null)
            return new RowProblem(row.Line, "last_activity_at", $"'{last}' is not a time.", "Write it like 2026-03-02T09:00:00Z.");
        seat = new Seat(login.ToLowerInvariant(), created?.InUtc().Date, active, json.LastActivityEditor, json.PlanType, IsoDate.Parse(json.PendingCancellationDate ?? ""));
        return null;
    }

    static Instant? At(string text) => OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } time ? time.Value.ToInstant() : null;
}
