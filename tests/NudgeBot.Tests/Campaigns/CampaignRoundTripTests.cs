using NudgeBot.Campaigns;

namespace NudgeBot.Tests.Campaigns;

public class CampaignRoundTripTests
{
    [Fact]
    public void Gives_the_campaign_again_whatever_it_holds()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var campaign = new InventedCampaign(seed).Campaign();
            var written = CampaignFile.Write(campaign);
            var result = CampaignFile.Parse(written);

            result.Errors.ShouldBeEmpty($"seed {seed}:\n{written}");
            Shape.Of(result.Campaign).ShouldBe(Shape.Of(campaign), $"seed {seed}:\n{written}");
            CampaignFile.Write(result.Campaign!).ShouldBe(written);
        }
    }

    /// <summary>What an export looks like: people read it, and diff it.</summary>
    [Fact]
    public void Writes_every_field_on_a_line_of_its_own() =>
        CampaignFile.Write(CampaignFile.Parse(CampaignText.WithField("variants: [a, b]").Replace("text: welcome", """
            text: {b: short, "*": welcome}
                only_if: {any: [used_since_day_0, {used_fewer_than: 2, in: 7}]}
            """)).Campaign!).ShouldBe("""
            key: pilot
            name: A pilot
            tool: copilot
            tool_name: copilot
            owner: ada@example.com
            start: 2027-01-11
            audience: everyone
            rollout: {percent: 100, unit: person}
            holdout: 10
            variants: [a, b]
            back_off: 3
            window: {from: "09:00", to: "17:00"}
            managed: chat
            fallback: ['{locale}/any', 'en/{role}', en/any]
            steps:
              - key: hello
                day: 0
                at: "10:00"
                kind: welcome
                text: {b: short, '*': welcome}
                only_if: {any: [used_since_day_0, {used_fewer_than: 2, in: 7}]}

            """);

    /// <summary>Stored texts of before stages, gates and goals are compared with what the same file gives today.</summary>
    [Fact]
    public void Says_nothing_of_stages_gate_and_goals_where_they_are_the_defaults()
    {
        const string Defaults = """
            rollout: {percent: 100, unit: person, stages: [10, 50, 100], closed: false}
            gate: {people: 30, days: 28, delivery: 95, opt_outs: 5, blocked: 10, unreachable: 10}
            """;
        CampaignFile.Write(CampaignFile.Parse(CampaignText.WithField(Defaults)).Campaign!)
            .ShouldBe(CampaignFile.Write(CampaignFile.Parse(CampaignText.Smallest).Campaign!));
    }

    [Fact]
    public void Writes_stages_gate_and_goals_where_the_file_has_its_own() =>
        CampaignFile.Write(CampaignFile.Parse(CampaignText.WithField("""
            rollout: {percent: 20, unit: team, stages: [20, 100], closed: true}
            gate: {people: 50, opt_outs: 2}
            goals: [{metric: week-3-retention, baseline: 20, target: 30, by: 2027-03-31}]
            """)).Campaign!).ShouldContain("""
            rollout: {percent: 20, unit: team, stages: [20, 100], closed: true}
            gate: {people: 50, opt_outs: 2}
            goals:
              - {metric: week-3-retention, baseline: 20, target: 30, by: 2027-03-31}
            holdout: 10
            """);
}
