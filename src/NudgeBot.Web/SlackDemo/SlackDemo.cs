using Microsoft.AspNetCore.Connections;
using NudgeBot.Guides;
using NudgeBot.Slack.Sending;
using NudgeBot.Web.Playground;
using NudgeBot.Web.Playground.Invented;
using NudgeBot.Web.Terminal;

namespace NudgeBot.Web.SlackDemo;

/// <summary>
/// The playground's company in a Slack: <c>nudgebot demo --slack-fake</c>. That Slack keeps its world in memory, so this demo begins anew each time; it has a
/// database of its own, and refuses one that belongs to anybody else.
/// </summary>
static class SlackDemo
{
    /// <param name="campaign">The file of the campaign to rehearse; null: the one that NudgeBot ships.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(int port, string? campaign, CancellationToken stop)
    {
        var content = Installation.Content();
        var rehearsed = await CampaignFiles.ReadAsync(campaign ?? Path.Combine(content.Campaigns, Demo.ShippedCampaign), new TextLibrary(content.Guides), stop);
        Say("Starting the database.");
        await using var place = await DatabasePlace.OpenAsync(Path.Combine(HomeFolder.Path, "slack-demo"), stop);
        if (place.Embedded is { } embedded) embedded.StopOnDispose = true;
        await using var alone = await PlaygroundDatabase.TakeAsync(place.Source, SlackPlatform.Platform, fresh: true, stop);

        Say($"Inventing {InventedCompany.Name}: forty people, and nine days of their campaign, in a Slack on this machine.");
        try
        {
            await using var world = await SlackDemoWorld.StartAsync(place.Source, content, rehearsed, port, stop);
            Say($"The Slack is open: {world.Page.ToString().TrimEnd('/')}");
            Say($"NudgeBot hears what it tells at {world.App.ToString().TrimEnd('/')}/slack/");
            Say("It is no real Slack, but keeps its rules; a minute of its rate limits is a second here. Nothing leaves this machine.");
            Say("Ctrl-C closes it. It begins anew each time: what you do is not kept.");
            await world.WaitForShutdownAsync(stop);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            throw new OperatorException($"{error.Message.TrimEnd('.')}. Stop the other program, or choose another port with --port.");
        }
        return 0;
    }

    static void Say(string line) => Console.WriteLine(line);
}
