using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;
using NudgeBot.Enrollment;
using NudgeBot.Governance;
using NudgeBot.Guides;
using NudgeBot.People;

namespace NudgeBot.Gates;

/// <summary>Launches drafts: what is missing is told all at once; what would happen is shown before it does.</summary>
sealed class LaunchDesk(NpgsqlConnection connection, AuditTrail audit, ProductClock clock, Journeys journeys, TextLibrary library, Checklist checklist, LaunchForecast forecast)
{
    public async Task<Message> LaunchAsync(Asker asker, ReadinessRequest.Launch request, CancellationToken cancellation)
    {
        var staged = await StagedCampaign.FindAsync(connection, journeys, asker.OrganizationId, request.Key, cancellation);
        var campaign = staged.Campaign;
        asker.MustActFor(campaign);
        staged.MustNotHaveEnded();
        if (staged.State != CampaignState.Draft) return await TellAsync(asker, campaign, $"**{campaign.Key}** was launched already; it starts on {campaign.Start:uuuu-MM-dd}.");

        var audience = await AudienceAsync(asker.OrganizationId, campaign);
        var missing = await MissingAsync(asker, staged, audience);
        if (missing.Count > 0)
            throw new RefusalException($"**{campaign.Key}** is not ready to be launched:\n{string.Join('\n', missing.Select(one => $"- {one.What}"))}")
            {
                Offers = [.. missing.Select(one => one.Mend).OfType<Button>(), NextSteps.Look(campaign.Key)],
            };
        if (!request.Confirm) return await AskAsync(asker, staged, audience, cancellation);

        if (!await CampaignStore.ScheduleAsync(connection, asker.OrganizationId, campaign.Key)) return await TellAsync(asker, campaign, $"**{campaign.Key}** was launched already.");
        await audit.WriteAsync(asker.OrganizationId, asker.Does(AuditActions.CampaignLaunch) with { Campaign = campaign.Key }, cancellation);
        return await TellAsync(asker, campaign, $"**{campaign.Key}** is launched: it starts on {campaign.Start:uuuu-MM-dd}, when that date begins in the first of the people's time zones. "
            + $"`campaign pause {campaign.Key}` holds its messages at any time.");
    }

    async Task<Message> TellAsync(Asker asker, Campaign campaign, string words) => Message.Say(words).With(await NextSteps.OfAsync(connection, asker, campaign, "campaign launch"));

    async Task<Message> AskAsync(Asker asker, StagedCampaign staged, PreflightReport audience, CancellationToken cancellation)
    {
        var campaign = staged.Campaign;
        if (await forecast.SummaryAsync(asker, staged, cancellation) is not { } summary)
        {
            return Message.Of(
                new Block.Text($"**{campaign.Key}** is ready. I am working out what will happen; that takes up to a minute or two. Look at it, then launch."),
                new Block.Buttons(new Button(ActionIds.Command, $"campaign launch {campaign.Key}", "Show me")));
        }
        var past = campaign.Start < clock.Now.InUtc().Date
            ? $" That date has passed: everybody's day 0 will be {campaign.Start:uuuu-MM-dd}, and the first messages go out as soon as they may."
            : "";
        return new Message(
        [
            new Block.Text($"**{campaign.Key}** would start on {campaign.Start:uuuu-MM-dd}.{past} Its audience has {audience.People} people who have not said stop, of whom "
                + $"{audience.Unreached.Count} cannot be reached today. It begins with {campaign.RolloutPercent} % of them, and {campaign.HoldoutPercent} % of these are measured and not nudged."),
            .. summary.Blocks,
            new Block.Buttons(new Button(ActionIds.Command, $"campaign launch {campaign.Key} --confirm", "Launch it", ButtonStyle.Primary)),
        ]);
    }

    async Task<IReadOnlyList<Missing>> MissingAsync(Asker asker, StagedCampaign staged, PreflightReport audience)
    {
        var (organizationId, campaign) = (asker.OrganizationId, staged.Campaign);
        var missing = new List<Missing>();
        if (campaign.Goals.Count == 0) missing.Add(new Missing($"It has no goal: `goal add {campaign.Key}`.", NextSteps.AddGoal(campaign.Key)));
        if (await Owner.FindAsync(connection, organizationId, campaign.OwnerEmail, clock.Now) is null)
            missing.Add(new Missing($"It has no owner: {campaign.OwnerEmail} is not on the roster, or has left. `owner set {campaign.Key}` names one.", NextSteps.Line($"owner set {campaign.Key}", "Name an owner")));
        foreach (var (item, row) in await ReadinessRow.OfAsync(connection, organizationId, staged.Journey.CampaignId, checklist))
        {
            var set = $"readiness set {campaign.Key} {item.Key}";
            if (row.State == ReadinessState.NotStarted) missing.Add(new Missing($"{Markdown.Escape(item.Name)} is not started: `{set}`.", NextSteps.Line(set, item.Name)));
            else if (row.OwnerId is null) missing.Add(new Missing($"{Markdown.Escape(item.Name)} is nobody's any more: `{set}`.", NextSteps.Line(set, item.Name)));
        }
        if (audience.People == 0) missing.Add(new Missing("Its audience is empty: nobody on the roster belongs to it."));
        else if (audience.Unreached.Count * 100L > (long)campaign.Gate.Unreachable * audience.People)
            missing.Add(new Missing(
                $"{audience.Unreached.Count} of the {audience.People} people of its audience cannot be reached; at most {campaign.Gate.Unreachable} % may be. `people check` says who, and why.",
                asker.May >= Needs.Admin ? NextSteps.Line("people check", "Who cannot be reached") : null));
        missing.AddRange(library.Check(campaign).Select(text => new Missing(Markdown.Escape(text))));
        return missing;
    }

    /// <param name="Mend">What opens where it is put right; null: that is elsewhere.</param>
    sealed record Missing(string What, Button? Mend = null);

    async Task<PreflightReport> AudienceAsync(int organizationId, Campaign campaign) =>
        await Preflight.CheckAsync(connection, organizationId, clock.Now, await AudienceSegments.OfAsync(connection, organizationId, campaign.Audience));
}
