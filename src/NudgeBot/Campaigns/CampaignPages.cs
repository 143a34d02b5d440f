using System.Globalization;
using Dapper;
using NodaTime;
using NodaTime.Text;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;
using NudgeBot.Enrollment;
using NudgeBot.Governance;

namespace NudgeBot.Campaigns;

/// <summary>Campaigns as their owners look at them.</summary>
sealed class CampaignPages(NpgsqlConnection connection)
{
    const int PerPage = 10;

    public static readonly Button NewCampaign = NextSteps.Line("campaign create", "New campaign");

    public async Task<Message> ListAsync(Asker asker, int page)
    {
        var campaigns = (await connection.QueryAsync<Listed>("""
            select c.key, c.name, c.tool, c.state, c.paused, c.start_on, v.number as version,
                   count(e.id) filter (where e.state <> 'waiting')::int as enrolled, count(e.id) filter (where e.state = 'waiting')::int as waiting
            from campaigns c join journey_versions v on v.id = c.journey_version_id left join enrollments e on e.campaign_id = c.id
            where c.organization_id = @OrganizationId
            group by c.id, v.number
            order by c.state = 'ended', c.start_on, c.key
            """, new { asker.OrganizationId })).AsList();
        Button[] create = asker.May >= Needs.Admin ? [NewCampaign] : [];
        if (campaigns.Count == 0) return Message.Say("There is no campaign yet. `campaign create` makes one.").With(new Block.Buttons(create));
        var shown = campaigns.Skip((page - 1) * PerPage).Take(PerPage).ToList();
        var lines = shown.Select(c =>
            $"- **{c.Key}**: {Markdown.Escape(c.Name)}, for {c.Tool}, from {LocalDatePattern.Iso.Format(c.StartOn)}, {StateOf(c.State, c.Paused)}, {c.Enrolled} enrolled, {c.Waiting} waiting");
        return Paged.Message("campaign list", page, campaigns.Count, PerPage, string.Join('\n', lines))
            .With(new Block.Buttons([.. shown.Select(c => NextSteps.Line($"campaign show {c.Key}", c.Key)), .. create]));
    }

    public async Task<Message> ShowAsync(Asker asker, Journey journey)
    {
        var campaign = journey.Campaign;
        var c = await connection.QuerySingleAsync<Listed>("""
            select c.key, c.state, c.paused, c.start_on, v.number as version,
                   count(e.id) filter (where e.state <> 'waiting')::int as enrolled, count(e.id) filter (where e.state = 'waiting')::int as waiting,
                   count(e.id) filter (where e.arm = 'holdout')::int as held_out,
                   count(e.id) filter (where e.state <> 'waiting' and e.journey_version_id <> c.journey_version_id)::int as older
            from campaigns c join journey_versions v on v.id = c.journey_version_id left join enrollments e on e.campaign_id = c.id
            where c.organization_id = @OrganizationId and c.id = @CampaignId
            group by c.id, v.number
            """, new { asker.OrganizationId, journey.CampaignId });
        var reached = (await connection.QueryAsync<(int StepId, string Outcome, int Count)>("""
            select n.step_id, n.outcome, count(*)::int from nudges n
            where n.organization_id = @OrganizationId and n.campaign_id = @CampaignId
            group by n.step_id, n.outcome
            union all
            select t.step_id, t.outcome, count(*)::int from team_posts t
            where t.organization_id = @OrganizationId and t.campaign_id = @CampaignId
            group by t.step_id, t.outcome
            """, new { asker.OrganizationId, journey.CampaignId })).ToLookup(row => row.StepId, row => (row.Outcome, row.Count));
        var answered = (await connection.QueryAsync<(int StepId, int People)>("""
            select r.step_id, count(distinct r.person_id)::int from responses r join enrollments e on e.id = r.enrollment_id
            where r.organization_id = @OrganizationId and e.campaign_id = @CampaignId and r.step_id is not null
            group by r.step_id
            """, new { asker.OrganizationId, journey.CampaignId })).ToDictionary(row => row.StepId, row => row.People);

        string? older = c.Older > 0 ? $"{c.Older} of them have an older version" : null;
        string[] facts =
        [
            $"**{campaign.Key}**: {Markdown.Escape(campaign.Name)}, for {Markdown.Escape(campaign.ToolName)}, {StateOf(c.State, c.Paused)}, version {c.Version}",
            $"Owner {campaign.OwnerEmail}; starts on {LocalDatePattern.Iso.Format(campaign.Start)}; {Audience(campaign.Audience)}",
            $"Rollout {campaign.RolloutPercent} % by {Words.Of(campaign.RolloutUnit)}, holdout {campaign.HoldoutPercent} %",
            string.Join("; ", new[] { $"{c.Enrolled} enrolled, of whom {c.HeldOut} are in the holdout, {c.Waiting} waiting", older }.OfType<string>()),
        ];
        return Message.Of(
            new Block.Text(string.Join('\n', facts)),
            new Block.Prompt(Table(campaign.Steps.Select(step => RowOf(step, reached[journey.StepIds[step.Key]], answered.GetValueOrDefault(journey.StepIds[step.Key]))))),
            await ButtonsAsync(asker, campaign, Words.Parse<CampaignState>(c.State)));
    }

