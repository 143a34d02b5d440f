using Microsoft.AspNetCore.Connections;
using NudgeBot.Guides;
using NudgeBot.Web.Playground.Invented;
using NudgeBot.Web.Terminal;

namespace NudgeBot.Web.Playground;

/// <summary>
/// The playground: <c>nudgebot demo</c>. It asks nobody who they are, so it listens on this machine only, has a database of its own, and
/// refuses one that belongs to anybody else.
/// </summary>
static class Demo
{
    public const int DefaultPort = 8090;

    public const string ShippedCampaign = "first-60-days.yaml";

    /// <param name="fresh">Forgets what was played before.</param>
    /// <param name="campaign">The file of the campaign to rehearse; null: the one that NudgeBot ships.</param>
    /// <returns>The exit code: 1 when it could not start, which is then told on standard error.</returns>
    public static async Task<int> RunAsync(bool fresh, int port, string? campaign, CancellationToken stop)
    {
        var content = Installation.Content();
        var rehearsed = await CampaignFiles.ReadAsync(campaign ?? Path.Combine(content.Campaigns, ShippedCampaign), new TextLibrary(content.Guides), stop);
        Say("Starting the database.");
        await using var place = await DatabasePlace.OpenAsync(Path.Combine(HomeFolder.Path, "playground"), stop);
        if (place.Embedded is { } embedded) embedded.StopOnDispose = true;
        await using var alone = await PlaygroundDatabase.TakeAsync(place.Source, PlaygroundPlatform.Platform, fresh, stop);

        var isThere = await PlaygroundDatabase.IsSeededAsync(place.Source, stop);
        if (isThere && campaign is not null) throw new OperatorException("The playground runs a campaign already; say --fresh to begin anew with this one.");
        if (!isThere) Say($"Inventing {InventedCompany.Name}: forty people, and nine days of their campaign.");
        using var world = await InventedCompany.OpenAsync(place.Source, content, rehearsed, stop);

        await using var app = PlaygroundSite.Build(world, port);
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            throw new OperatorException($"{error.Message.TrimEnd('.')}. Stop the other program, or choose another port with --port.");
        }
        Say($"The playground is open: http://127.0.0.1:{port}");
        Say("Ctrl-C closes it. What you do is kept for the next time; `./nudgebot demo --fresh` starts anew.");
        await app.WaitForShutdownAsync(stop);
        return 0;
    }

    static void Say(string line) => Console.WriteLine(line);
}
