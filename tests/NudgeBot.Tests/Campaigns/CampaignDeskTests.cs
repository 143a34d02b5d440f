using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Governance;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Campaigns;

public sealed class CampaignDeskTests
{
    [Fact]
    public async Task Show_CountsTeamPosts_BesidePersonalSteps()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", team: "Payments");
        await company.Hire("bob", team: "Payments");
        await company.OpenChannel("Payments");
        await company.Launch(CampaignYaml.Of("""
            - {key: hello, day: 0, at: "10:00", kind: guide, text: day-1}
            - {key: lines, day: 1, at: "10:00", kind: wins, text: wins}
            """));
        await company.Through("2026-03-10T10:00");

        var shown = PlainText.Of(await company.Product.Desk.AnswerAsync(Asker.Operator(company.Id), new CampaignRequest.Show("pilot"), TestContext.Current.CancellationToken));

        shown.ShouldContain("hello, 2 sent");
        shown.ShouldContain("lines, 1 sent");
    }
}
