using NudgeBot.Chat;
using NudgeBot.Commands;

namespace NudgeBot.Web.Terminal;

static class RetentionCommand
{
    public static async Task<int> RunAsync(Installation installation, CommandRequest.Retention request, CancellationToken stop)
    {
        var commands = installation.Product.CampaignCommands;
        if (request.Csv)
        {
            foreach (var line in await commands.RetentionCsvAsync(installation.Operator, request.Campaign, request.By, stop)) Console.WriteLine(line);
        }
        else
        {
            Console.WriteLine(PlainText.Of(await commands.RetentionAsync(installation.Operator, request.Campaign, request.By, stop)));
        }
        return 0;
    }
}
