using Dapper;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Notices;

namespace NudgeBot.Gates;

/// <summary>What the one who answers for a campaign is told unasked. Where the owner is not reached, the administrators are.</summary>
sealed class OwnerNotices(ProductClock clock)
{
    readonly NoticeBox notices = new(clock);

    /// <param name="connection">In the caller's transaction.</param>
    /// <param name="message">In the receiver's locale.</param>
    public async Task AddAsync(NpgsqlConnection connection, int organizationId, Campaign campaign, Func<string, Message> message, NoticeKind kind)
    {
        if (await Owner.FindAsync(connection, organizationId, campaign.OwnerEmail, clock.Now) is { IsReached: true } owner)
        {
            await notices.AddAsync(connection, organizationId, owner.Id, message(owner.Locale), kind, orAdmins: true);
            return;
        }
        var admins = await connection.QueryAsync<(long Id, string Locale)>("""
            select id, locale from persons
            where organization_id = @organizationId and admin and coalesce(left_on > (@now at time zone time_zone)::date, true)
            """, new { organizationId, now = clock.Now });
        foreach (var (id, locale) in admins) await notices.AddAsync(connection, organizationId, id, message(locale), kind);
    }
}
