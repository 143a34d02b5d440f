using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Governance;
using NudgeBot.Nudging;

namespace NudgeBot.Campaigns;

/// <summary>What owners and administrators ask about campaigns.</summary>
sealed class CampaignDesk(NpgsqlConnection connection, AuditTrail audit, Journeys journeys, Pauses pauses)
{
    public Task<Message> AnswerAsync(Asker asker, CampaignRequest request, CancellationToken cancellation) => request.Match(
        list => ListAsync(asker),
        show => ShowAsync(asker, show.Key, cancellation),
        pause => PauseAsync(asker, pause.Key, cancellation),
        resume => ResumeAsync(asker, resume.Key, cancellation),
        end => EndAsync(asker, end.Key, cancellation),
        apply => throw new InvalidOperationException());

    async Task<Message> ListAsync(Asker asker)
    {
        var campaigns = (await connection.QueryAsync<Row>("""
            select c.key, c.name, c.tool, c.state, c.paused, c.start_on,
                   count(e.id) filter (where e.state <> 'waiting')::int as enrolled, count(e.id) filter (where e.state = 'waiting')::int as waiting
            from campaigns c left join enrollments e on e.campaign_id = c.id
            where c.organization_id = @organizationId
            group by c.id
            order by c.start_on, c.key
            """, new { asker.OrganizationId })).AsList();
        return campaigns.Count == 0
            ? Message.Say("There is no campaign yet. `nudgebot campaign apply FILE.yaml` makes one.")
            : Message.Say(string.Join('\n', campaigns.Select(c =>
                $"- **{c.Key}**: {Markdown.Escape(c.Name)}, for {c.Tool}, from {c.StartOn:uuuu-MM-dd}, {StateOf(c)}, {c.Enrolled} enrolled, {c.Waiting} waiting")));
    }

    async Task<Message> ShowAsync(Asker asker, string key, CancellationToken cancellation)
    {
        var journey = await LatestAsync(asker, key, cancellation);
        var reached = (await connection.QueryAsync<(int StepId, string Outcome, int Nudges)>("""
            select n.step_id, n.outcome, count(*)::int from nudges n
            where n.organization_id = @organizationId and n.campaign_id = @campaignId
            group by n.step_id, n.outcome
            union all
            select t.step_id, t.outcome, count(*)::int from team_posts t
            where t.organization_id = @organizationId and t.campaign_id = @campaignId
            group by t.step_id, t.outcome
            """, new { asker.OrganizationId, journey.CampaignId })).ToLookup(row => row.StepId);
        var lines = journey.Campaign.Steps.Select(step => $"- day {step.Day}, {step.At:HH:mm}: **{step.Key}**, {Reached(reached[journey.StepIds[step.Key]])}");
        return Message.Say($"**{journey.Campaign.Key}**: {Markdown.Escape(journey.Campaign.Name)}, owner {journey.Campaign.OwnerEmail}\n\n{string.Join('\n', lines)}");
    }

    Task<Message> PauseAsync(Asker asker, string key, CancellationToken cancellation) => ChangeAsync(
        asker, key, AuditActions.CampaignPause, pauses.PauseCampaignAsync, $"**{key}** is paused: nothing more goes out.", $"**{key}** was paused already.", cancellation);

    Task<Message> ResumeAsync(Asker asker, string key, CancellationToken cancellation) => ChangeAsync(
        asker, key, AuditActions.CampaignResume, pauses.ResumeCampaignAsync, $"**{key}** goes on.", $"**{key}** was not paused.", cancellation);

    Task<Message> EndAsync(Asker asker, string key, CancellationToken cancellation) => ChangeAsync(
        asker, key, AuditActions.CampaignEnd, pauses.EndCampaignAsync, $"**{key}** has ended; what was planned is skipped.", $"**{key}** had ended already.", cancellation);

    async Task<Message> ChangeAsync(
        Asker asker, string key, string action, Func<NpgsqlConnection, int, string, Task<bool>> change, string changed, string unchanged, CancellationToken cancellation)
    {
        var journey = await LatestAsync(asker, key, cancellation);
        asker.MustActFor(journey.Campaign);
        if (await change(connection, asker.OrganizationId, key))
        {
            await audit.WriteAsync(asker.OrganizationId, asker.Does(action) with { Campaign = key }, cancellation);
            return Message.Say(changed);
        }
        return Message.Say(await HasEndedAsync(asker.OrganizationId, key) ? $"**{key}** has ended; that cannot be undone." : unchanged);
    }

    Task<Journey> LatestAsync(Asker asker, string key, CancellationToken cancellation) => journeys.LatestAsync(connection, asker.OrganizationId, key, cancellation);

    Task<bool> HasEndedAsync(int organizationId, string key) => connection.QuerySingleAsync<bool>(
        "select state = 'ended' from campaigns where organization_id = @organizationId and key = @key", new { organizationId, key });

    static string Reached(IEnumerable<(int StepId, string Outcome, int Nudges)> outcomes) =>
        string.Join(", ", outcomes.OrderByDescending(o => o.Nudges).Select(o => $"{o.Nudges} {o.Outcome}").DefaultIfEmpty("nothing yet"));

    static string StateOf(Row campaign) => campaign.Paused ? $"{campaign.State}, paused" : campaign.State;

    sealed record Row
    {
        public string Key { get; init; } = "";
        public string Name { get; init; } = "";
        public string Tool { get; init; } = "";
        public string State { get; init; } = "";
        public bool Paused { get; init; }
        public LocalDate StartOn { get; init; }
        public int Enrolled { get; init; }
        public int Waiting { get; init; }
    }
}
