using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;
using NudgeBot.Governance;
using NudgeBot.Retention;

namespace NudgeBot.Gates;

/// <summary>The regular look at a campaign's figures, and what came of it.</summary>
sealed class ReviewDesk(NpgsqlConnection connection, AuditTrail audit, ProductClock clock, Journeys journeys, RetentionMeasure retention)
{
    const int LongestDecision = 1000;
    const int PerPage = 10;

    readonly ReviewPage page = new(connection, retention, clock);

    public Task<Message> AnswerAsync(Asker asker, ReviewRequest request, CancellationToken cancellation) => request.Match(
        async show => await page.OfAsync(asker.OrganizationId, await OwnAsync(asker, show.Key, cancellation), asker.Zone, cancellation),
        list => ListAsync(asker, list, cancellation),
        decide => DecideAsync(asker, decide, cancellation));

    async Task<Message> ListAsync(Asker asker, ReviewRequest.List request, CancellationToken cancellation)
    {
        var staged = await OwnAsync(asker, request.Key, cancellation);
        var decisions = await Decisions.OfAsync(connection, asker.OrganizationId, staged.Journey.CampaignId);
        if (decisions.Count == 0) return Message.Say($"Nothing was decided about **{request.Key}** yet. `review decide {request.Key}` keeps what you decide.");
        var shown = decisions.Skip((request.Page - 1) * PerPage).Take(PerPage).Select(one => one.Line(asker.Zone));
        return Paged.Message($"review list {request.Key}", request.Page, decisions.Count, PerPage, string.Join('\n', shown));
    }

    async Task<Message> DecideAsync(Asker asker, ReviewRequest.Decide request, CancellationToken cancellation)
    {
        var staged = await OwnAsync(asker, request.Key, cancellation);
        var decided = request.Decided.Trim();
        if (decided.Length == 0) throw new RefusalException("`--decided` says nothing.", "--decided");
        if (decided.Length > LongestDecision) throw new RefusalException($"`--decided` takes at most {LongestDecision} characters; these are {decided.Length}.", "--decided");
        if (staged.StartedAt is null) throw new RefusalException($"**{request.Key}** has not started: there are no figures yet to decide by.");

        await Decisions.KeepAsync(
            connection, asker.OrganizationId, staged.Journey.CampaignId, asker.PersonId, decided, await page.FiguresAsync(asker.OrganizationId, staged), clock.Now);
        await audit.WriteAsync(asker.OrganizationId, asker.Does(AuditActions.ReviewDecide) with { Campaign = request.Key, After = new() { ["decided"] = decided } }, cancellation);
        return Message.Say($"Kept, with the figures of this moment. `review list {request.Key}` shows all that was decided.")
            .With(await NextSteps.OfAsync(connection, asker, staged.Campaign, "review show"));
    }

    async Task<StagedCampaign> OwnAsync(Asker asker, string key, CancellationToken cancellation)
    {
        var staged = await StagedCampaign.FindAsync(connection, journeys, asker.OrganizationId, key, cancellation);
        asker.MustActFor(staged.Campaign);
        return staged;
    }
}
