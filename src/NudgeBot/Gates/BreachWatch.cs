using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Governance;
using NudgeBot.Notices;
using NudgeBot.Nudging;

namespace NudgeBot.Gates;

/// <summary>
/// Looks at running campaigns, and pauses one whose figures are beyond their thresholds by more than chance. Its owner is told; what was counted then does not
/// pause it again once somebody has resumed it.
/// </summary>
public sealed class BreachWatch(NpgsqlDataSource database, Journeys journeys, Pauses pauses, ProductClock clock)
{
    readonly OwnerNotices notices = new(clock);

    public async Task RunAsync(int organizationId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var campaigns = (await connection.QueryAsync<int>($"select c.id {Watched} and c.organization_id = @organizationId order by c.id", new { organizationId })).AsList();
        foreach (var campaignId in campaigns) await LookAsync(connection, organizationId, campaignId, cancellation);
    }

    /// <summary>When there is next something to find: an hour after the last look, if something has happened since. Null: nothing.</summary>
    public async Task<Instant?> NextMomentAsync(int organizationId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<Instant?>($"""
            select min(coalesce(c.watched_at + interval '1 hour', c.started_at))
            {Watched} and c.organization_id = @organizationId
              and (c.watched_at is null
                or exists (select from nudges n where n.organization_id = c.organization_id and n.campaign_id = c.id and n.decided_at > c.watched_at)
                or exists (select from responses r where r.organization_id = c.organization_id and r.at > c.watched_at and r.kind in ('blocked', 'stop')))
            """, new { organizationId });
    }

    /// <summary>While everything is paused nothing goes out, so that nothing can get worse.</summary>
    const string Watched = "from campaigns c join organizations o on o.id = c.organization_id where c.state = 'running' and not c.paused and not o.paused";

    /// <summary>One transaction: the pause, what is remembered of it, the log's entry and what the owner is told.</summary>
    async Task LookAsync(NpgsqlConnection connection, int organizationId, int campaignId, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var versionId = await connection.QuerySingleOrDefaultAsync<int?>("""
            update campaigns set watched_at = @now
            where organization_id = @organizationId and id = @campaignId and state = 'running' and not paused
            returning journey_version_id
            """, new { organizationId, campaignId, now = clock.Now });
        // Whoever else looked or paused meanwhile was first.
        if (versionId is null) return;

        var campaign = (await journeys.GetAsync(organizationId, versionId.Value, cancellation)).Campaign;
        var counts = await new GateReading(connection, clock).CountForBreachAsync(organizationId, campaignId, campaign.Gate);
        var breaches = Gate.Breaches(counts, campaign.Gate);
        if (breaches.Count > 0) await PauseAsync(connection, organizationId, campaignId, campaign, breaches);
        await transaction.CommitAsync(cancellation);
    }

    async Task PauseAsync(NpgsqlConnection connection, int organizationId, int campaignId, Campaign campaign, IReadOnlyList<Breach> breaches)
    {
        await pauses.PauseCampaignAsync(connection, organizationId, campaign.Key);
        foreach (var breach in breaches)
        {
            await connection.ExecuteAsync("""
                insert into gate_breaches (organization_id, campaign_id, found_at, measure, since, people, count, threshold)
                values (@organizationId, @campaignId, @now, @measure, @since, @People, @Count, @Threshold)
                on conflict do nothing
                """, new
            {
                organizationId,
                campaignId,
                now = clock.Now,
                measure = Words.Of(breach.Measure),
                since = breach.Since ?? clock.Now,
                breach.Portion.People,
                breach.Portion.Count,
                breach.Threshold,
            });
        }
        await notices.AddAsync(connection, organizationId, campaign, locale => BreachText.Of(locale, campaign, breaches), NoticeKind.Alert);
        await new AuditTrail(connection, clock).WriteAsync(organizationId, new AuditEntry(new Actor.System(), AuditRow.System, AuditActions.CampaignPause)
        {
            Campaign = campaign.Key,
            Why = BreachText.Why(breaches),
        });
    }
}
