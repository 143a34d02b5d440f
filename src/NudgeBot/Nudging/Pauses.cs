using Dapper;
using Npgsql;
using NudgeBot.Campaigns;

namespace NudgeBot.Nudging;

/// <summary>
/// Pauses, resumes and ends. A pause needs no follow-up: every message asks for it before it leaves. Whatever lets messages go again makes
/// those that were held due at once, in the same transaction; the window and the caps still hold for them.
/// </summary>
/// <remarks>Each takes the connection of the transaction in which it is asked.</remarks>
public sealed class Pauses(ProductClock clock)
{
    /// <returns>Whether something changed: false where it was paused already.</returns>
    /// <exception cref="UnknownCampaignException">There is none with this key.</exception>
    public Task<bool> PauseCampaignAsync(NpgsqlConnection connection, int organizationId, string key) => CampaignAsync(connection, organizationId, key, SetCampaign, paused: true);

    /// <inheritdoc cref="PauseCampaignAsync"/>
    public Task<bool> ResumeCampaignAsync(NpgsqlConnection connection, int organizationId, string key) => CampaignAsync(connection, organizationId, key, SetCampaign, paused: false);

    public Task<bool> PauseWorkspaceAsync(NpgsqlConnection connection, int organizationId, int workspaceId) =>
        ChangeAsync(connection, organizationId, SetWorkspace, new { organizationId, workspaceId, paused = true });

    public Task<bool> ResumeWorkspaceAsync(NpgsqlConnection connection, int organizationId, int workspaceId) =>
        ChangeAsync(connection, organizationId, SetWorkspace, new { organizationId, workspaceId, paused = false });

    public Task<bool> PauseAllAsync(NpgsqlConnection connection, int organizationId) => ChangeAsync(connection, organizationId, SetAll, new { organizationId, paused = true });

    public Task<bool> ResumeAllAsync(NpgsqlConnection connection, int organizationId) => ChangeAsync(connection, organizationId, SetAll, new { organizationId, paused = false });

    /// <summary>For good: what is open is skipped as ended, and no digest follows.</summary>
    /// <inheritdoc cref="PauseCampaignAsync"/>
    public Task<bool> EndCampaignAsync(NpgsqlConnection connection, int organizationId, string key) => CampaignAsync(connection, organizationId, key, End, paused: false);

    const string SetCampaign = """
        with changed as (
          update campaigns set paused = @paused
          where organization_id = @organizationId and key = @key and state <> 'ended' and paused <> @paused returning id)
        select count(*) from changed
        """;

    const string SetWorkspace = """
        with changed as (
          update workspaces set paused = @paused
          where organization_id = @organizationId and id = @workspaceId and paused <> @paused returning id)
        select count(*) from changed
        """;

    const string SetAll = """
        with changed as (update organizations set paused = @paused where id = @organizationId and paused <> @paused returning id)
        select count(*) from changed
        """;

    const string End = """
        with ended as (
          update campaigns set state = 'ended', started_at = coalesce(started_at, @now)
          where organization_id = @organizationId and key = @key and state <> 'ended'
          returning id),
        nudged as (
          update nudges n set due_at = least(due_at, @now)
          from ended where n.organization_id = @organizationId and n.campaign_id = ended.id and n.outcome = 'pending'),
        posted as (
          update team_posts t set due_at = least(due_at, @now)
          from ended where t.organization_id = @organizationId and t.campaign_id = ended.id and t.outcome = 'pending'),
        digested as (
          update team_posts t set digest_due_at = null
          from ended where t.organization_id = @organizationId and t.campaign_id = ended.id and t.outcome <> 'pending' and t.digest_at is null)
        select count(*) from ended
        """;

    async Task<bool> CampaignAsync(NpgsqlConnection connection, int organizationId, string key, string sql, bool paused)
    {
        if (!await connection.QuerySingleAsync<bool>(
            "select exists (select from campaigns where organization_id = @organizationId and key = @key)", new { organizationId, key }))
            throw new UnknownCampaignException(key);
        return await ChangeAsync(connection, organizationId, sql, new { organizationId, key, paused, now = clock.Now });
    }

    async Task<bool> ChangeAsync(NpgsqlConnection connection, int organizationId, string sql, object parameters)
    {
        await SendGate.CloseAsync(connection, organizationId);
        var changed = await connection.QuerySingleAsync<int>(sql, parameters);
        await ReleaseAsync(connection, organizationId);
        return changed > 0;
    }

    /// <summary>
    /// Makes due what is held as paused and no longer is. The sweeper asks as well: a dispatcher may record a hold in the very moment in
    /// which its campaign is resumed.
    /// </summary>
    internal Task ReleaseAsync(NpgsqlConnection connection, int organizationId) => connection.ExecuteAsync("""
        update nudges n set due_at = @now
        from campaigns c, organizations o, persons p left join workspaces w on w.id = p.workspace_id
        where n.organization_id = @organizationId and n.outcome = 'pending' and n.reason = 'paused' and n.leased_until is null and n.due_at > @now
          and c.id = n.campaign_id and o.id = n.organization_id and p.id = n.person_id
          and not c.paused and not o.paused and not coalesce(w.paused, false);

        update team_posts t set due_at = @now
        from campaigns c, organizations o
        where t.organization_id = @organizationId and t.outcome = 'pending' and t.reason = 'paused' and t.leased_until is null and t.due_at > @now
          and c.id = t.campaign_id and o.id = t.organization_id and not c.paused and not o.paused
          and not exists (
            select from team_channels k join workspaces w on w.id = k.workspace_id
            where k.organization_id = t.organization_id and k.team = t.team and w.paused);

        update wins v set due_at = @now
        from workspaces w, organizations o
        where v.organization_id = @organizationId and v.outcome = 'pending' and v.reason = 'paused' and v.leased_until is null and v.due_at > @now
          and w.id = v.workspace_id and o.id = v.organization_id and not w.paused and not o.paused;

        update notices v set due_at = @now
        from organizations o, persons p left join workspaces w on w.id = p.workspace_id
        where v.organization_id = @organizationId and v.outcome = 'pending' and v.reason = 'paused' and v.leased_until is null and v.due_at > @now
          and o.id = v.organization_id and p.id = v.person_id and not coalesce(w.paused, false) and (v.kind = 'alert' or not o.paused);
        """, new { organizationId, now = clock.Now });
}
