using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Guides;
using NudgeBot.Nudging;

namespace NudgeBot.Tests.Campaigns;

public class ShippedCampaignTests
{
    static readonly Campaign Campaign = Read();

    /// <summary>Written out a second time, so that no edit of the file changes it unnoticed.</summary>
    [Fact]
    public void Has_the_steps_of_the_table() => Campaign.Steps.Select(Row).ShouldBe([
        "day-0-welcome         | all         |           |                                      | welcome",
        "day-1-guide           | new, lapsed |           |                                      | day-1",
        "day-3-check-in        | all         |           |                                      | check-in-day-3",
        "day-5-guide           | new, lapsed |           | used since day 0, or answered before | day-5",
        "day-7-wins            | teams       |           | 3 nudged members                     | wins",
        "day-10-re-engagement  | all         | essential | no use on 4 dates                    | re-engagement-day-10",
        "day-14-check-in       | all         |           | use on fewer than 2 of 7 dates       | check-in-day-14",
        "day-17-re-engagement  | all         |           | no use on 7 dates                    | re-engagement-day-17",
        "day-21-pulse          | all         |           |                                      | pulse",
        "day-30-milestone      | all         | essential |                                      | milestone-day-30",
        "day-60-milestone      | all         |           |                                      | milestone-day-60",
    ]);

    [Fact]
    public void Is_for_everyone_with_a_holdout_of_ten_percent()
    {
        Campaign.Key.ShouldBe("first-60-days");
        Campaign.Audience.ShouldBe(Audience.Everyone);
        Campaign.RolloutPercent.ShouldBe(100);
        Campaign.HoldoutPercent.ShouldBe(10);
        Campaign.Variants.ShouldBe(["a"]);
        Campaign.BackOff.ShouldBe(3);
        Campaign.Window.ShouldBe(SendingWindow.Default);
        Campaign.Managed.ShouldBe(ManagedBy.File);
    }

    [Fact]
    public void Sends_every_step_at_ten_on_the_day_and_of_the_kind_in_its_key() => Campaign.Steps.ShouldAllBe(step =>
        step.At == new LocalTime(10, 0) && step.Key == $"day-{step.Day}-{Words.Of(step.Kind)}" && step.Otherwise == null);

    [Fact]
    public void Leaves_nobody_with_an_empty_message() => new TextLibrary(Shipped.Content.Guides).Check(Campaign).ShouldBeEmpty();

    static string Row(Step step) =>
        $"{step.Key,-21} | {(step.IsForTeams ? "teams" : step.Entries.Count == 0 ? "all" : string.Join(", ", step.Entries.Select(e => Words.Of(e)))),-11} | "
        + $"{(step.Essential ? "essential" : ""),-9} | {Said(step.OnlyIf),-36} | {step.TextFor("a")}";

    static string Said(Condition? condition) => condition switch
    {
        null => "",
        Condition.Any { Of: [Condition.UsedSinceDayZero, Condition.AnsweredEarlier] } => "used since day 0, or answered before",
        Condition.NudgedMembers c => $"{c.AtLeast} nudged members",
        Condition.UsedFewerThan { Times: 1 } c => $"no use on {c.Dates} dates",
        Condition.UsedFewerThan c => $"use on fewer than {c.Times} of {c.Dates} dates",
        _ => condition.ToString(),
    };

    static Campaign Read()
    {
        var result = CampaignFile.Parse(File.ReadAllText(Path.Combine(Shipped.Content.Campaigns, "first-60-days.yaml")));
        result.Errors.ShouldBeEmpty();
        return result.Campaign!;
    }
}
