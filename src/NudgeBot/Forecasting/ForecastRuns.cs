using System.Globalization;
using System.Text.Json;
using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.Notices;

namespace NudgeBot.Forecasting;

/// <summary>How far a forecast is that somebody asked for.</summary>
/// <param name="Message">The forecast, or why there is none; null while it is being worked out.</param>
public sealed record ForecastState(string CampaignKey, int Percent, string Doing, Message? Message)
{
    public bool IsDone => Message is not null;
}

/// <summary>
/// Forecasts that people asked for in chat: a row each, worked out by a job, which keeps in it how far it is. A run that was cut short is taken up again by
/// whoever comes next, when its lease has run out; it begins anew, as it has changed nothing.
/// </summary>
public sealed class ForecastRuns(NpgsqlDataSource database, CampaignForecasts forecasts, NoticeBox notices, ProductClock clock)
{
    const int MostAttempts = 3;

    /// <summary>Letters, which every platform takes in one message with all that is around them.</summary>
    const int LongestNotice = 8_000;

    /// <summary>After that the people in it are others, and their addresses are not kept for nothing.</summary>
    static readonly Duration Kept = Duration.FromDays(7);

    /// <returns>The forecast's id: of the one that is under way, where the same person asked for the same already.</returns>
    /// <exception cref="UnknownCampaignException"/>
    public async Task<long> RequestAsync(
        NpgsqlConnection connection, int organizationId, string campaignKey, long personId, CancellationToken cancellation = default)
    {
        if (!await connection.QuerySingleAsync<bool>(
            "select exists (select from campaigns where organization_id = @organizationId and key = @campaignKey)", new { organizationId, campaignKey }))
            throw new UnknownCampaignException(campaignKey);
        return await connection.QuerySingleAsync<long>(new CommandDefinition("""
            insert into forecasts (organization_id, campaign_key, person_id, asked_at)
            values (@organizationId, @campaignKey, @personId, @now)
            on conflict (organization_id, campaign_key, person_id) where finished_at is null do update set asked_at = forecasts.asked_at
            returning id
            """, new { organizationId, campaignKey, personId, now = clock.Now }, cancellationToken: cancellation));
    }

    /// <param name="personId">Who asked: a forecast is shown to nobody else.</param>
    /// <returns>Null: there is none, or it is kept no more.</returns>
    public async Task<ForecastState?> StateAsync(int organizationId, long id, long personId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<Row>("""
            select campaign_key, percent, doing, message
            from forecasts where organization_id = @organizationId and id = @id and person_id = @personId
            """, new { organizationId, id, personId });
        return row is null ? null : new ForecastState(
            row.CampaignKey, row.Percent, row.Doing,
            row.Message is null ? null : JsonSerializer.Deserialize<Message>(row.Message));
    }

    /// <summary>The newest one of the campaign as it is now, of today.</summary>
    /// <returns>Null: there is none.</returns>
    public async Task<Message?> LatestAsync(NpgsqlConnection connection, int organizationId, string campaignKey, long personId)
    {
        var message = await connection.QueryFirstOrDefaultAsync<string?>("""
            select f.message
            from forecasts f
            join campaigns c on c.organization_id = f.organization_id and c.key = f.campaign_key
            where f.organization_id = @organizationId and f.campaign_key = @campaignKey and f.person_id = @personId
              and f.foreseen and f.journey_version_id = c.journey_version_id and f.finished_at > @yesterday
            order by f.id desc
            """, new { organizationId, campaignKey, personId, yesterday = clock.Now - Duration.FromDays(1) });
        return message is null ? null : JsonSerializer.Deserialize<Message>(message);
    }

    /// <summary>Works out what was asked for, one after the other, and forgets what is old.</summary>
    public async Task RunAsync(int organizationId, CancellationToken cancellation = default)
    {
        await ForgetAsync(organizationId, cancellation);
        while (!cancellation.IsCancellationRequested && await TakeAsync(organizationId, cancellation) is { } taken)
            await WorkOutAsync(organizationId, taken, cancellation);
    }

    /// <summary>A past moment where something is asked for that nobody works on; null: nothing is.</summary>
    public async Task<Instant?> NextAsync(int organizationId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<Instant?>($"""
            select min(asked_at) from forecasts
            where organization_id = @organizationId and finished_at is null and (leased_until is null or {Leases.ExpiredSql})
            """, new { organizationId });
    }

