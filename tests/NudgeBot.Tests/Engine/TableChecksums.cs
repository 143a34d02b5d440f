using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Engine;

/// <summary>Whether anything at all in the database has changed.</summary>
static class TableChecksums
{
    /// <summary><c>nudges 2d6b...</c> for every table.</summary>
    public static async Task<string[]> Checksums(this NudgedCompany company)
    {
        var tables = await company.List<string>("select tablename from pg_tables where schemaname = 'public' order by tablename");
        tables.Length.ShouldBeGreaterThan(20);
        var sums = new List<string>();
        foreach (var table in tables)
            sums.Add($"{table} {await company.Query<string>($"select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {table} t")}");
        return [.. sums];
    }
}
