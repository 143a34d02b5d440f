using Dapper;
using NodaTime;
using Npgsql;
using NpgsqlTypes;
using NudgeBot.Campaigns;
using NudgeBot.Database;

namespace NudgeBot.Enrollment;

/// <summary>
/// Starts campaigns whose day has come and takes in the people of their audience: everybody gets a row and three draws; those whom the
/// rollout reaches get a day 0, an arm, a variant and their first moment (<see cref="Activation"/>). Runs again and again: who is in stays in.
/// </summary>
public sealed class Enroller(NpgsqlDataSource database, Journeys journeys, Activation activation, ProductClock clock)
{
    const int Bulk = 1000;

    public async Task RunAsync(int organizationId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var campaigns = await connection.QueryAsync<int>(
            "select id from campaigns where organization_id = @organizationId and state in ('scheduled', 'running') order by id", new { organizationId });
        foreach (var campaignId in campaigns) await EnrollAsync(connection, organizationId, campaignId, cancellation);
    }

    /// <summary>When a local date next begins for anybody: by nothing else does time alone change who is enrolled.</summary>
    public async Task<Instant?> NextDateAsync(int organizationId, CancellationToken cancellation = default)
    {
        var now = clock.Now;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var zones = await connection.QueryAsync<string>(
            "select distinct p.time_zone from organizations o join persons p on p.organization_id = o.id");
        return zones.Select(zone => DateTimeZoneProviders.Tzdb[zone]).Select(zone => (Instant?)zone.AtStartOfDay(now.InZone(zone).Date.PlusDays(1)).ToInstant()).Min();
    }

    async Task EnrollAsync(NpgsqlConnection connection, int organizationId, int campaignId, CancellationToken cancellation)
    {
        var now = clock.Now;
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // No roster and no use may come in while day 0 is set and the bitmaps are built from the day rows.
        await ImportLock.TakeAsync(connection, transaction, organizationId, cancellation);
        // This one keeps replicas from enrolling the same people at the same time.
        var (versionId, startedAt, isOpen) = await connection.QuerySingleAsync<(int, Instant?, bool)>("""
            select journey_version_id, started_at, state in ('scheduled', 'running') from campaigns
            where organization_id = @organizationId and id = @campaignId for update
            """, new { organizationId, campaignId }, transaction);
        if (!isOpen) return;
        var journey = await journeys.GetAsync(organizationId, versionId, cancellation);
        var starts = startedAt is null;
        if (starts && !await CanStartAsync(connection, transaction, organizationId, journey.Campaign.Start, now)) return;

        var taken = await TakeInAsync(connection, transaction, organizationId, journey, starts, now, cancellation);
        await activation.RunAsync(connection, transaction, organizationId, journey, starts, now);
        if (starts)
        {
            await connection.ExecuteAsync("""
                update campaigns set state = 'running', started_at = @now where organization_id = @organizationId and id = @campaignId
                """, new { organizationId, campaignId, now }, transaction);
        }
        await transaction.CommitAsync(cancellation);
        // The planner of queries knows nothing yet of rows that came in bulk.
        if (taken >= Bulk) await connection.ExecuteAsync("analyze enrollments");
    }

    /// <summary>
    /// A campaign starts for all when its start date begins in the first of the people's zones, and not before a chat platform is connected:
    /// without one everybody's first messages would be skipped for good.
    /// </summary>
    static async Task<bool> CanStartAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int organizationId, LocalDate start, Instant now) =>
        await StartsAtAsync(connection, transaction, organizationId, start) <= now
        && await connection.QuerySingleAsync<bool>(
            "select exists (select from workspaces where organization_id = @organizationId)", new { organizationId }, transaction);

    /// <returns>Null: there is nobody.</returns>
    internal static async Task<Instant?> StartsAtAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int organizationId, LocalDate start)
    {
        var zones = await connection.QueryAsync<string>(
            "select distinct time_zone from persons where organization_id = @organizationId", new { organizationId }, transaction);
        return zones.Min(zone => (Instant?)DateTimeZoneProviders.Tzdb[zone].AtStartOfDay(start).ToInstant());
    }

    /// <returns>How many people were new.</returns>
    static async Task<int> TakeInAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int organizationId, Journey journey, bool starts, Instant now,
        CancellationToken cancellation)
    {
        var campaign = journey.Campaign;
        var segmentIds = await AudienceSegments.OfAsync(connection, organizationId, campaign.Audience);
        var found = (await connection.QueryAsync<Newcomer>("""
            select p.id, p.first_email, p.segment_id, s.team, p.time_zone, p.licensed_since, p.left_on
            from persons p join segments s on s.id = p.segment_id
            where p.organization_id = @organizationId
              and s.id = any(@segmentIds)
              and not exists (select from enrollments e where e.person_id = p.id and e.campaign_id = @campaignId)
            order by p.id
            """, new
        {
            organizationId,
            journey.CampaignId,
            segmentIds,
        }, transaction)).AsList();
        var people = found.FindAll(p => DayZero.IsReached(DayZero.Of(campaign.Start, p.LicensedSince, p.TimeZone, starts, now), p.LeftOn));
        if (people.Count == 0) return 0;

        var teams = campaign.RolloutUnit == RolloutUnit.Team
            ? await TeamDraw.BucketsAsync(connection, transaction, organizationId, journey, segmentIds)
            : null;
        await using var writer = await connection.BeginBinaryImportAsync("""
            copy enrollments (organization_id, campaign_id, segment_id, journey_version_id, person_id, left_on, rollout_bucket, arm_bucket, variant_bucket, state)
            from stdin (format binary)
            """, cancellation);
        foreach (var person in people)
        {
            var rollout = TeamDraw.BucketOf(teams, person.Team, campaign.Key, person.FirstEmail);
            await writer.StartRowAsync(cancellation);
            await writer.WriteAsync(organizationId, cancellation);
            await writer.WriteAsync(journey.CampaignId, cancellation);
            await writer.WriteAsync(person.SegmentId, cancellation);
            await writer.WriteAsync(journey.VersionId, cancellation);
            await writer.WriteAsync(person.Id, cancellation);
            if (person.LeftOn is { } left) await writer.WriteAsync(left.ToColumn(), NpgsqlDbType.Date, cancellation);
            else await writer.WriteNullAsync(cancellation);
            await writer.WriteAsync((short)rollout, cancellation);
            await writer.WriteAsync((short)Draw.Arm(campaign.Key, person.FirstEmail), cancellation);
            await writer.WriteAsync((short)Draw.Variant(campaign.Key, person.FirstEmail), cancellation);
            await writer.WriteAsync("waiting", cancellation);
        }
        await writer.CompleteAsync(cancellation);
        return people.Count;
    }

    sealed record Newcomer
    {
        public long Id { get; init; }
        public string FirstEmail { get; init; } = "";
        public int SegmentId { get; init; }
        public string Team { get; init; } = "";
        public string TimeZone { get; init; } = "";
        public LocalDate? LicensedSince { get; init; }
        public LocalDate? LeftOn { get; init; }
    }
}
