using Npgsql;
using NudgeBot.Commands;
using NudgeBot.Database;
using NudgeBot.Simulation;

namespace NudgeBot.Web.Terminal;

static class SimulateCommand
{
    /// <summary>Runs on a scratch server of its own: nothing of the installation is touched.</summary>
    public static async Task<int> RunAsync(OperatorRequest.Simulate request, CancellationToken stop)
    {
        var input = new SimulationInput(
            request.Campaign, request.Roster, request.Usage?.File, request.Usage?.Format, request.Answers, request.From, request.Days);
        var result = await ProgressBar.ShowAsync(async progress =>
        {
            progress?.Report(new Progress("Starting a scratch database", 0));
            await using var server = await EmbeddedPostgres.StartScratchAsync(stop);
            await using var database = NpgsqlDataSource.Create(server.ConnectionString);
            return await new Simulation.Simulation(input, Installation.Content(), database, progress).RunAsync(stop);
        });
        await result.WriteAsync(request.Out, stop);
        Console.Write(result.Summary);
        Console.WriteLine($"\nWritten to {request.Out}: nudges.csv, posts.csv, enrollments.csv, retention.csv, summary.txt{(result.Notes.Length > 0 ? " (which also names what of the files was not used)" : "")}");
        return 0;
    }
}