    async Task WorkOutAsync(int organizationId, Taken taken, CancellationToken cancellation)
    {
        if (taken.Attempts > MostAttempts)
        {
            await FinishAsync(organizationId, taken.Id, Message.Say($"The forecast of **{taken.CampaignKey}** was begun {MostAttempts} times and never came to its end. Ask the operators to look into the log."), foreseen: false);
            return;
        }
        try
        {
            var forecast = await forecasts.RunAsync(
                organizationId, taken.CampaignKey, progress: new Noted(database, organizationId, taken.Id), cancellation: cancellation);
            await FinishAsync(organizationId, taken.Id, ForecastText.Of(forecast), foreseen: true);
        }
        catch (Exception e) when (e is ForecastException or UnknownCampaignException)
        {
            await FinishAsync(organizationId, taken.Id, Message.Say(Markdown.Escape(e.Message)), foreseen: false);
        }
        catch (OperationCanceledException)
        {
            await GiveBackAsync(organizationId, taken.Id);
            throw;
        }
    }

    /// <summary>The result is kept, and whoever asked is told; who finished second, after a lease ran out, changes nothing.</summary>
    async Task FinishAsync(int organizationId, long id, Message message, bool foreseen)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        var personId = await connection.QuerySingleOrDefaultAsync<long?>("""
            update forecasts
            set finished_at = @now, percent = 100, doing = '', leased_until = null, message = @message, foreseen = @foreseen
            where organization_id = @organizationId and id = @id and finished_at is null
            returning person_id
            """, new { organizationId, id, now = clock.Now, message = JsonSerializer.Serialize(message), foreseen });
        // Whoever asked waits for it, whatever the hour.
        if (personId is { } asked) await notices.AddAsync(connection, organizationId, asked, foreseen ? await NoticeAsync(connection, organizationId, id, message) : message, NoticeKind.Alert);
        await transaction.CommitAsync();
    }

    /// <summary>A notice is one message, and must not be cut: of a forecast that is longer it has the beginning, and a button that shows the rest.</summary>
    static async Task<Message> NoticeAsync(NpgsqlConnection connection, int organizationId, long id, Message message)
    {
        var key = await connection.QuerySingleAsync<string>("select campaign_key from forecasts where organization_id = @organizationId and id = @id", new { organizationId, id });
        var letters = message.Blocks.Sum(block => block.Match(text => text.Markdown.Length, prompt => prompt.Content.Length, buttons => 0, select => 0, context => context.Markdown.Length));
        var shown = letters <= LongestNotice ? message : Message.Of(
            message.Blocks[0], new Block.Buttons(NextSteps.Line(string.Create(CultureInfo.InvariantCulture, $"campaign forecast {key} --of {id}"), "Show all of it")));
        return shown.With(await NextSteps.AfterForecastAsync(connection, organizationId, key));
    }

    async Task<Taken?> TakeAsync(int organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<Taken>($"""
            update forecasts f
            set leased_until = {Leases.UntilSql}, attempts = f.attempts + 1, percent = 0, journey_version_id = (
              select c.journey_version_id from campaigns c where c.organization_id = f.organization_id and c.key = f.campaign_key)
            from (
              select id from forecasts
              where organization_id = @organizationId and finished_at is null and (leased_until is null or {Leases.ExpiredSql})
              order by asked_at, id
              limit 1
              for update skip locked) first
            where f.organization_id = @organizationId and f.id = first.id
            returning f.id, f.campaign_key, f.attempts
            """, new { organizationId });
    }

    /// <summary>A clean stop is no attempt that failed.</summary>
    async Task GiveBackAsync(int organizationId, long id)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await connection.ExecuteAsync("""
            update forecasts set leased_until = null, attempts = attempts - 1
            where organization_id = @organizationId and id = @id and finished_at is null
            """, new { organizationId, id });
    }

    async Task ForgetAsync(int organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(
            "delete from forecasts where organization_id = @organizationId and finished_at < @before", new { organizationId, before = clock.Now - Kept });
    }

    /// <summary>Writes at once, and so holds up the run for a moment: it is told some twenty times, and each time the lease begins anew.</summary>
    sealed class Noted(NpgsqlDataSource database, int organizationId, long id) : IProgress<Progress>
    {
        public void Report(Progress progress)
        {
            using var connection = database.OpenConnection();
            connection.Execute($"""
                update forecasts set doing = @Doing, percent = @percent, leased_until = {Leases.UntilSql}
                where organization_id = @organizationId and id = @id and finished_at is null
                """, new { organizationId, id, progress.Doing, percent = progress.Of is > 0 and var of ? (int)(progress.Done * 100 / of) : 0 });
        }
    }

    sealed record Taken(long Id, string CampaignKey, short Attempts);

    sealed record Row
    {
        public string CampaignKey { get; init; } = "";
        public short Percent { get; init; }
        public string Doing { get; init; } = "";
        public string? Message { get; init; }
    }
}