    /// <summary>How many the audience has now, in a sentence. Who said stop is not in it: of a small audience it would tell who.</summary>
    public async Task<string> CountAsync(Asker asker, Audience audience)
    {
        var segments = await AudienceSegments.OfAsync(connection, asker.OrganizationId, audience);
        var (people, reachable) = await connection.QuerySingleAsync<(int, int)>("""
            select count(*)::int, count(p.account_id)::int from persons p
            where p.organization_id = @OrganizationId and p.segment_id = any(@segments) and p.left_on is null
            """, new { asker.OrganizationId, segments });
        return $"For {Audience(audience, most: 3)}: {Count(people, people - reachable)}";
    }

    /// <summary>Of a draft, changing and previewing are among the next steps already.</summary>
    async Task<Block> ButtonsAsync(Asker asker, Campaign campaign, CampaignState state)
    {
        var next = (await NextSteps.OfAsync(connection, asker, campaign, "campaign show")).Items;
        Button[] preview = state == CampaignState.Draft ? [] : [NextSteps.Preview(campaign.Key)];
        Button[] edit = campaign.Managed == ManagedBy.File || state == CampaignState.Ended ? []
            : [.. state == CampaignState.Draft ? Array.Empty<Button>() : [NextSteps.Line($"campaign edit {campaign.Key}", "Change it")], NextSteps.Line($"campaign step {campaign.Key}", "Change a step")];
        return new Block.Buttons([.. edit, .. preview, .. next]);
    }

    static string[] RowOf(Step step, IEnumerable<(string Outcome, int Count)> outcomes, int answered)
    {
        var count = outcomes.ToDictionary(one => one.Outcome, one => one.Count);
        string Of(params string[] which) => which.Sum(one => count.GetValueOrDefault(one)) is > 0 and var sum ? sum.ToString(CultureInfo.InvariantCulture) : "";
        return [step.Day.ToString(CultureInfo.InvariantCulture), $"{step.At:HH:mm}", step.Key, Of("sent"), answered > 0 ? answered.ToString(CultureInfo.InvariantCulture) : "", Of("skipped"), Of("failed", "unknown"), Of("pending")];
    }

    static string Table(IEnumerable<string[]> rows)
    {
        string[][] all = [["day", "at", "step", "sent", "answered", "skipped", "failed", "open"], .. rows];
        var widths = Enumerable.Range(0, all[0].Length).Select(column => all.Max(row => row[column].Length)).ToArray();
        string Cell(string text, int column) => column is 1 or 2 ? text.PadRight(widths[column]) : text.PadLeft(widths[column]);
        return string.Join('\n', all.Select(row => string.Join("  ", row.Select(Cell)).TrimEnd()));
    }

    /// <param name="most">Of more words than that, their number is told.</param>
    static string Audience(Audience audience, int most = int.MaxValue)
    {
        var parts = new (string Name, IReadOnlyList<string> Words)[] { ("role", audience.Roles), ("team", audience.Teams), ("location", audience.Locations) }
            .Where(part => part.Words.Count > 0)
            .Select(part => part.Words.Count > most ? $"{part.Words.Count} {part.Name}s" : $"{part.Name} {Markdown.Escape(string.Join(" or ", part.Words))}").ToList();
        return parts.Count == 0 ? "everyone" : string.Join(", ", parts);
    }

    static string Count(int people, int unreached) => (people, unreached) switch
    {
        (0, _) => "nobody today.",
        (1, 0) => "**1 person** today, who can be reached.",
        (1, _) => "**1 person** today, who cannot be reached yet.",
        (_, 0) => FormattableString.Invariant($"**{people:N0} people** today; all of them can be reached."),
        _ when people == unreached => FormattableString.Invariant($"**{people:N0} people** today; none of them can be reached yet."),
        _ => FormattableString.Invariant($"**{people:N0} people** today; {unreached:N0} of them cannot be reached yet."),
    };

    static string StateOf(string state, bool paused) => paused ? $"{state}, paused" : state;

    sealed record Listed
    {
        public string Key { get; init; } = "";
        public string Name { get; init; } = "";
        public string Tool { get; init; } = "";
        public string State { get; init; } = "";
        public bool Paused { get; init; }
        public LocalDate StartOn { get; init; }
        public int Version { get; init; }
        public int Enrolled { get; init; }
        public int Waiting { get; init; }
        public int HeldOut { get; init; }
        public int Older { get; init; }
    }
}
