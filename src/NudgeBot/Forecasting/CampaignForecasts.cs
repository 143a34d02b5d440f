using System.Data;
using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Enrollment;
using NudgeBot.Nudging;
using NudgeBot.People;
using NudgeBot.Retention;

namespace NudgeBot.Forecasting;

/// <summary>
/// Runs a campaign on paper: everybody of its audience comes in as the enroller would take them, and time passes by the rules that planner and dispatcher
/// go by. Sends nothing, and can change nothing: it reads in a transaction that is read-only, and of one moment.
/// </summary>
/// <param name="perSecond">Messages a second and workspace, by the platform's word; who has no limit is not in it.</param>
public sealed class CampaignForecasts(
    NpgsqlDataSource database, Journeys journeys, Schedules schedules, ProductClock clock, IReadOnlyDictionary<string, double> perSecond)
{
    /// <summary>Beyond the last step's day: weekends, holidays and holds.</summary>
    const int DaysToSpare = 7;

    /// <summary>Fewer people of the holdout say less about a week than the field does.</summary>
    const int LeastForBaseline = 30;

    const int MeasuredWeeks = 8;

    /// <param name="days">After the campaign's start, or after today where it runs; null: so many that everybody who begins then is through.</param>
    /// <param name="each">Is told of each message, in the order of the people; from another thread.</param>
    /// <exception cref="UnknownCampaignException"/>
    /// <exception cref="ForecastException">The campaign has ended, or nobody is on the roster.</exception>
    public Task<CampaignForecast> RunAsync(
        int organizationId, string campaignKey, int? days = null, IProgress<Progress>? progress = null, Action<ForeseenMessage>? each = null,
        CancellationToken cancellation = default) =>
        RunAsync(organizationId, campaignKey, definition: null, days, progress, each, cancellation);

    /// <summary>As if this were applied now: a new campaign, or another version of one that there is.</summary>
    /// <inheritdoc cref="RunAsync(int, string, int?, IProgress{Progress}?, Action{ForeseenMessage}?, CancellationToken)"/>
    public Task<CampaignForecast> RunAsync(
        int organizationId, Campaign definition, int? days = null, IProgress<Progress>? progress = null, Action<ForeseenMessage>? each = null,
        CancellationToken cancellation = default) =>
        RunAsync(organizationId, definition.Key, definition, days, progress, each, cancellation);

    async Task<CampaignForecast> RunAsync(
        int organizationId, string key, Campaign? definition, int? days, IProgress<Progress>? progress, Action<ForeseenMessage>? each,
        CancellationToken cancellation)
    {
        var now = clock.Now;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await connection.ExecuteAsync("set transaction read only", transaction: transaction);

        var campaigns = await CampaignAhead.AllAsync(connection, transaction, journeys, organizationId, key, definition, now, cancellation);
        var asked = campaigns.FirstOrDefault(campaign => campaign.Key == key) ?? throw new ForecastException("Nobody is on the roster: there is nothing to foresee.");
        var steps = asked.Journey.Campaign.Steps;
        var today = asked.EnrollsAt.InUtc().Date;
        var from = asked.Starts ? LocalDate.Max(asked.Journey.Campaign.Start, today) : today;
        var to = from.PlusDays(days ?? steps.Max(step => step.Day) + DaysToSpare);

        var tally = new ForecastTally(asked, now, to, each);
        await LetTimePassAsync(
            new Travellers(connection, transaction, journeys, schedules, organizationId, campaigns, asked, now), tally, progress, cancellation);
        await new PostsAhead(asked, schedules, now, to).CountAsync(connection, transaction, organizationId, tally.Members, tally);

        var workspaces = (await connection.QueryAsync<(int Id, string Name, string Platform)>(
            "select id, name, platform from workspaces where organization_id = @organizationId order by id", new { organizationId }, transaction)).AsList();
        var load = tally.Load;
        return new CampaignForecast
        {
            CampaignKey = key,
            AsOf = now,
            From = from,
            To = to,
            Paused = asked.Paused,
            HasNoWorkspace = workspaces.Count == 0,
            People = tally.People,
            Steps = tally.Steps,
            Messages = tally.Messages,
            Load =
            [
                .. workspaces.Where(one => load.Contains(one.Id)).Select(one => WorkspaceLoad.Of(
                    one.Name, one.Platform, perSecond.TryGetValue(one.Platform, out var rate) ? rate : null, load[one.Id])),
            ],
            Unreached = tally.Unreached,
            LookedFor = tally.LookedFor,
            Collisions = tally.Collisions,
            Lift = tally.Lift.Result(asked.Starts ? [] : await HoldoutAsync(connection, organizationId, key), to),
        };
    }

    /// <summary>Some thousand are read while time passes for those before.</summary>
    static async Task LetTimePassAsync(Travellers travellers, ForecastTally tally, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (done, of) = (0, await travellers.CountAsync());
        var read = await travellers.NextAsync(after: 0, cancellation);
        while (read.Count > 0)
        {
            progress?.Report(new Progress("Letting time pass", done, of));
            var few = read;
            var passing = Task.Run(() => { foreach (var one in few) tally.Add(one); }, cancellation);
            try
            {
                read = await travellers.NextAsync(few[^1].Person.Id, cancellation);
            }
            finally
            {
                await passing;
            }
            done += few.Count;
        }
        progress?.Report(new Progress("Letting time pass", done, of));
    }

    /// <summary>Week by week what was measured until now; null where it is of too few.</summary>
    async Task<IReadOnlyList<Cell?>> HoldoutAsync(NpgsqlConnection connection, int organizationId, string key)
    {
        var campaign = await MeasuredCampaign.FindAsync(connection, clock, organizationId, key, completeTo: null);
        var arms = await WeekCounts.ByAsync<string>(connection, organizationId, campaign.Id, "arm", campaign.Source, MeasuredWeeks, campaign.Until);
        return
        [
            .. arms.Where(arm => arm.Key == Words.Of(Arm.Holdout)).SelectMany(arm => arm.Weeks)
                .Select(cell => cell.AtRisk >= LeastForBaseline ? cell : (Cell?)null),
        ];
    }
}
