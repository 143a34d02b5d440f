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
        foreach (var (staged, asked) in await RunningAsync(connection, organizationId, cancellation))
        {
            if (ReviewDates.LatestOn(staged.FirstDay!.Value, clock.Now.InUtc().Date) is { } due && !(asked >= due))
                await AskAsync(connection, organizationId, staged, due, cancellation);
        }
    }

    /// <summary>The midnight, UTC, on which the next review is due; null: no campaign runs.</summary>
    public async Task<Instant?> NextMomentAsync(int organizationId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await RunningAsync(connection, organizationId, cancellation))
            .Select(one => (Instant?)ReviewDates.After(one.Campaign.FirstDay!.Value, one.Asked ?? one.Campaign.FirstDay.Value).AtMidnight().InUtc().ToInstant())
            .Min();
    }

    /// <summary>One transaction: what is asked, and that it was.</summary>
    async Task AskAsync(NpgsqlConnection connection, int organizationId, StagedCampaign staged, LocalDate due, CancellationToken cancellation)
    {
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

    async Task<IReadOnlyList<(StagedCampaign Campaign, LocalDate? Asked)>> RunningAsync(NpgsqlConnection connection, int organizationId, CancellationToken cancellation)
    {
        var running = (await connection.QueryAsync<(string Key, LocalDate? Asked)>("""
            select c.key, (select max(r.due_on) from reviews r where r.campaign_id = c.id) as asked
            from campaigns c
            where c.organization_id = @organizationId and c.state = 'running'
            order by c.key
            """, new { organizationId })).AsList();
        var all = new List<(StagedCampaign, LocalDate?)>(running.Count);
        foreach (var (key, asked) in running) all.Add((await StagedCampaign.FindAsync(connection, journeys, organizationId, key, cancellation), asked));
        return all;
    }
}
