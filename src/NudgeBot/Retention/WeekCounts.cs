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
    public static async Task<IReadOnlyList<(string Key, Cell[] Weeks)>> ByAsync(
        NpgsqlConnection connection, int organizationId, int campaignId, string keySql, UsageSource source, int weeks, LocalDate completeTo)
    {
        var columns = string.Join(",\n", Enumerable.Range(1, weeks).SelectMany(week => new[]
        {
            $"count(*) filter (where over >= {week})",
            $"count(*) filter (where over >= {week} and {ActiveIn(week)})",
        }).Prepend("key"));
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            select {columns}
            from (
              select {keySql} as key, {Column(source, "days")} as days, {Column(source, "days_2")} as days_2,
                     (least(@completeTo, left_on - 1) - day_zero) / 7 as over
              from enrollments
              where organization_id = @organizationId and campaign_id = @campaignId and day_zero is not null) e
            group by key
            """;
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue("organizationId", organizationId);
        command.Parameters.AddWithValue("campaignId", campaignId);
        command.Parameters.AddWithValue("completeTo", completeTo.ToDateOnly());
        var rows = new List<(string, Cell[])>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var cells = Enumerable.Range(0, weeks).Select(i => new Cell((int)reader.GetInt64(1 + 2 * i), (int)reader.GetInt64(2 + 2 * i))).ToArray();
            rows.Add((reader.GetString(0), cells));
        }
        return rows;
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
