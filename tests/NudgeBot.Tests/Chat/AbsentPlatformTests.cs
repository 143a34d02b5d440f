using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Chat;

/// <summary>A workspace of a platform that the program was started without. Monday is 9 March 2026.</summary>
public class AbsentPlatformTests
{
    [Fact]
    public async Task What_is_due_waits_and_goes_out_when_the_platform_is_configured_again()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(CampaignYaml.Welcome), "anna");
        var without = new NudgingProduct(company.Source, company.Clock, Shipped.Content, []);

        company.Clock.MoveTo(NudgedCompany.Moment("2026-03-09T10:00"));
        await without.Tick.RunAsync(TestContext.Current.CancellationToken);
        (await company.Nudges()).ShouldBe(["anna hello pending throttled"]);

        await company.At("2026-03-09T10:05");
        (await company.Nudges()).ShouldBe(["anna hello sent"]);
    }
}
