using Dapper;
using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Conversations;
using NudgeBot.TeamPosts;

namespace NudgeBot.Web.Playground.Invented;

/// <summary>The lines below the posts that ask a team what worked.</summary>
sealed class InventedLines(DemoWorld world)
{
    public async Task<IEnumerable<Deed>> OpenAsync(IReadOnlyDictionary<string, ActingPerson> acting) =>
        from post in await PostsAsync()
        from line in InventedData.Shipped.Lines
        where line.Step == post.Step && acting.GetValueOrDefault(line.Email)?.Team == post.Team && !post.Writers.Contains(line.Email)
        let person = acting[line.Email]
        select new Deed($"line {post.Id} {line.Email}", Moments.After(post.DecidedAt, person.Zone, $"{line.Email}|{line.Step}"),
            stop => world.Chat.PressAsync(person, post.Id.ToString(), ActionIds.WinsLine, [line.Worked, line.DidNot], stop));

    async Task<IReadOnlyList<Row>> PostsAsync()
    {
        await using var connection = await world.Product.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<Row>("""
            select t.campaign_id, t.step_id, s.key as step, t.team, t.decided_at,
                   array(
                     select p.email from team_post_lines l join persons p on p.id = l.person_id
                     where l.campaign_id = t.campaign_id and l.step_id = t.step_id and l.team = t.team) as writers
            from team_posts t join steps s on s.id = t.step_id
            where t.organization_id = @OrganizationId and t.outcome = 'sent'
            """, new { world.OrganizationId })).AsList();
    }

    sealed record Row
    {
        public int CampaignId { get; init; }
        public int StepId { get; init; }
        public string Step { get; init; } = "";
        public string Team { get; init; } = "";
        public Instant DecidedAt { get; init; }
        public string[] Writers { get; init; } = [];

        public TeamPostId Id => new(CampaignId, StepId, Team);
    }
}
