using Dapper;
using Npgsql;

namespace NudgeBot.Gates;

/// <summary>What a campaign's checklist says of an item.</summary>
sealed record ReadinessRow
{
    public string Item { get; init; } = "";
    public ReadinessState State => Words.Parse<ReadinessState>(StateWord);
    public string StateWord { get; init; } = Words.Of(ReadinessState.NotStarted);
    /// <summary>Null: nobody yet, or somebody who was deleted.</summary>
    public long? OwnerId { get; init; }
    public string? Owner { get; init; }
    public string? Note { get; init; }
    public string? Link { get; init; }

    /// <summary>One for each item, in the checklist's order; those of which nothing was said are not started.</summary>
    public static async Task<IReadOnlyList<(ChecklistItem Item, ReadinessRow Row)>> OfAsync(NpgsqlConnection connection, int organizationId, int campaignId, Checklist checklist)
    {
        var rows = (await connection.QueryAsync<ReadinessRow>("""
            select r.item, r.state as state_word, r.owner_id, p.email as owner, r.note, r.link
            from readiness r left join persons p on p.id = r.owner_id
            where r.organization_id = @organizationId and r.campaign_id = @campaignId
            """, new { organizationId, campaignId })).ToDictionary(row => row.Item);
        return [.. checklist.Items.Select(item => (item, rows.GetValueOrDefault(item.Key) ?? new ReadinessRow { Item = item.Key }))];
    }
}
