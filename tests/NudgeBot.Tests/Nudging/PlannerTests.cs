using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Nudging;

public class PlannerTests
{
    [Fact]
    public async Task Two_at_once_plan_each_enrollment_once()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Import("email,time_zone,role\n" + string.Join('\n', Enumerable.Range(0, 2000).Select(i => $"p{i:0000}@acme.com,Europe/Berlin,developer")));
        await company.Launch(CampaignYaml.Of(CampaignYaml.Daily("welcome", "guide")));
        await company.At("2026-03-09T09:00");
        company.Clock.MoveTo(NudgedCompany.Moment("2026-03-09T10:00"));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => company.Plan()));

        (await company.Query<int>("select count(*) from nudges where organization_id = @id")).ShouldBe(2000);
        (await company.List<int>("select distinct next_step from enrollments where organization_id = @id")).ShouldBe([1]);
    }

    [Fact]
    public async Task An_enrollment_without_entry_waits()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(CampaignYaml.Welcome), "anna");
        company.Clock.MoveTo(NudgedCompany.Moment("2026-03-09T10:00"));

        // Nobody has fixed the entry: only a tick does.
        await company.Plan();
        (await company.Nudges()).ShouldBeEmpty();

        await company.Tick();
        (await company.Nudges()).ShouldBe(["anna hello sent"]);
    }

    [Fact]
    public async Task The_holdout_is_done_without_a_single_nudge()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(CampaignYaml.Daily("welcome", "guide"), fields: "holdout: 50"), "anna", "bob", "carl", "dora");
        await company.Through("2026-03-20T10:00");

        (await company.Query<int>("select count(*) from nudges n join enrollments e on e.id = n.enrollment_id where e.arm = 'holdout'")).ShouldBe(0);
        (await company.List<string>("select distinct arm || ' ' || state from enrollments where organization_id = @id order by 1")).ShouldBe(["holdout done", "nudged done"]);
    }

    [Fact]
    public async Task Steps_that_fall_on_one_working_day_come_on_days_of_their_own()
    {
        // Day 4 is Friday; days 5 and 6 are the weekend, and Monday is day 7.
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of("""
            - {key: friday, day: 4, at: "10:00", kind: check-in, text: check-in-day-3}
            - {key: saturday, day: 5, at: "10:00", kind: check-in, text: check-in-day-3}
            - {key: monday, day: 7, at: "10:00", kind: check-in, text: check-in-day-3}
            """), "anna");

        await company.Through("2026-03-31T10:00");

        (await company.List<string>("select s.key || ' ' || n.planned_on from nudges n join steps s on s.id = n.step_id where n.organization_id = @id order by n.planned_at"))
            .ShouldBe(["friday 2026-03-13", "saturday 2026-03-16", "monday 2026-03-17"]);
    }
}
