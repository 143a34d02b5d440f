using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.Retention;

namespace NudgeBot.Gates;

/// <summary>What is looked at in a review: who still uses the tool, the gate's figures, the goals, what was decided last.</summary>
sealed class ReviewPage(NpgsqlConnection connection, RetentionMeasure retention, ProductClock clock)
{
    const int Weeks = 8;
    const int LastDecisions = 3;

    readonly GateReading reading = new(connection, clock);

    /// <param name="zone">Of whoever reads it.</param>
    public async Task<Message> OfAsync(int organizationId, StagedCampaign staged, DateTimeZone zone, CancellationToken cancellation)
    {
        var campaign = staged.Campaign;
        var report = await retention.RunAsync(organizationId, campaign.Key, [Grouping.All], Weeks, cancellation: cancellation);
        var decisions = await Decisions.OfAsync(connection, organizationId, staged.Journey.CampaignId);
        var blocks = new List<Block>
        {
            new Block.Text($"**Review of {campaign.Key}**: {Since(staged)}, and reaches {campaign.RolloutPercent} % of its audience."),
            new Block.Text(RetentionText.Heading(report)),
            new Block.Prompt(RetentionTable.OfTotal(report.Rows[0])),
            new Block.Text($"**The gate**\n{GateText.Of(await FiguresAsync(organizationId, staged))}"),
        };
        if (campaign.Goals.Count > 0) blocks.Add(new Block.Text($"**Goals**\n{string.Join('\n', campaign.Goals.Select(goal => $"- {GoalDesk.Told(goal)}"))}"));
        if (decisions.Count > 0) blocks.Add(new Block.Text($"**Decided last**\n{string.Join('\n', decisions.Take(LastDecisions).Select(one => one.Line(zone)))}"));
        if (staged is { State: CampaignState.Running, FirstDay: { } first })
            blocks.Add(new Block.Context($"The next review is due on {ReviewDates.After(first, clock.Now.InUtc().Date):uuuu-MM-dd}: every week for 90 days, then every month."));
        blocks.Add(new Block.Buttons(
        [
            new Button(ActionIds.Command, $"review decide {campaign.Key}", "Write down what was decided", ButtonStyle.Primary),
            .. decisions.Count > LastDecisions ? [new Button(ActionIds.Command, $"review list {campaign.Key}", "All decisions")] : Array.Empty<Button>(),
        ]));
        return new Message(blocks);
    }

    public async Task<IReadOnlyList<GateFigure>> FiguresAsync(int organizationId, StagedCampaign staged) =>
        Gate.Judge(await reading.CountAsync(organizationId, staged.Journey, staged.StartedAt), staged.Campaign.Gate, staged.Campaign.Goals);

    static string Since(StagedCampaign staged) => staged switch
    {
        { FirstDay: not { } } => "it has not started",
        { State: CampaignState.Ended, FirstDay: { } first } => $"it ran from {first:uuuu-MM-dd} and has ended",
        { FirstDay: { } first } => $"it has run since {first:uuuu-MM-dd}",
    };
}
