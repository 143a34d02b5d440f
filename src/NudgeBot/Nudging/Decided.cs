using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Conversations;

namespace NudgeBot.Nudging;

/// <summary>What was decided and answered in an organization between two instants of product time.</summary>
public sealed record Decided(IReadOnlyList<DecidedNudges> Nudges, IReadOnlyList<DecidedPosts> TeamPosts, IReadOnlyList<GivenAnswers> Answers)
{
    /// <param name="from">Not included.</param>
    /// <param name="to">Included.</param>
    public static async Task<Decided> BetweenAsync(
        NpgsqlDataSource database, int organizationId, Instant from, Instant to, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var read = await connection.QueryMultipleAsync("""
            select s.key, n.outcome, n.reason, count(*)::int
            from nudges n join steps s on s.id = n.step_id
            where n.organization_id = @organizationId and n.decided_at > @from and n.decided_at <= @to
            group by s.key, n.outcome, n.reason
            order by s.key, n.outcome, n.reason;

            select outcome, count(*)::int from team_posts
            where organization_id = @organizationId and decided_at > @from and decided_at <= @to
            group by outcome
            order by outcome;

            select kind, count(*)::int from responses
            where organization_id = @organizationId and at > @from and at <= @to
            group by kind
            order by kind;
            """, new { organizationId, from, to });
        return new Decided(
            [.. (await read.ReadAsync<(string Step, string Outcome, string? Reason, int Count)>()).Select(row => new DecidedNudges(row.Step, Words.Parse<Outcome>(row.Outcome), row.Reason, row.Count))],
            [.. (await read.ReadAsync<(string Outcome, int Count)>()).Select(row => new DecidedPosts(Words.Parse<Outcome>(row.Outcome), row.Count))],
            [.. (await read.ReadAsync<(string Kind, int Count)>()).Select(row => new GivenAnswers(Words.Parse<ResponseKind>(row.Kind), row.Count))]);
    }

    /// <summary>E.g. <c>9 sent (6 day-10-re-engagement, 3 day-5-guide), 2 skipped (2 opted-out), 1 team post sent, 4 answers</c>.</summary>
    public string InWords()
    {
        var parts = new List<string>();
        foreach (var outcome in Enum.GetValues<Outcome>())
        {
            var nudges = Nudges.Where(one => one.Outcome == outcome).ToList();
            if (nudges.Count == 0) continue;
            // Of what was sent the steps tell most, of the rest the reasons.
            var details = nudges.GroupBy(one => outcome == Outcome.Sent ? one.StepKey : one.Reason).Select(group => (Count: group.Sum(one => one.Count), group.Key));
            parts.Add($"{nudges.Sum(one => one.Count)} {Words.Of(outcome)} ({string.Join(", ", details.OrderByDescending(one => one.Count).ThenBy(one => one.Key).Select(one => $"{one.Count} {one.Key}"))})");
        }
        parts.AddRange(TeamPosts.Select(posts => $"{Counted(posts.Count, "team post")} {Words.Of(posts.Outcome)}"));
        if (Answers.Count > 0) parts.Add(Counted(Answers.Sum(one => one.Count), "answer"));
        return parts.Count == 0 ? "nothing was due" : string.Join(", ", parts);
    }

    static string Counted(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}

/// <param name="Reason">Null where the step's own message was sent.</param>
public sealed record DecidedNudges(string StepKey, Outcome Outcome, string? Reason, int Count);

public sealed record DecidedPosts(Outcome Outcome, int Count);

/// <summary>Unasked ones are among them.</summary>
public sealed record GivenAnswers(ResponseKind Kind, int Count);
