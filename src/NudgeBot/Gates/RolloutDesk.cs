using Dapper;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;
using NudgeBot.Enrollment;
using NudgeBot.Governance;

namespace NudgeBot.Gates;

/// <summary>How far a campaign reaches, and whether it may reach further.</summary>
sealed class RolloutDesk(NpgsqlConnection connection, AuditTrail audit, ProductClock clock, Journeys journeys, CampaignStore campaigns)
{
    /// <summary>Characters of an answer: the button that confirms carries them all.</summary>
    const int LongestAnswer = 450;

    const int ShownMoves = 3;

    readonly GateReading reading = new(connection, clock);
    readonly RolloutMoves moves = new(connection, clock);

    public Task<Message> AnswerAsync(Asker asker, RolloutRequest request, CancellationToken cancellation) => request.Match(
        show => ShowAsync(asker, show.Key, cancellation),
        set => SetAsync(asker, set, cancellation),
        advance => AdvanceAsync(asker, advance, cancellation),
        back => BackAsync(asker, back.Key, cancellation),
        gate => GateAsync(asker, gate.Key, cancellation));

    async Task<Message> ShowAsync(Asker asker, string key, CancellationToken cancellation)
    {
        var staged = await OwnAsync(asker, key, cancellation);
        var campaign = staged.Campaign;
        var (reached, waiting) = await connection.QuerySingleAsync<(int, int)>("""
            select count(*) filter (where state <> 'waiting')::int, count(*) filter (where state = 'waiting')::int
            from enrollments where organization_id = @OrganizationId and campaign_id = @CampaignId
            """, new { asker.OrganizationId, staged.Journey.CampaignId });
        var text = $"""
            **{key}** is {(staged.State == CampaignState.Draft ? "a draft" : Words.Of(staged.State))} and reaches {campaign.RolloutPercent} % of its audience, by {Words.Of(campaign.RolloutUnit)}; its stages are {Stages(campaign.RolloutStages)}.
            {reached} people are in, {waiting} wait.{(campaign.RolloutClosed ? " Since it went back nobody new is taken in." : "")}
            """;
        var blocks = new List<Block> { new Block.Text(text), new Block.Text($"**The gate**\n{GateText.Of(await JudgeAsync(asker.OrganizationId, staged))}") };
        var latest = await moves.LatestAsync(asker.OrganizationId, staged.Journey.CampaignId, ShownMoves);
        if (latest.Count > 0) blocks.Add(new Block.Text($"**Moved**\n{string.Join('\n', latest.Select(move => Told(move, asker)))}"));
        if (staged.State != CampaignState.Ended && Buttons(campaign) is { Count: > 0 } buttons) blocks.Add(new Block.Buttons(buttons));
        blocks.Add(await NextSteps.OfAsync(connection, asker, campaign, "rollout show"));
        return new Message(blocks);
    }

    async Task<Message> GateAsync(Asker asker, string key, CancellationToken cancellation)
    {
        var staged = await OwnAsync(asker, key, cancellation);
        return Message.Of(
            new Block.Text($"**The gate of {key}**, at {staged.Campaign.RolloutPercent} %\n{GateText.Of(await JudgeAsync(asker.OrganizationId, staged))}"),
            new Block.Context($"Figures of the last {staged.Campaign.Gate.Days} days; intervals are 95 %. Nothing of fewer than five people is told."),
            await NextSteps.OfAsync(connection, asker, staged.Campaign, "gate show"));
    }

    async Task<Message> SetAsync(Asker asker, RolloutRequest.Set request, CancellationToken cancellation)
    {
        var staged = await ChangeableAsync(asker, request.Key, cancellation);
        var (campaign, runs) = (staged.Campaign, staged.State == CampaignState.Running);
        var changed = campaign with
        {
            RolloutPercent = request.Percent,
            RolloutClosed = false,
            RolloutStages = request.Stages is { } typed
                ? RolloutStages.Parse(typed) ?? throw new RefusalException($"The stages {RolloutStages.Fault([])}", "--stages")
                : campaign.RolloutStages,
            RolloutUnit = request.Unit ?? campaign.RolloutUnit,
        };
        if (runs && changed.RolloutUnit != campaign.RolloutUnit)
            throw new RefusalException($"**{campaign.Key}** has started: people are drawn by {Words.Of(campaign.RolloutUnit)} already, and stay so.", "--unit");
        if (runs && changed.RolloutPercent > campaign.RolloutPercent && request.Override is null)
            throw new RefusalException($"Beyond {campaign.RolloutPercent} % it goes through the gate: `rollout advance {campaign.Key}`. Or say with `--override` why it goes past it.", "--override");
        if (CampaignFile.Write(changed) == CampaignFile.Write(campaign)) return Message.Say($"The rollout of **{campaign.Key}** is like that already.");

        await ChangeAsync(asker, staged, changed, AuditActions.RolloutSet, new RolloutMove(campaign.RolloutPercent, request.Percent, Override: request.Override), figures: null);
        return Message.Say($"**{campaign.Key}** reaches {changed.RolloutPercent} % now, by {Words.Of(changed.RolloutUnit)}; its stages are {Stages(changed.RolloutStages)}. "
            + "Who is in stays in.").With(await NextSteps.OfAsync(connection, asker, changed, "rollout set"));
    }

