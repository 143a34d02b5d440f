using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.Enrollment;

namespace NudgeBot.People;

/// <summary>What a chat platform tells of the person behind an account.</summary>
/// <param name="Account">The account's id in the platform's words.</param>
/// <param name="TimeZone">The IANA database's name; null: not known, or by a name that nobody knows.</param>
/// <param name="Locale">As the roster writes it; null: not known.</param>
sealed record Profile(string Account, string? TimeZone, string? Locale)
{
    public static Profile Of(string account, string? zone, string? locale) =>
        new(account, zone is null ? null : TimeZones.Named(zone), LocaleOf(locale ?? ""));

    /// <summary>Of a tag with more than language and region (zh-Hans-CN) the language.</summary>
    static string? LocaleOf(string tag) => tag.Length == 0 ? null : RosterCells.Locale(tag).Value ?? RosterCells.Locale(tag.Split('-', '_')[0]).Value;
}

/// <summary>
/// Zone and locale of people of whom the roster names none, as the profile of the account says where they are reached. A new zone is a move, as one in the
/// roster is.
/// </summary>
public sealed class Profiles(ProductClock clock, Replanning replanning)
{
    /// <summary>The transaction must hold the <see cref="ImportLock"/>: a roster that comes in meanwhile would not see what this changes.</summary>
    internal async Task TakeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Workspace workspace, IReadOnlyList<Profile> profiles)
    {
        var changed = await connection.QueryAsync<(long Id, bool Moved)>("""
            with told as (
              select p.id, p.time_zone as before,
                     case when p.time_zone_given then p.time_zone else coalesce(t.time_zone, p.time_zone) end as time_zone,
                     case when p.locale_given then p.locale else coalesce(t.locale, p.locale) end as locale
              from unnest(@accounts, @zones, @locales) as t(account, time_zone, locale)
              join accounts a on a.organization_id = @OrganizationId and a.workspace_id = @Id and a.external_id = t.account
              join persons p on p.id = a.person_id and p.account_id = a.id)
            update persons p set time_zone = told.time_zone, locale = told.locale
            from told
            where p.organization_id = @OrganizationId and p.id = told.id and (p.time_zone, p.locale) is distinct from (told.time_zone, told.locale)
            returning p.id, told.before <> told.time_zone
            """, new
        {
            workspace.OrganizationId,
            workspace.Id,
            accounts = profiles.Select(profile => profile.Account).ToArray(),
            zones = profiles.Select(profile => profile.TimeZone).ToArray(),
            locales = profiles.Select(profile => profile.Locale).ToArray(),
        }, transaction);
        var moved = changed.Where(person => person.Moved).Select(person => person.Id).ToArray();
        await replanning.RequestAsync(connection, transaction, workspace.OrganizationId, clock.Now, moved);
    }
}
