using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Nudging;

namespace NudgeBot.Tests.Campaigns;

public class CampaignFileTests
{
    [Fact]
    public void Fills_in_the_defaults_when_only_the_necessary_is_given()
    {
        var campaign = Parsed(CampaignText.Smallest);

        campaign.ToolName.ShouldBe("copilot");
        campaign.OwnerEmail.ShouldBe("ada@example.com");
        campaign.Start.ShouldBe(new LocalDate(2027, 1, 11));
        campaign.Audience.ShouldBe(Audience.Everyone);
        campaign.RolloutPercent.ShouldBe(100);
        campaign.RolloutUnit.ShouldBe(RolloutUnit.Person);
        campaign.HoldoutPercent.ShouldBe(10);
        campaign.Variants.ShouldBe(["a"]);
        campaign.BackOff.ShouldBe(3);
        campaign.Window.ShouldBe(SendingWindow.Default);
        campaign.Managed.ShouldBe(ManagedBy.Chat);
        var step = campaign.Steps.ShouldHaveSingleItem();
        step.At.ShouldBe(new LocalTime(10, 0));
        step.TextFor("a").ShouldBe("welcome");
        step.Entries.ShouldBeEmpty();
        step.OnlyIf.ShouldBeNull();
        step.Fallback.ShouldBe(["{locale}/any", "en/{role}", "en/any"]);
    }

    [Fact]
    public void Takes_a_single_word_for_a_list_of_one()
    {
        var audience = Parsed(CampaignText.WithField("audience: {role: developer, team: [Payments, Search]}")).Audience;
        audience.Roles.ShouldBe(["developer"]);
        audience.Teams.ShouldBe(["Payments", "Search"]);
        audience.Locations.ShouldBeEmpty();
    }

    [Fact]
    public void Draws_teams_when_the_rollout_says_so()
    {
        var campaign = Parsed(CampaignText.WithField("rollout: {percent: 10, unit: team}"));
        (campaign.RolloutPercent, campaign.RolloutUnit).ShouldBe((10, RolloutUnit.Team));
    }

    [Fact]
    public void Never_backs_off_when_told_so() => Parsed(CampaignText.WithField("back_off: never")).BackOff.ShouldBeNull();

    [Fact]
    public void Is_managed_by_its_file_when_it_says_so() => Parsed(CampaignText.WithField("managed: file")).Managed.ShouldBe(ManagedBy.File);

    [Fact]
    public void Covers_the_other_variants_by_a_star()
    {
        var step = Parsed(CampaignText.WithField("variants: [a, b, c]").Replace("text: welcome", "text: {b: short, \"*\": welcome}")).Steps[0];
        new[] { "a", "b", "c" }.Select(step.TextFor).ShouldBe(["welcome", "short", "welcome"]);
    }

    [Fact]
    public void Gives_a_step_its_own_fallback_before_the_campaigns()
    {
        var own = Parsed(CampaignText.WithField("fallback: de/any").Replace("kind: welcome", "kind: welcome\n    fallback: [en/any]"));
        own.Steps[0].Fallback.ShouldBe(["en/any"]);
        Parsed(CampaignText.WithField("fallback: de/any")).Steps[0].Fallback.ShouldBe(["de/any"]);
    }

    [Fact]
    public void Follows_aliases()
    {
        var twice = CampaignText.With("    text: welcome", "    text: welcome\n    only_if: &unused {no_use_in: 4}")
            + "\n  - {key: again, day: 1, at: 10:00, kind: guide, text: day-1, only_if: *unused}";
        Parsed(twice).Steps.Select(s => s.OnlyIf).ShouldAllBe(c => c == new Condition.UsedFewerThan(1, 4));
    }

    [Theory]
    [InlineData("used_since_day_0")]
    [InlineData("answered_earlier")]
    [InlineData("{no_use_in: 4}")]
    [InlineData("{used_fewer_than: 2, in: 7}")]
    [InlineData("{any: [used_since_day_0, {all: [answered_earlier, {no_use_in: 60}]}]}")]
    public void Knows_every_personal_condition(string written) =>
        CampaignFile.Write(Parsed(CampaignText.WithStepField($"only_if: {written}"))).ShouldContain($"only_if: {written}\n");

    [Fact]
    public void Knows_the_condition_of_a_teams_step() =>
        Parsed(CampaignText.WithWinsField("only_if: {nudged_members: 3}")).Steps[0].OnlyIf.ShouldBe(new Condition.NudgedMembers(3));

    static Campaign Parsed(string yaml)
    {
        var result = CampaignFile.Parse(yaml);
        result.Errors.ShouldBeEmpty();
        return result.Campaign.ShouldNotBeNull();
    }
}
