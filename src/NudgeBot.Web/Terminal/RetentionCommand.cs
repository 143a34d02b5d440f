using NudgeBot.Chat;
using NudgeBot.Commands;

namespace NudgeBot.Web.Terminal;

static class RetentionCommand
{
    public static async Task<int> RunAsync(Installation installation, CommandRequest.Retention request, CancellationToken stop)
    {
        Console.WriteLine(PlainText.Of(await installation.Product.CampaignCommands.RetentionAsync(installation.Operator, request.Campaign, request.By, stop)));
        return 0;
    }
}
