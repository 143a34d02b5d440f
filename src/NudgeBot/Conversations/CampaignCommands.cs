using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Governance;
using NudgeBot.Nudging;
using NudgeBot.Retention;

namespace NudgeBot.Conversations;

/// <summary>What owners and operators ask about campaigns; the same answers in chat and in the terminal.</summary>
public sealed class CampaignCommands(NpgsqlDataSource database, Journeys journeys, Pauses pauses, RetentionMeasure retention, AdoptionMeasure adoption)
{
    const int ReportedWeeks = 8;

    public async Task<IReadOnlyList<string>> KeysAsync(int organizationId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<string>("select key from campaigns where organization_id = @organizationId order by key", new { organizationId })).AsList();
    }

    public async Task<Message> ListAsync(Asker asker, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
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

    public async Task<Message> ShowAsync(Asker asker, string key, CancellationToken cancellation = default)
    {
        var journey = await journeys.LatestAsync(asker.OrganizationId, key, cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
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

    public Task<Message> PauseAsync(Asker asker, string key, CancellationToken cancellation = default) => ChangeAsync(
        asker, key, pauses.PauseCampaignAsync, $"**{key}** is paused: nothing more goes out.", $"**{key}** was paused already.", cancellation);

    public Task<Message> ResumeAsync(Asker asker, string key, CancellationToken cancellation = default) => ChangeAsync(
        asker, key, pauses.ResumeCampaignAsync, $"**{key}** goes on.", $"**{key}** was not paused.", cancellation);

    public Task<Message> EndAsync(Asker asker, string key, CancellationToken cancellation = default) => ChangeAsync(
        asker, key, pauses.EndCampaignAsync, $"**{key}** has ended; what was planned is skipped.", $"**{key}** had ended already.", cancellation);

    public async Task<Message> PauseAllAsync(Asker asker, CancellationToken cancellation = default) =>
        Message.Say(await pauses.PauseAllAsync(asker.OrganizationId) ? "Everything is paused: nothing more goes out." : "Everything was paused already.");

    public async Task<Message> ResumeAllAsync(Asker asker, CancellationToken cancellation = default) =>
        Message.Say(await pauses.ResumeAllAsync(asker.OrganizationId) ? "Messages go on." : "Nothing was paused.");

    public async Task<Message> RetentionAsync(Asker asker, string key, Grouping? by, CancellationToken cancellation = default) => RetentionText.Of(
        await ReportAsync(asker, key, by, cancellation), await adoption.RunAsync(asker.OrganizationId, key, cancellation: cancellation));

    public async Task<IReadOnlyList<string>> RetentionCsvAsync(Asker asker, string key, Grouping? by, CancellationToken cancellation = default) =>
        [RetentionText.CsvHeader, .. RetentionText.CsvLines(await ReportAsync(asker, key, by, cancellation))];

    /// <summary>The total, and beside it the new people, whom the reference speaks of, or the groups that were asked for.</summary>
    Task<RetentionReport> ReportAsync(Asker asker, string key, Grouping? by, CancellationToken cancellation)
    {
        IReadOnlyList<Grouping> groupings = by is { } one and not Grouping.All ? [Grouping.All, one] : [Grouping.All, Grouping.Entry];
        return retention.RunAsync(asker.OrganizationId, key, groupings, ReportedWeeks, cancellation: cancellation);
    }

    async Task<Message> ChangeAsync(
        Asker asker, string key, Func<int, string, Task<bool>> change, string changed, string unchanged, CancellationToken cancellation)
    {
        var journey = await journeys.LatestAsync(asker.OrganizationId, key, cancellation);
        if (!asker.MayActFor(journey.Campaign.OwnerEmail))
            return Message.Say($"**{key}** is {journey.Campaign.OwnerEmail}'s campaign; ask there.");
        if (await change(asker.OrganizationId, key)) return Message.Say(changed);
        return Message.Say(await HasEndedAsync(asker.OrganizationId, key, cancellation) ? $"**{key}** has ended; that cannot be undone." : unchanged);
    }

    async Task<bool> HasEndedAsync(int organizationId, string key, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<bool>(
            "select state = 'ended' from campaigns where organization_id = @organizationId and key = @key", new { organizationId, key });
    }

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