    async Task<Message> AdvanceAsync(Asker asker, RolloutRequest.Advance request, CancellationToken cancellation)
    {
        var staged = await ChangeableAsync(asker, request.Key, cancellation);
        var campaign = staged.Campaign;
        if (staged.State != CampaignState.Running)
            throw new RefusalException($"**{campaign.Key}** has not started: there is nothing to learn from yet. `rollout set {campaign.Key} PERCENT` changes where it begins.");
        if (campaign.RolloutStages.After(campaign.RolloutPercent) is not { } to)
            throw new RefusalException($"**{campaign.Key}** reaches {campaign.RolloutPercent} % already: there is no stage after that.");
        if (request.To is { } shown && shown != to)
            throw new RefusalException($"The rollout of **{campaign.Key}** was moved meanwhile: it is at {campaign.RolloutPercent} % now. Look at it with `rollout show {campaign.Key}`.");
        MustBeAnswers(("--learned", request.Learned), ("--needs", request.Needs), ("--override", request.Override));

        var figures = await JudgeAsync(asker.OrganizationId, staged);
        if (request.Override is null)
        {
            if (request.Evidence == Evidence.No)
                throw new RefusalException("You say that the evidence does not support it. If it is right all the same, say with `--override` why.", "--override");
            if (!figures.IsPassed())
                throw new RefusalException($"The gate from {campaign.RolloutPercent} % to {to} % is not passed:\n{GateText.Of(figures)}\nIf it is right all the same, say with `--override` why.", "--override");
        }
        if (!request.Confirm) return await AskAsync(asker, staged, request, to, figures);

        var changed = campaign with { RolloutPercent = to, RolloutClosed = false };
        var move = new RolloutMove(campaign.RolloutPercent, to, request.Learned, request.Evidence == Evidence.Yes, request.Needs, request.Override);
        await ChangeAsync(asker, staged, changed, AuditActions.RolloutAdvance, move, figures);
        return Message.Say($"**{campaign.Key}** reaches {to} % now: whom that adds is taken in within minutes. Who is in stays in.")
            .With(await NextSteps.OfAsync(connection, asker, changed, "rollout advance"));
    }

    async Task<Message> AskAsync(Asker asker, StagedCampaign staged, RolloutRequest.Advance request, int to, IReadOnlyList<GateFigure> figures)
    {
        var campaign = staged.Campaign;
        var more = await connection.QuerySingleAsync<int>("""
            select count(*)::int from enrollments
            where organization_id = @OrganizationId and campaign_id = @CampaignId and state = 'waiting' and rollout_bucket < @reached
            """, new { asker.OrganizationId, staged.Journey.CampaignId, reached = to * (Draw.Buckets / 100) });
        List<string> line =
        [
            "rollout", "advance", campaign.Key, "--learned", InALine(request.Learned), "--evidence", Words.Of(request.Evidence), "--needs", InALine(request.Needs),
            .. request.Override is { } why ? ["--override", InALine(why)] : Array.Empty<string>(), "--to", to.ToString(), "--confirm",
        ];
        return Message.Of(
            new Block.Text($"**{campaign.Key}** would go from {campaign.RolloutPercent} % to {to} %, which takes {more} more people in."),
            new Block.Text($"**The gate**\n{GateText.Of(figures)}"),
            new Block.Buttons(new Button(ActionIds.Command, Blank.LineOf(line), $"Go to {to} %", ButtonStyle.Primary)));
    }

    async Task<Message> BackAsync(Asker asker, string key, CancellationToken cancellation)
    {
        var staged = await ChangeableAsync(asker, key, cancellation);
        var campaign = staged.Campaign;
        if (campaign.RolloutPercent == 0) throw new RefusalException($"**{key}** reaches nobody already.");
        var to = campaign.RolloutStages.Before(campaign.RolloutPercent);
        var changed = campaign with { RolloutPercent = to, RolloutClosed = to > 0 };
        await ChangeAsync(asker, staged, changed, AuditActions.RolloutBack, new RolloutMove(campaign.RolloutPercent, to), figures: null);
        // From nobody at all it goes through the gate, as every step further does.
        var again = to > 0 ? NextSteps.Line($"rollout set {key} {to}", "Take people in again") : NextSteps.Line($"rollout advance {key}", $"Advance to {campaign.RolloutStages[0]} %");
        return Message.Say($"**{key}** is back at {to} %: nobody new is taken in. People under way go on. `{again.Payload}` takes people in again, `campaign pause {key}` stops the messages.")
            .With(new Block.Buttons(again), await NextSteps.OfAsync(connection, asker, changed, "rollout back"));
    }

