using Dapper;
using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Conversations;
using NudgeBot.Nudging;

namespace NudgeBot.Web.Playground.Invented;

/// <summary>The answers to nudges. A nudge with a response has had its first answer; some answers bring a question that is answered minutes later.</summary>
sealed class InventedAnswers(DemoWorld world)
{
    /// <summary>Whoever has not answered by then does not any more.</summary>
    static readonly Duration Forgotten = Duration.FromDays(7);

    public async Task<IEnumerable<Deed>> OpenAsync(IReadOnlyDictionary<string, ActingPerson> acting)
    {
        var open = new List<Deed>();
        foreach (var row in await SentAsync())
        {
            if (!acting.TryGetValue(row.Email, out var person)) continue;
            var journey = await world.Product.Journeys.GetAsync(world.OrganizationId, row.JourneyVersionId);
            if (DeedFor(row, person, journey) is { } deed) open.Add(deed);
        }
        return open;
    }

    Deed? DeedFor(Row row, ActingPerson person, Journey journey)
    {
        var step = journey.StepWith(row.StepId);
        var nudge = new Nudged(person, step, step == journey.Campaign.PersonalSteps.First(s => s.Kind == step.Kind), row.UsedLately);
        var answered = row.Answered.Select(Words.Parse<ResponseKind>).ToList();
        var (reaction, at) = row.AnsweredAt is { } last
            ? (Reactions.After(nudge, answered), Moments.SoonAfter(last, $"{row.Email}|{step.Key}"))
            : (Reactions.To(nudge), Moments.After(row.DecidedAt, person.Zone, $"{row.Email}|{step.Key}"));
        return reaction is null ? null : new Deed(
            $"{reaction.ActionId} {row.Id}", at, cancellation =>
            // The nudge itself, or a question that followed it.
            world.Chat.PressAsync(person, row.Id.ToString(), reaction.ActionId, reaction.Value is { } value ? [value] : [], cancellation));
    }

    async Task<IEnumerable<Row>> SentAsync()
    {
        await using var connection = await world.Product.Database.OpenConnectionAsync();
        return await connection.QueryAsync<Row>("""
            select n.enrollment_id, n.step_id, n.decided_at, e.journey_version_id, p.email,
                   array(select r.kind from responses r where r.enrollment_id = n.enrollment_id and r.step_id = n.step_id) as answered,
                   (select max(r.at) from responses r where r.enrollment_id = n.enrollment_id and r.step_id = n.step_id) as answered_at,
                   exists (
                     select from usage_days u
                     where u.person_id = n.person_id and u.tool = c.tool and u.source = 'telemetry'
                       and u.day between n.decided_on - 7 and n.decided_on - 1 and u.learned_at <= n.decided_at) as used_lately
            from nudges n
            join enrollments e on e.id = n.enrollment_id
            join campaigns c on c.id = n.campaign_id
            join persons p on p.id = n.person_id
            where n.organization_id = @OrganizationId and n.outcome = 'sent' and n.decided_at > @since and p.opted_out_at is null
            """, new { world.OrganizationId, since = world.Now - Forgotten });
    }

    sealed record Row
    {
        public long EnrollmentId { get; init; }
        public int StepId { get; init; }
        public Instant DecidedAt { get; init; }
        public int JourneyVersionId { get; init; }
        public string Email { get; init; } = "";
        public string[] Answered { get; init; } = [];
        public Instant? AnsweredAt { get; init; }
        public bool UsedLately { get; init; }

        public NudgeId Id => new(EnrollmentId, StepId);
    }
}
