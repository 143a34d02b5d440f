using Dapper;
using Npgsql;
using NudgeBot.Guides;

namespace NudgeBot.People;

/// <summary>The words that a roster chooses itself, as far as they are known: what has texts, and what somebody on the roster has.</summary>
static class RosterWords
{
    public static async Task<IReadOnlyList<string>> RolesAsync(NpgsqlConnection connection, int organizationId, TextLibrary library) =>
        [.. library.Roles.Union(await RolesAsync(connection, organizationId))];

    /// <summary>Only those that somebody has.</summary>
    public static Task<IReadOnlyList<string>> RolesAsync(NpgsqlConnection connection, int organizationId) =>
        InUseAsync(connection, organizationId, "select distinct role from segments where organization_id = @organizationId and role <> ''");

    public static Task<IReadOnlyList<string>> TeamsAsync(NpgsqlConnection connection, int organizationId) =>
        InUseAsync(connection, organizationId, "select distinct team from segments where organization_id = @organizationId and team <> ''");

    public static Task<IReadOnlyList<string>> LocationsAsync(NpgsqlConnection connection, int organizationId) =>
        InUseAsync(connection, organizationId, "select distinct location from segments where organization_id = @organizationId and location <> ''");

    public static async Task<IReadOnlyList<string>> LocalesAsync(NpgsqlConnection connection, int organizationId, TextLibrary library) =>
        [.. library.Locales.Union(await InUseAsync(connection, organizationId, "select distinct locale from persons where organization_id = @organizationId"))];

    static async Task<IReadOnlyList<string>> InUseAsync(NpgsqlConnection connection, int organizationId, string sql) =>
        [.. (await connection.QueryAsync<string>(sql, new { organizationId })).Order(StringComparer.Ordinal)];
}
