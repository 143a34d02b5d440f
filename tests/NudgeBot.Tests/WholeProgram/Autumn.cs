using System.Globalization;
using System.Text;
using NodaTime;
using NudgeBot.Commands;
using NudgeBot.Governance;
using NudgeBot.Usage;

namespace NudgeBot.Tests.WholeProgram;

/// <summary>What <see cref="AdminsScript"/> needs of a town: a crowd for a campaign, a code, and every week a file of who used the tool.</summary>
static class Autumn
{
    /// <summary>Half of them are more than the thirty that the shipped gate asks for.</summary>
    public const int People = 80;

    public static readonly AdminsCompany Company = new("anna@acme.com", "eve@acme.com", Teams: "Crowd", Audience: "team Crowd", People, Reached: People, PassesTheGate: true);

    /// <summary>What an operator's terminal prints.</summary>
    public static async Task<string> CodeAsync(Town town)
    {
        var told = await town.Program.Product.Desk.AnswerAsync(Asker.Operator(1), new GovernanceRequest.AdminCode(), TestContext.Current.CancellationToken);
        return NudgeBot.Chat.PlainText.Of(told).Split(' ')[^1];
    }

    /// <summary>The shipped campaign is over before it has begun, so that nothing else is said.</summary>
    public static Task EndTheShippedCampaignAsync(Town town) => town.Program.Product.Desk.AnswerAsync(Asker.Operator(1), new CampaignRequest.End(Shipped.Campaign.Key), TestContext.Current.CancellationToken);

    /// <summary>On each of seven mornings comes what the feed knows of the day before: everybody but each third one uses the tool on Tuesdays.</summary>
    public static async Task WeekAsync(Town town)
    {
        for (var day = 0; day < 7; day++)
        {
            await town.PassAsync(Duration.FromDays(1));
            var yesterday = town.Clock.Now.InUtc().Date.PlusDays(-1);
            var file = new StringBuilder("email,day,tool,count\n");
            for (var one = 0; one < People; one++)
            {
                var count = yesterday.DayOfWeek == IsoDayOfWeek.Tuesday && one % 3 > 0 ? 1 : 0;
                file.Append(CultureInfo.InvariantCulture, $"crowd{one}@acme.com,{yesterday:uuuu-MM-dd},copilot,{count}\n");
            }
            using var csv = new TextFile(file.ToString());
            (await town.Program.Product.UsageImport.RunAsync(1, "copilot", UsageFormat.Csv, csv.Path, stop: TestContext.Current.CancellationToken)).Problems.ShouldBeEmpty();
        }
    }
}