    async Task<StagedCampaign> OwnAsync(Asker asker, string key, CancellationToken cancellation)
    {
        var staged = await StagedCampaign.FindAsync(connection, journeys, asker.OrganizationId, key, cancellation);
        asker.MustActFor(staged.Campaign);
        return staged;
    }

    async Task<StagedCampaign> ChangeableAsync(Asker asker, string key, CancellationToken cancellation)
    {
        var staged = await StagedCampaign.FindAsync(connection, journeys, asker.OrganizationId, key, cancellation);
        asker.MustChange(staged.Campaign);
        staged.MustNotHaveEnded();
        return staged;
    }

    async Task<IReadOnlyList<GateFigure>> JudgeAsync(int organizationId, StagedCampaign staged) =>
        Gate.Judge(await reading.CountAsync(organizationId, staged.Journey, staged.StartedAt), staged.Campaign.Gate, staged.Campaign.Goals);

    /// <param name="figures">Those that were judged; null: none were, and they are kept as they are now.</param>
    async Task ChangeAsync(Asker asker, StagedCampaign staged, Campaign changed, string action, RolloutMove move, IReadOnlyList<GateFigure>? figures)
    {
        figures ??= await JudgeAsync(asker.OrganizationId, staged);
        await staged.ChangeAsync(connection, campaigns, asker.OrganizationId, changed);
        await moves.KeepAsync(asker.OrganizationId, staged.Journey.CampaignId, asker.PersonId, move, figures);
        await audit.WriteAsync(asker.OrganizationId, asker.Does(action) with
        {
            Campaign = changed.Key,
            Why = move.Override,
            Before = Rollout(staged.Campaign),
            After = Rollout(changed),
        });
    }

    static AuditValues Rollout(Campaign campaign) => new()
    {
        ["percent"] = campaign.RolloutPercent.ToString(),
        ["unit"] = Words.Of(campaign.RolloutUnit),
        ["stages"] = Stages(campaign.RolloutStages),
        ["newcomers"] = campaign.RolloutClosed ? "no" : "yes",
    };

    static void MustBeAnswers(params IEnumerable<(string Option, string? Answer)> answers)
    {
        foreach (var (option, answer) in answers)
        {
            if (answer is { } text && string.IsNullOrWhiteSpace(text)) throw new RefusalException($"`{option}` says nothing.", option);
            if (answer?.Length > LongestAnswer) throw new RefusalException($"`{option}` takes at most {LongestAnswer} characters; these are {answer.Length}.", option);
        }
    }

    /// <summary>The confirming line is read once more: no quote may end the words too early.</summary>
    static string InALine(string answer) => string.Concat(answer.Select(letter => char.IsWhiteSpace(letter) ? ' ' : Typography.PlainQuote(letter) == '"' ? '\'' : letter)).Trim();

    static List<Button> Buttons(Campaign campaign)
    {
        var buttons = new List<Button>();
        if (campaign.RolloutStages.After(campaign.RolloutPercent) is { } next) buttons.Add(new Button(ActionIds.Command, $"rollout advance {campaign.Key}", $"Advance to {next} %"));
        if (campaign.RolloutPercent > 0)
            buttons.Add(new Button(ActionIds.Command, $"rollout back {campaign.Key}", $"Back to {campaign.RolloutStages.Before(campaign.RolloutPercent)} %"));
        return buttons;
    }

    static string Told(KeptMove move, Asker asker)
    {
        string?[] said =
        [
            move.Learned is { } learned ? $"Learned: {Markdown.Escape(learned)}" : null,
            move.Evidence is { } evidence ? $"The evidence supports it: {(evidence ? "yes" : "no")}" : null,
            move.Needs is { } needs ? $"Needs: {Markdown.Escape(needs)}" : null,
            move.Override is { } why ? $"Past the gate, because: {Markdown.Escape(why)}" : null,
        ];
        var at = move.At.InZone(asker.Zone).ToString("uuuu-MM-dd HH:mm", null);
        return string.Join(". ", said.OfType<string>().Prepend($"- {at}, {move.Email ?? "not by a person"}: {move.FromPercent} % to {move.ToPercent} %"));
    }

    static string Stages(IReadOnlyList<int> stages) => string.Join(", ", stages.Select(stage => $"{stage} %"));
}
