using Dapper;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Forecasting;
using NudgeBot.Gates;
using NudgeBot.Governance;
using NudgeBot.Guides;
using NudgeBot.Nudging;
using NudgeBot.People;
using NudgeBot.Retention;
using NudgeBot.TeamPosts;

namespace NudgeBot.Conversations;

/// <summary>
/// Answers what is asked by owners, administrators and operators: one desk for each set of requests, the same for chat and terminal. What is changed, and that
/// it was, is written in the asker's transaction.
/// </summary>
public sealed class Desk(
    NpgsqlDataSource database, ProductClock clock, Journeys journeys, CampaignStore campaigns, Pauses pauses, TextLibrary library, Composer composer, ContentFolder content,
    Checklist checklist, CampaignForecasts forecasts, ForecastRuns forecastRuns, PeopleDesk people, ReportDesk reports, RetentionMeasure retention)
{
    /// <summary>Somebody asked for what is for others: that is kept, and nothing of what they wrote beside the command.</summary>
    public Task ForbiddenAsync(NpgsqlConnection connection, Asker asker, string command, CancellationToken cancellation) => new AuditTrail(connection, clock).WriteAsync(
        asker.OrganizationId, asker.Does(AuditActions.Command) with { Refused = true, After = new() { ["command"] = command } }, cancellation);

    /// <summary>For the terminal, where a command is a transaction of its own.</summary>
    /// <inheritdoc cref="AnswerAsync(NpgsqlConnection, Asker, CommandRequest, CancellationToken)"/>
    public async Task<Message> AnswerAsync(Asker asker, CommandRequest request, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var message = await AnswerAsync(connection, asker, request, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        return message;
    }

    /// <param name="connection">In a transaction.</param>
    /// <exception cref="RefusalException">It is not done, and nothing was changed by it.</exception>
    public async Task<Message> AnswerAsync(NpgsqlConnection connection, Asker asker, CommandRequest request, CancellationToken cancellation)
    {
        var audit = new AuditTrail(connection, clock);
        await connection.ExecuteAsync("savepoint asked");
        try
        {
            return await request.MatchGroup(
                personal => throw new InvalidOperationException("A personal command came to the desk."),
                campaign => Campaigns(connection, audit).AnswerAsync(asker, campaign, cancellation),
                roster => people.AnswerAsync(connection, asker, roster, cancellation),
                channel => new ChannelDesk(connection, audit).AnswerAsync(asker, channel),
                report => reports.AnswerAsync(asker, report, cancellation),
                governance => new GovernanceDesk(connection, audit, journeys, campaigns, pauses).AnswerAsync(asker, governance, cancellation),
                rollout => new RolloutDesk(connection, audit, clock, journeys, campaigns).AnswerAsync(asker, rollout, cancellation),
                readiness => readiness.Match(
                    show => Readiness(connection, audit).ShowAsync(asker, show.Key, cancellation),
                    set => Readiness(connection, audit).SetAsync(asker, set, cancellation),
                    launch => new LaunchDesk(connection, audit, clock, journeys, library, checklist, new LaunchForecast(connection, forecasts, forecastRuns)).LaunchAsync(asker, launch, cancellation)),
                goal => new GoalDesk(connection, audit, clock, journeys, campaigns).AnswerAsync(asker, goal, cancellation),
                review => new ReviewDesk(connection, audit, clock, journeys, retention).AnswerAsync(asker, review, cancellation),
                @operator => throw new InvalidOperationException("A terminal command came to the desk."));
        }
        catch (Exception error) when (error is RefusalException or UnknownCampaignException)
        {
            await connection.ExecuteAsync("rollback to savepoint asked");
            if (error is RefusalException { IsForbidden: true }) await ForbiddenAsync(connection, asker, request.GetType().Name, cancellation);
            throw error as RefusalException ?? new RefusalException(error.Message, "KEY");
        }
    }

    /// <summary>Finds what would be refused, as far as that is known before anything is done.</summary>
    /// <exception cref="RefusalException">It would be.</exception>
    internal async Task CheckAsync(NpgsqlConnection connection, Asker asker, CommandRequest request, CancellationToken cancellation)
    {
        if (request is not CampaignRequest campaign) return;
        try
        {
            await Campaigns(connection, new AuditTrail(connection, clock)).CheckAsync(asker, campaign, cancellation);
        }
        catch (RefusalException refusal) when (refusal.IsForbidden)
        {
            await ForbiddenAsync(connection, asker, request.GetType().Name, cancellation);
            throw;
        }
        catch (UnknownCampaignException unknown)
        {
            throw new RefusalException(unknown.Message, "KEY");
        }
    }

    /// <summary>What the fields of a form hold already.</summary>
    internal async Task<Filling> FillingAsync(NpgsqlConnection connection, Asker asker, Blank blank, CancellationToken cancellation) => blank.Command switch
    {
        ReadinessDesk.SetCommand => await Readiness(connection, new AuditTrail(connection, clock)).CurrentAsync(asker, blank.Begun, cancellation),
        PeopleDesk.SetCommand => await PeopleDesk.FillingAsync(connection, asker, blank),
        _ => await new CampaignForms(connection, journeys, library).OfAsync(asker, blank, cancellation),
    };

    /// <summary>What a form says of what stands in it.</summary>
    /// <param name="values">By the gap's name.</param>
    internal Task<string> SaidAsync(NpgsqlConnection connection, Asker asker, IReadOnlyDictionary<string, string> values) =>
        new CampaignForms(connection, journeys, library).CountAsync(asker, values);

    CampaignDesk Campaigns(NpgsqlConnection connection, AuditTrail audit) =>
        new(connection, audit, journeys, campaigns, pauses, library, new StepPreviews(composer, library), forecastRuns, reports, content, clock);

    ReadinessDesk Readiness(NpgsqlConnection connection, AuditTrail audit) => new(connection, audit, clock, journeys, checklist);
}
