using System.Globalization;
using Dapper;
using NodaTime;
using NodaTime.Text;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;
using NudgeBot.Enrollment;
using NudgeBot.Forecasting;
using NudgeBot.Governance;
using NudgeBot.Guides;
using NudgeBot.Nudging;
using NudgeBot.Retention;

namespace NudgeBot.Campaigns;

/// <summary>What owners and administrators do with campaigns.</summary>
sealed class CampaignDesk(
    NpgsqlConnection connection, AuditTrail audit, Journeys journeys, CampaignStore store, Pauses pauses, TextLibrary library, StepPreviews previews, ForecastRuns forecasts, ReportDesk reports, ContentFolder content,
    ProductClock clock)
{
    const string Shipped = "first-60-days";

    readonly CampaignPages pages = new(connection);

    public Task<Message> AnswerAsync(Asker asker, CampaignRequest request, CancellationToken cancellation) => request.Match(
        list => pages.ListAsync(asker, list.Page),
        async show => await pages.ShowAsync(asker, await LatestAsync(asker, show.Key, cancellation)),
        create => CreateAsync(asker, create, cancellation),
        edit => EditAsync(asker, edit.Key, edit.BasedOn, campaign => campaign.With(edit.Change, asker.Today(clock.Now)), cancellation),
        edit => EditAsync(asker, edit.Key, edit.BasedOn, campaign => campaign.With(edit.Step, edit.Change), cancellation),
        edit => EditAsync(asker, edit.Key, edit.BasedOn, campaign => campaign.With(PlaceOf(campaign, edit), edit.Words!.Trim()), cancellation),
        move => MoveAsync(asker, move.Key, cancellation),
        apply => ApplyAsync(asker, apply.Yaml!, apply.Draft, cancellation),
        export => ExportAsync(asker, export.Key, cancellation),
        preview => PreviewAsync(asker, preview, cancellation),
        forecast => ForecastAsync(asker, forecast, cancellation),
        report => ReportAsync(asker, report, cancellation),
        pause => ChangeAsync(
            asker, pause.Key, AuditActions.CampaignPause, pauses.PauseCampaignAsync, $"**{pause.Key}** is paused: nothing more goes out.", $"**{pause.Key}** was paused already.", cancellation),
        resume => ChangeAsync(asker, resume.Key, AuditActions.CampaignResume, pauses.ResumeCampaignAsync, $"**{resume.Key}** goes on.", $"**{resume.Key}** was not paused.", cancellation),
        end => ChangeAsync(
            asker, end.Key, AuditActions.CampaignEnd, pauses.EndCampaignAsync, $"**{end.Key}** has ended; what was planned is skipped.", $"**{end.Key}** had ended already.", cancellation));

    /// <summary>Nothing is done but to find what would be refused. Only for what a form shows before it is sent.</summary>
    /// <exception cref="RefusalException">It would be.</exception>
    public async Task CheckAsync(Asker asker, CampaignRequest request, CancellationToken cancellation)
    {
        if (request is CampaignRequest.Create create) Check(await NewAsync(asker, create, cancellation));
        if (request is CampaignRequest.Edit edit)
            Check(await EditedAsync(asker, await LatestAsync(asker, edit.Key, cancellation), campaign => campaign.With(edit.Change, asker.Today(clock.Now))));
    }

    async Task<Message> CreateAsync(Asker asker, CampaignRequest.Create create, CancellationToken cancellation)
    {
        var campaign = await NewAsync(asker, create, cancellation);
        var made = await StoreAsync(asker, AuditActions.CampaignCreate, campaign, basedOn: null, asDraft: true, cancellation);
        return made.With(new Block.Text(await pages.CountAsync(asker, campaign.Audience)), await NextAsync(asker, campaign, "campaign create"));
    }

    async Task<Campaign> NewAsync(Asker asker, CampaignRequest.Create create, CancellationToken cancellation)
    {
        if (await ExistsAsync(asker, create.Key)) throw new RefusalException($"There is a campaign {create.Key} already.", "NEW-KEY");
        var owner = await NamedPerson.FindAsync(connection, asker.OrganizationId, create.Owner, "--owner");
        var template = await TemplateAsync(asker, create.Template ?? Shipped, cancellation);
        var today = asker.Today(clock.Now);
        var campaign = (template with
        {
            Key = create.Key,
            Name = create.Key,
            Tool = create.Tool,
            ToolName = create.Tool,
            OwnerEmail = owner.Email,
            Start = create.Start.From(today),
            Audience = Audience.Everyone,
            RolloutPercent = template.RolloutStages[0],
            Managed = ManagedBy.Chat,
        }).With(create.Change, today);
        if (campaign.Start < today) throw new RefusalException($"{campaign.Start:uuuu-MM-dd} has passed. Say a date that is still to come.", "--start");
        return campaign;
    }

    async Task<Message> EditAsync(Asker asker, string key, int? basedOn, Func<Campaign, Campaign> edit, CancellationToken cancellation)
    {
        var journey = await LatestAsync(asker, key, cancellation);
        var edited = await EditedAsync(asker, journey, edit);
        var said = await StoreAsync(asker, AuditActions.CampaignEdit, edited, basedOn, asDraft: true, cancellation);
        if (edited.Audience != journey.Campaign.Audience) said = said.With(new Block.Text(await pages.CountAsync(asker, edited.Audience)));
        return said.With(await NextAsync(asker, edited, "campaign edit"));
    }

    async Task<Campaign> EditedAsync(Asker asker, Journey journey, Func<Campaign, Campaign> edit)
    {
        var campaign = journey.Campaign;
        asker.MustChange(campaign);
        var edited = edit(campaign);
        if (edited.Start != campaign.Start && await HasStartedAsync(asker, campaign.Key))
            throw new RefusalException($"**{campaign.Key}** has started: its start stays what it is.", "--start");
        return edited;
    }

    /// <summary>An operator's file is the launch, unless it says otherwise.</summary>
    async Task<Message> ApplyAsync(Asker asker, string yaml, bool asDraft, CancellationToken cancellation)
    {
        var read = CampaignFile.Parse(Unfenced(yaml));
        if (read.Campaign is not { } campaign)
            throw new RefusalException(string.Join('\n', read.Errors.Select(error => $"- line {error.Line}, column {error.Column}: {error.Message}")), "YAML");
        if (asker.Place != Asker.Terminal)
        {
            if (await ExistsAsync(asker, campaign.Key)) asker.MustChange((await LatestAsync(asker, campaign.Key, cancellation)).Campaign);
            if (campaign.Managed == ManagedBy.File)
                throw new RefusalException("The file says `managed: file`: such a campaign is applied in the terminal. Write `managed: chat`, and it can be changed here as well.", "YAML");
        }
        var said = await StoreAsync(asker, AuditActions.CampaignApply, campaign, basedOn: null, asDraft, cancellation);
        if (asDraft || !await CampaignStore.ScheduleAsync(connection, asker.OrganizationId, campaign.Key)) return said.With(await NextAsync(asker, campaign, "campaign apply"));
        await audit.WriteAsync(asker.OrganizationId, asker.Does(AuditActions.CampaignLaunch) with { Campaign = campaign.Key }, cancellation);
        return new Message([.. said.Blocks, new Block.Text($"It is no draft any more: it starts on {LocalDatePattern.Iso.Format(campaign.Start)}.")]);
    }

    async Task<Message> StoreAsync(Asker asker, string action, Campaign campaign, int? basedOn, bool asDraft, CancellationToken cancellation)
    {
        Check(campaign);
        var stored = await store.ApplyAsync(connection, asker.OrganizationId, campaign, basedOn, asDraft);
        if (stored.Applied == Applied.Unchanged) return Message.Say($"**{campaign.Key}** is like that already; nothing was changed.");

        var (before, after) = AuditValues.OfLines("definition", stored.Before ?? "", stored.After);
        (after ??= new AuditValues())["version"] = stored.Version.ToString(CultureInfo.InvariantCulture);
        await audit.WriteAsync(asker.OrganizationId, asker.Does(action) with { Campaign = campaign.Key, Before = before, After = after }, cancellation);
        return Message.Say(
            stored.Applied == Applied.Created && asDraft ? $"**{campaign.Key}** is a draft: nobody is taken in before `campaign launch {campaign.Key}`. It would start on {LocalDatePattern.Iso.Format(campaign.Start)}."
            : stored.Applied == Applied.Created ? $"**{campaign.Key}** is scheduled: it starts on {LocalDatePattern.Iso.Format(campaign.Start)}, when that date begins in the first of the people's time zones."
            : $"**{campaign.Key}** has version {stored.Version} now. People under way keep theirs, unless you say `campaign move {campaign.Key}`; who joins from now on gets the new one.");
    }

    void Check(Campaign campaign)
    {
        if (library.Check(campaign) is { Count: > 0 } lacking) throw new RefusalException(string.Join('\n', lacking));
    }

    async Task<Message> MoveAsync(Asker asker, string key, CancellationToken cancellation)
    {
        var journey = await LatestAsync(asker, key, cancellation);
        asker.MustActFor(journey.Campaign);
        var (moved, busy) = await new Moving(connection, journeys).RunAsync(asker.OrganizationId, journey, clock.Now, cancellation);
        if (moved > 0)
        {
            await audit.WriteAsync(
                asker.OrganizationId, asker.Does(AuditActions.CampaignMove) with { Campaign = key, After = new() { ["people"] = moved.ToString(CultureInfo.InvariantCulture) } }, cancellation);
        }
        var said = moved == 0 && busy == 0 ? $"Everybody under way has the newest version of **{key}**." : $"{moved} went over to the newest version of **{key}**.";
        return Message.Say(busy == 0 ? said : $"{said} {busy} are just being written to: say it again in a minute.");
    }

    async Task<Message> ExportAsync(Asker asker, string key, CancellationToken cancellation) =>
        Message.Of(new Block.Prompt(CampaignFile.Write((await LatestAsync(asker, key, cancellation)).Campaign).TrimEnd()));

    async Task<Message> PreviewAsync(Asker asker, CampaignRequest.Preview preview, CancellationToken cancellation) =>
        previews.Of((await LatestAsync(asker, preview.Key, cancellation)).Campaign, preview, asker.Locale);

    /// <summary>It takes a while: it is asked for, and shown when it is there.</summary>
    async Task<Message> ForecastAsync(Asker asker, CampaignRequest.Forecast forecast, CancellationToken cancellation)
    {
        if (forecast.Asked is not { } asked)
        {
            asker.MustActFor((await LatestAsync(asker, forecast.Key, cancellation)).Campaign);
            var id = await forecasts.RequestAsync(connection, asker.OrganizationId, forecast.Key, asker.PersonId!.Value, cancellation);
            return HowFar(forecast.Key, id, $"I am working out what **{forecast.Key}** would do. It takes up to a minute or two.");
        }
        var state = await forecasts.StateAsync(asker.OrganizationId, asked, asker.PersonId!.Value, cancellation)
            ?? throw new RefusalException($"That forecast is not kept any more. `campaign forecast {forecast.Key}` makes a new one.");
        return state.Message is { } message
            ? message.With(await NextSteps.AfterForecastAsync(connection, asker.OrganizationId, forecast.Key))
            : HowFar(forecast.Key, asked, $"{state.Percent} %. {state.Doing}");
    }

    async Task<Message> ReportAsync(Asker asker, CampaignRequest.Report report, CancellationToken cancellation)
    {
        var campaign = (await LatestAsync(asker, report.Key, cancellation)).Campaign;
        asker.MustActFor(campaign);
        var figures = await reports.AnswerAsync(asker, new ReportRequest.Retention(report.Key, report.By, Csv: false), cancellation);
        var further = Enum.GetValues<Grouping>().Where(one => one is not Grouping.All && one != report.By).Select(one => new Option(Words.Of(one), $"By {Words.Of(one).Replace('-', ' ')}"));
        return figures.With(new Block.Select(ActionIds.CommandChoice, $"campaign report {report.Key} --by", "Break it down", [.. further]), await NextAsync(asker, campaign, "campaign report"));
    }

    async Task<Message> ChangeAsync(
        Asker asker, string key, string action, Func<NpgsqlConnection, int, string, Task<bool>> change, string changed, string unchanged, CancellationToken cancellation)
    {
        var journey = await LatestAsync(asker, key, cancellation);
        asker.MustActFor(journey.Campaign);
        if (await change(connection, asker.OrganizationId, key))
        {
            await audit.WriteAsync(asker.OrganizationId, asker.Does(action) with { Campaign = key }, cancellation);
        }
        else if (await HasEndedAsync(asker, key)) changed = $"**{key}** has ended; that cannot be undone.";
        else changed = unchanged;
        return Message.Say(changed).With(await NextAsync(asker, journey.Campaign, action.Replace('.', ' ')));
    }

    Task<Block.Buttons> NextAsync(Asker asker, Campaign campaign, string but) => NextSteps.OfAsync(connection, asker, campaign, but);

    static Message HowFar(string key, long asked, string far) => Message.Of(
        new Block.Text(far), new Block.Buttons(new Button(ActionIds.Command, string.Create(CultureInfo.InvariantCulture, $"campaign forecast {key} --of {asked}"), "How far is it?")));

    /// <summary>A campaign that there is, else a file of the content folder.</summary>
    async Task<Campaign> TemplateAsync(Asker asker, string name, CancellationToken cancellation)
    {
        if (await ExistsAsync(asker, name)) return (await LatestAsync(asker, name, cancellation)).Campaign;
        return ContentCampaigns.Find(content, name) ?? throw new RefusalException(
            $"There is no journey {Markdown.Escape(name)} to take. There are: {string.Join(", ", ContentCampaigns.Names(content))}, and every campaign of `campaign list`.", "--template");
    }

    static string PlaceOf(Campaign campaign, CampaignRequest.EditText edit) =>
        $"{edit.Locale ?? "en"}/{edit.Role ?? Places.AnyRole}/{campaign.StepWith(edit.Step).TextFor(campaign.Variants[0])}";

    Task<Journey> LatestAsync(Asker asker, string key, CancellationToken cancellation) => journeys.LatestAsync(connection, asker.OrganizationId, key, cancellation);

    Task<bool> ExistsAsync(Asker asker, string key) => connection.QuerySingleAsync<bool>(
        "select exists (select from campaigns where organization_id = @OrganizationId and key = @key)", new { asker.OrganizationId, key });

    Task<bool> HasStartedAsync(Asker asker, string key) => connection.QuerySingleAsync<bool>(
        "select started_at is not null from campaigns where organization_id = @OrganizationId and key = @key", new { asker.OrganizationId, key });

    Task<bool> HasEndedAsync(Asker asker, string key) => connection.QuerySingleAsync<bool>(
        "select state = 'ended' from campaigns where organization_id = @OrganizationId and key = @key", new { asker.OrganizationId, key });

    /// <summary>Without the fence that chats put around code.</summary>
    static string Unfenced(string yaml)
    {
        var lines = yaml.ReplaceLineEndings("\n").Trim().Split('\n').ToList();
        if (lines[0].TrimStart().StartsWith("```")) lines.RemoveAt(0);
        if (lines.Count > 0 && lines[^1].Trim() == "```") lines.RemoveAt(lines.Count - 1);
        return string.Join('\n', lines);
    }
}
