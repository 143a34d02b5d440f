using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.People;
using NudgeBot.Retention;
using NudgeBot.Usage;

namespace NudgeBot.Simulation;

/// <summary>
/// Runs a campaign in virtual time: the real import, enroller, planner, dispatcher, conversations and retention, on a scratch database, with
/// a platform that records. The clock jumps from one moment at which something happens to the next. At one moment: zones whose last date
/// is over are closed, usage becomes known, answers that are due are given, then the engine looks.
/// </summary>
/// <param name="database">Empty; what is left in it afterwards is of no use.</param>
public sealed class Simulation(SimulationInput input, ContentFolder content, NpgsqlDataSource database, IProgress<Progress>? progress = null)
{
    /// <exception cref="SimulationInputException">A file cannot be used.</exception>
    public async Task<SimulationResult> RunAsync(CancellationToken cancellation = default)
    {
        // Before the first midnight of the first date, wherever on earth that is.
        var clock = ProductClock.StandingAt(input.From.At(LocalTime.Midnight).WithOffset(Offset.FromHours(14)).ToInstant());
        await Migrations.ApplyAsync(database, clock, cancellation);
        var recorder = new RecordingPlatform();
        var product = new NudgingProduct(database, clock, content, [recorder]);
        var company = await SimulatedCompany.CreateAsync(database, clock.Now);

        var campaign = await SimulatedFiles.CampaignAsync(input, product.Library, cancellation);
        progress?.Report(new Progress("Importing the roster", 0));
        var roster = await product.RosterImport.RunAsync(company.OrganizationId, input.RosterFile, new RosterOptions(), stop: cancellation);
        var zones = await company.ZonesAsync(database);
        if (zones.Count == 0) throw new SimulationInputException([$"{input.RosterFile}: no row could be taken.", .. roster.Problems.Select(p => p.ToString())]);
        await company.OpenAccountsAsync(database);
        await product.Campaigns.ApplyAsync(company.OrganizationId, campaign, cancellation);

        var (script, answerProblems) = input.AnswersFile is { } answersFile ? AnswerFile.Read(answersFile) : ([], []);
        var usage = await UsageTimeline.ReadAsync(product.UsageImport, company.OrganizationId, input, campaign.Tool, cancellation);
        clock.MoveTo(zones.Min(zone => zone.AtStartOfDay(input.From).ToInstant()));
        await usage.BeginAsync(clock.Now, cancellation);
        await product.Enroller.RunAsync(company.OrganizationId, cancellation);
        await SimulatedCompany.CountAsync(database);
        await product.TeamPostPlanner.RunAsync(company.OrganizationId, cancellation);
        var journey = await product.Journeys.LatestAsync(company.OrganizationId, campaign.Key, cancellation);
        var people = new ScriptedPeople(
            product.Conversations, script, await company.PeopleAsync(database, input.DateAfter), journey.StepIds.ToDictionary(step => step.Value, step => step.Key));

        await RunThroughAsync(product, company, zones, usage, people, recorder, cancellation);

        progress?.Report(new Progress("Writing the result", 0));
        var reader = new SimulationReader(database, company.OrganizationId, journey, input);
        var (nudges, posts, enrollments) = (await reader.NudgesAsync(), await reader.PostsAsync(), await reader.EnrollmentsAsync());
        var retention = await product.Retention.RunAsync(
            company.OrganizationId, campaign.Key, [Grouping.All, Grouping.Role, Grouping.Team, Grouping.Location, Grouping.Entry, Grouping.Arm], input.Weeks,
            completeTo: input.LastDate, cancellation);
        return new SimulationResult(
            [.. nudges.Select(SimulationReader.Line)], [.. posts.Select(SimulationReader.Line)], [.. enrollments.Select(SimulationReader.Line)],
            [.. SimulationReader.Lines(retention)],
            SimulationSummary.Write(input, campaign.Key, [.. campaign.Steps.OrderBy(step => step.Day).Select(step => step.Key)],
                roster, usage, people, answerProblems, nudges, posts, enrollments, retention));
    }

    async Task RunThroughAsync(
        NudgingProduct product, SimulatedCompany company, IReadOnlyList<DateTimeZone> zones, UsageTimeline usage, ScriptedPeople people,
        RecordingPlatform recorder, CancellationToken cancellation)
    {
        var clock = product.Clock;
        var begin = clock.Now;
        var closings = new Queue<(Instant At, string Zone)>(
            zones.Select(zone => (zone.AtStartOfDay(input.DateAfter).ToInstant(), zone.Id)).OrderBy(closing => closing).ToList());
        var end = closings.Last().At;
        var looked = Instant.MinValue;

        while (closings.Count > 0)
        {
            var engine = await company.NextMomentAsync(product.Database);
            var next = Earliest(closings.Peek().At, usage.NextAt, engine);
            // Answers in between change nothing that the engine does before its next moment: they carry their own time.
            await people.AnswerAsync(next, cancellation);
            if (next == looked && engine <= next) throw new InvalidOperationException($"The engine leaves something due at {next} undone.");
            clock.MoveTo(Instant.Max(next, clock.Now));

            while (closings.TryPeek(out var closing) && closing.At <= clock.Now) await company.CloseZoneAsync(product.Database, closings.Dequeue().Zone);
            await usage.LearnAsync(clock.Now, cancellation);
            if (engine <= clock.Now)
            {
                await product.Tick.RunAsync(cancellation);
                looked = next;
            }
            people.Receive(recorder.Take(), clock.Now);
            // Answers given without delay belong to this moment.
            await people.AnswerAsync(clock.Now, cancellation);
            progress?.Report(new Progress("Simulating", (long)(clock.Now - begin).TotalHours, (long)(end - begin).TotalHours));
        }
    }

    static Instant Earliest(Instant first, params Instant?[] others) => others.OfType<Instant>().Append(first).Min();
}
