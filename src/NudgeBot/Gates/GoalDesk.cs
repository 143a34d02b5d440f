using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Governance;

namespace NudgeBot.Gates;

/// <summary>What a campaign is meant to reach.</summary>
sealed class GoalDesk(NpgsqlConnection connection, AuditTrail audit, ProductClock clock, Journeys journeys, CampaignStore campaigns)
{
    public Task<Message> AnswerAsync(Asker asker, GoalRequest request, CancellationToken cancellation) => request.Match(
        list => ListAsync(asker, list.Key, cancellation),
        add => AddAsync(asker, add, cancellation),
        remove => RemoveAsync(asker, remove, cancellation));

    async Task<Message> ListAsync(Asker asker, string key, CancellationToken cancellation)
    {
        var campaign = (await journeys.LatestAsync(connection, asker.OrganizationId, key, cancellation)).Campaign;
        asker.MustActFor(campaign);
        return Message.Say(campaign.Goals.Count == 0
            ? $"**{key}** has no goal yet. `goal add {key}` makes one; a launch needs at least one."
            : string.Join('\n', campaign.Goals.Select(goal => $"- {Told(goal)}"))).With(await NextSteps.OfAsync(connection, asker, campaign, "goal list"));
    }

    async Task<Message> AddAsync(Asker asker, GoalRequest.Add request, CancellationToken cancellation)
    {
        var most = request.Metric.Most();
        if (request.Baseline > most) throw new RefusalException($"`--baseline` is at most {most} for {Words.Of(request.Metric)}.", "--baseline");
        if (request.Target > most) throw new RefusalException($"`--target` is at most {most} for {Words.Of(request.Metric)}.", "--target");
        if (request.Target <= request.Baseline) throw new RefusalException($"The target must be above the baseline, which is {request.Baseline}.", "--target");

        var staged = await ChangeableAsync(asker, request.Key, cancellation);
        if (staged.Campaign.Goals.Any(goal => goal.Metric == request.Metric))
            throw new RefusalException($"There is a goal for {Words.Of(request.Metric)} already; `goal remove {request.Key} {Words.Of(request.Metric)}` takes it back.", "METRIC");
        var by = request.By.From(asker.Today(clock.Now));
        if (by < staged.Campaign.Start) throw new RefusalException($"The campaign starts on {staged.Campaign.Start:uuuu-MM-dd}: the goal's date cannot be before.", "--by");

        var goal = new Goal(request.Metric, request.Baseline, request.Target, by);
        var changed = staged.Campaign with { Goals = [.. staged.Campaign.Goals, goal] };
        await staged.ChangeAsync(connection, campaigns, asker.OrganizationId, changed);
        await audit.WriteAsync(asker.OrganizationId, asker.Does(AuditActions.GoalAdd) with { Campaign = request.Key, After = Audited(goal) }, cancellation);
        return Message.Say($"**{request.Key}** has a goal now: {Told(goal)}").With(await NextSteps.OfAsync(connection, asker, changed, "goal add"));
    }

    async Task<Message> RemoveAsync(Asker asker, GoalRequest.Remove request, CancellationToken cancellation)
    {
        var staged = await ChangeableAsync(asker, request.Key, cancellation);
        var goal = staged.Campaign.Goals.FirstOrDefault(one => one.Metric == request.Metric)
            ?? throw new RefusalException($"**{request.Key}** has no goal for {Words.Of(request.Metric)}.", "METRIC");
        await staged.ChangeAsync(connection, campaigns, asker.OrganizationId, staged.Campaign with { Goals = [.. staged.Campaign.Goals.Where(one => one != goal)] });
        await audit.WriteAsync(asker.OrganizationId, asker.Does(AuditActions.GoalRemove) with { Campaign = request.Key, Before = Audited(goal) }, cancellation);
        return Message.Say($"**{request.Key}** has that goal no more.");
    }

    async Task<StagedCampaign> ChangeableAsync(Asker asker, string key, CancellationToken cancellation)
    {
        var staged = await StagedCampaign.FindAsync(connection, journeys, asker.OrganizationId, key, cancellation);
        asker.MustChange(staged.Campaign);
        staged.MustNotHaveEnded();
        return staged;
    }

    internal static string Told(Goal goal) => $"{Words.Of(goal.Metric)} from {goal.Metric.Say(goal.Baseline)} to {goal.Metric.Say(goal.Target)} by {goal.By:uuuu-MM-dd}.";

    static AuditValues Audited(Goal goal) => new()
    {
        ["metric"] = Words.Of(goal.Metric),
        ["baseline"] = goal.Baseline.ToString(),
        ["target"] = goal.Target.ToString(),
        ["by"] = $"{goal.By:uuuu-MM-dd}",
    };
}
