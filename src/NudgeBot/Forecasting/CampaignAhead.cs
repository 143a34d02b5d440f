using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Enrollment;

namespace NudgeBot.Forecasting;

/// <summary>A campaign that takes part, and what decides who comes into it when the enroller next runs for it.</summary>
/// <param name="Order">The place of its key, as the database orders them.</param>
/// <param name="EnrollsAt">Now where it runs, else when it starts.</param>
/// <param name="Teams">As <see cref="TeamDraw"/> gives them; null: everybody is drawn alone.</param>
sealed record CampaignAhead(
    Journey Journey, int Order, bool Paused, bool Starts, Instant EnrollsAt, IReadOnlySet<int> SegmentIds, IReadOnlyDictionary<string, int>? Teams)
{
    public string Key => Journey.Campaign.Key;

    public LocalDate DayZeroOf(PersonAhead person) =>
        DayZero.Of(Journey.Campaign.Start, person.LicensedSince, person.TimeZone, Starts, EnrollsAt);

    public int RolloutBucketOf(PersonAhead person) => TeamDraw.BucketOf(Teams, person.Team, Key, person.FirstEmail);

    /// <summary>All that have not ended. None that is to start has anybody to start for while the roster is empty: it is left out.</summary>
    /// <param name="definition">As the one that is asked for would be if this were applied; null: as it is.</param>
    /// <exception cref="UnknownCampaignException"/>
    /// <exception cref="ForecastException">It has ended.</exception>
    public static async Task<IReadOnlyList<CampaignAhead>> AllAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Journeys journeys, int organizationId, string key, Campaign? definition, Instant now,
        CancellationToken cancellation)
    {
        var rows = (await connection.QueryAsync<Row>("""
            select k.key, c.state, coalesce(c.paused, false) as paused, c.journey_version_id, (row_number() over (order by k.key))::int as campaign_order
            from (select key from campaigns where organization_id = @organizationId union select @key) k
            left join campaigns c on c.organization_id = @organizationId and c.key = k.key
            order by k.key
            """, new { organizationId, key }, transaction)).AsList();
        var asked = rows.Find(row => row.Key == key)!;
        if (asked.State is null && definition is null) throw new UnknownCampaignException(key);
        if (asked.State == "ended") throw new ForecastException($"'{key}' has ended: nothing more is sent.");

        var campaigns = new List<CampaignAhead>();
        // A draft sends nothing until somebody launches it: it counts where it is the one that is asked for.
        foreach (var row in rows.Where(row => row.State != "ended" && (row.State != "draft" || row.Key == key)))
        {
            var stored = row.JourneyVersionId is { } version ? await journeys.GetAsync(organizationId, version, cancellation) : null;
            var journey = row.Key == key && definition is not null ? AsIfApplied(definition, stored) : stored!;
            var starts = row.State != "running";
            var startsAt = starts ? await Enroller.StartsAtAsync(connection, transaction, organizationId, journey.Campaign.Start) : now;
            if (startsAt is null) continue;
            var segmentIds = await AudienceSegments.OfAsync(connection, organizationId, journey.Campaign.Audience);
            var teams = journey.Campaign.RolloutUnit == RolloutUnit.Team
                ? await TeamDraw.BucketsAsync(connection, transaction, organizationId, journey, segmentIds)
                : null;
            campaigns.Add(new CampaignAhead(journey, row.CampaignOrder, row.Paused, starts, Instant.Max(now, startsAt.Value), segmentIds.ToHashSet(), teams));
        }
        return campaigns;
    }

    /// <summary>Steps keep their ids; new ones get some that no row has.</summary>
    static Journey AsIfApplied(Campaign definition, Journey? stored)
    {
        var ids = stored?.StepIds.ToDictionary() ?? [];
        foreach (var step in definition.Steps) ids.TryAdd(step.Key, -1 - ids.Count);
        return new Journey(VersionId: 0, stored?.CampaignId ?? 0, definition, ids);
    }

    sealed record Row
    {
        public string Key { get; init; } = "";
        /// <summary>Null: it is not applied yet.</summary>
        public string? State { get; init; }
        public bool Paused { get; init; }
        public int? JourneyVersionId { get; init; }
        public int CampaignOrder { get; init; }
    }
}
