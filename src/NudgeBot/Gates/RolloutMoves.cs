using Dapper;
using NodaTime;
using Npgsql;

namespace NudgeBot.Gates;

/// <summary>What was answered when a rollout was moved.</summary>
/// <param name="Override">Why, although the gate was not passed.</param>
sealed record RolloutMove(int From, int To, string? Learned = null, bool? Evidence = null, string? Needs = null, string? Override = null);

/// <summary>The moves of rollouts, each kept with who, when, and the gate's figures at that moment.</summary>
sealed class RolloutMoves(NpgsqlConnection connection, ProductClock clock)
{
    public Task KeepAsync(int organizationId, int campaignId, long? personId, RolloutMove move, IEnumerable<GateFigure> figures) => connection.ExecuteAsync("""
        insert into rollout_moves (organization_id, campaign_id, person_id, at, from_percent, to_percent, learned, evidence, needs, override, figures)
        values (@organizationId, @campaignId, @personId, @now, @From, @To, @Learned, @Evidence, @Needs, @Override, @figures)
        """, new { organizationId, campaignId, personId, now = clock.Now, move.From, move.To, move.Learned, move.Evidence, move.Needs, move.Override, figures = GateText.Json(figures) });

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<KeptMove>> LatestAsync(int organizationId, int campaignId, int most) => (await connection.QueryAsync<KeptMove>("""
        select m.at, p.email, m.from_percent, m.to_percent, m.learned, m.evidence, m.needs, m.override
        from rollout_moves m left join persons p on p.id = m.person_id
        where m.organization_id = @organizationId and m.campaign_id = @campaignId
        order by m.id desc limit @most
        """, new { organizationId, campaignId, most })).AsList();
}

/// <summary>As it is told afterwards.</summary>
sealed record KeptMove
{
    public Instant At { get; init; }
    /// <summary>Null: the operator, or somebody who was deleted.</summary>
    public string? Email { get; init; }
    public int FromPercent { get; init; }
    public int ToPercent { get; init; }
    public string? Learned { get; init; }
    public bool? Evidence { get; init; }
    public string? Needs { get; init; }
    public string? Override { get; init; }
}
