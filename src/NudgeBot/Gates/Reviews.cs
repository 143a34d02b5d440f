using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Notices;
using NudgeBot.Retention;

namespace NudgeBot.Gates;

/// <summary>Asks the owners of running campaigns for their reviews, each once: the figures, and what they decide. After an outage only the latest that was due.</summary>
public sealed class Reviews(NpgsqlDataSource database, Journeys journeys, RetentionMeasure retention, ProductClock clock)
{
    readonly OwnerNotices notices = new(clock);

    public async Task RunAsync(int organizationId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        foreach (var campaign in await RunningAsync(connection, organizationId))
        {
            if (ReviewDates.LatestOn(campaign.FirstDay, clock.Now.InUtc().Date) is { } due && !(campaign.Asked >= due))
                await AskAsync(connection, organizationId, campaign.Key, due, cancellation);
        }
    }

    /// <summary>The midnight, UTC, on which the next review is due; null: no campaign runs.</summary>
    public async Task<Instant?> NextMomentAsync(int organizationId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await RunningAsync(connection, organizationId))
            .Select(campaign => (Instant?)ReviewDates.After(campaign.FirstDay, campaign.Asked ?? campaign.FirstDay).AtMidnight().InUtc().ToInstant())
            .Min();
    }

    /// <summary>One transaction: what is asked, and that it was.</summary>
    async Task AskAsync(NpgsqlConnection connection, int organizationId, string key, LocalDate due, CancellationToken cancellation)
    {
        var staged = await StagedCampaign.FindAsync(connection, journeys, organizationId, key, cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var isFirst = await connection.ExecuteAsync("""
            insert into reviews (organization_id, campaign_id, due_on) values (@organizationId, @CampaignId, @due)
            on conflict do nothing
            """, new { organizationId, staged.Journey.CampaignId, due }) > 0;
        if (isFirst)
        {
            var message = await new ReviewPage(connection, retention, clock).OfAsync(organizationId, staged, DateTimeZone.Utc, cancellation);
            await notices.AddAsync(connection, organizationId, staged.Campaign, _ => message, NoticeKind.Word);
        }
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The first day is that of <see cref="StagedCampaign.FirstDay"/>.</summary>
    static async Task<IReadOnlyList<Running>> RunningAsync(NpgsqlConnection connection, int organizationId) => (await connection.QueryAsync<Running>("""
        select c.key, greatest(c.start_on, (c.started_at at time zone 'UTC')::date) as first_day, (select max(r.due_on) from reviews r where r.organization_id = c.organization_id and r.campaign_id = c.id) as asked
        from campaigns c
        where c.organization_id = @organizationId and c.state = 'running'
        order by c.key
        """, new { organizationId })).AsList();

    sealed record Running
    {
        public string Key { get; init; } = "";
        public LocalDate FirstDay { get; init; }
        /// <summary>The last review that was asked for; null: none was.</summary>
        public LocalDate? Asked { get; init; }
    }
}
