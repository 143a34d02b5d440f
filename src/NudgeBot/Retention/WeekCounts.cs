using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Usage;

namespace NudgeBot.Retention;

/// <summary>
/// Counts, per week, who is at risk and who was active: one pass over the campaign's enrollments and their bitmaps. At risk in week k are
/// all with a day 0, both arms, whose week is over and complete, and who had not left by its last date.
/// </summary>
static class WeekCounts
{
    /// <remarks>
    /// Grouped by how many weeks are over as well, which is the same for nearly all: who is at risk in a week follows from that, and
    /// only the active are counted week by week.
    /// </remarks>
    public static async Task<IReadOnlyList<(TKey Key, Cell[] Weeks)>> ByAsync<TKey>(
        NpgsqlConnection connection, int organizationId, int campaignId, string keySql, UsageSource source, int weeks, LocalDate completeTo) where TKey : notnull
    {
        var actives = string.Concat(Enumerable.Range(1, weeks).Select(week => $",\n  count(*) filter (where {ActiveIn(week)})"));
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            select key, over, count(*){actives}
            from (
              select {keySql} as key, {Column(source, "days")} as days, {Column(source, "days_2")} as days_2,
                     least(@weeks, (least(@completeTo, left_on - 1) - day_zero) / 7) as over
              from enrollments
              where organization_id = @organizationId and campaign_id = @campaignId and day_zero is not null) e
            group by key, over
            """;
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue("organizationId", organizationId);
        command.Parameters.AddWithValue("campaignId", campaignId);
        command.Parameters.AddWithValue("weeks", weeks);
        command.Parameters.AddWithValue("completeTo", completeTo.ToDateOnly());
        var counts = new Dictionary<TKey, Cell[]>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var key = reader.GetFieldValue<TKey>(0);
            if (!counts.TryGetValue(key, out var cells)) counts[key] = cells = new Cell[weeks];
            var atRisk = (int)reader.GetInt64(2);
            for (var week = 0; week < reader.GetInt32(1); week++)
                cells[week] = new Cell(cells[week].AtRisk + atRisk, cells[week].Active + (int)reader.GetInt64(3 + week));
        }
        return [.. counts.Select(count => (count.Key, count.Value))];
    }

    /// <summary>Week k is day 7(k-1)+1 to day 7k after day 0: its bits lie in one word, or at the seam of the two.</summary>
    static string ActiveIn(int week)
    {
        int first = 7 * (week - 1) + 1, last = 7 * week;
        var masks = new[] { ("days", ActiveDays.Mask(first, last)), ("days_2", ActiveDays.Mask(first - 64, last - 64)) };
        return string.Join(" or ", masks.Where(mask => mask.Item2 != 0).Select(mask => $"{mask.Item1} & {(long)mask.Item2} <> 0"))
            is var terms && terms.Contains(" or ") ? $"({terms})" : terms;
    }

    static string Column(UsageSource source, string name) => $"{Words.Of(source)}_{name}";
}
