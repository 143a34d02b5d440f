using NudgeBot.Campaigns;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Enrollment;

/// <summary>Somebody moves, or the journey is edited, while they are under way. Times are Berlin's: New York is five hours behind, six from 29 March.</summary>
public class ReplanningTests
{
    static readonly string ThreeDays = CampaignYaml.Of(CampaignYaml.Daily("welcome", "guide", "check-in"));

    [Fact]
    public async Task A_move_west_moves_what_is_not_planned_yet()
    {
        await using var company = await NudgedCompany.WithAsync(ThreeDays, "anna");
        await company.At("2026-03-09T10:00");
        await company.At("2026-03-09T18:00");

        await company.Hire("anna", zone: "America/New_York");
        await company.Through("2026-03-10T14:59");
        (await company.Nudges()).ShouldBe(["anna step-0 sent", "anna step-1 pending"]);

        // Ten in New York.
        await company.Through("2026-03-10T15:00");
        (await company.Nudges()).ShouldBe(["anna step-0 sent", "anna step-1 sent"]);
    }

    [Fact]
    public async Task A_move_east_past_the_moment_is_made_up_for_at_once()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", zone: "America/New_York");
        await company.Launch(ThreeDays, at: "2026-03-09T05:00");
        await company.At("2026-03-09T12:00");

        await company.Hire("anna");
        await company.Tick();

        (await company.Nudges()).ShouldBe(["anna step-0 sent"]);
    }

    [Fact]
    public async Task A_nudge_that_lies_ready_moves_as_well()
    {
        await using var company = await NudgedCompany.WithAsync(ThreeDays, "anna");
        await company.At("2026-03-09T09:59");
        (await company.Due("anna")).ShouldBe("2026-03-09T10:00");

        await company.Hire("anna", zone: "America/New_York");
        (await company.Due("anna")).ShouldBe("2026-03-09T15:00");
        (await company.Query<string>("select planned_on || ' ' || last_chance_at from nudges where organization_id = @id")).ShouldStartWith("2026-03-09 2026-03-12");

        await company.Through("2026-03-09T14:59");
        company.Platform.Asked.ShouldBeEmpty();
        await company.At("2026-03-09T15:00");
        (await company.Nudges()).ShouldBe(["anna step-0 sent"]);
    }

    [Fact]
    public async Task What_was_held_is_tried_at_the_new_zones_times_and_keeps_its_place()
    {
        await using var company = await NudgedCompany.WithAsync(ThreeDays, "anna");
        await company.Launch(CampaignYaml.Of(CampaignYaml.Welcome, key: "other"));
        await company.At("2026-03-09T10:00");
        // "other" was first by its key; step-0 is held until tomorrow at ten.
        (await company.Due("anna")).ShouldBe("2026-03-10T10:00");
        var planned = await company.Query<DateTime>("select planned_at from nudges where outcome = 'pending' and organization_id = @id");

        await company.Hire("anna", zone: "America/New_York");
        await company.At("2026-03-09T15:30");
        (await company.Due("anna")).ShouldBe("2026-03-10T15:00");
        (await company.Query<DateTime>("select planned_at from nudges where outcome = 'pending' and organization_id = @id")).ShouldBe(planned);

        await company.Through("2026-03-10T15:00");
        (await company.Nudges()).ShouldBe(["anna step-0 sent", "anna hello sent", "anna step-1 pending capped"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_move_never_extends_the_last_chance_beyond_three_working_days()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(CampaignYaml.Welcome), "anna");
        await company.Pauses.PauseAllAsync(company.Id);
        await company.At("2026-03-09T10:00");
        await company.At("2026-03-11T10:00");

        await company.Hire("anna", zone: "America/New_York");

        NudgedCompany.Local(await company.Query<NodaTime.Instant>("select last_chance_at from nudges where organization_id = @id")).ShouldBe("2026-03-12T22:00");
    }

    [Fact]
    public async Task A_nudge_that_is_being_sent_stays_where_it_is()
    {
        await using var company = await NudgedCompany.WithAsync(ThreeDays, "anna");
        await company.At("2026-03-09T09:59");
        await company.Execute("update nudges set leased_until = clock_timestamp() + interval '1 minute'");

        await company.Hire("anna", zone: "America/New_York");

        (await company.Due("anna")).ShouldBe("2026-03-09T10:00");
    }

    [Fact]
    public async Task Another_countrys_holidays_count_from_then_on()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of("""
            - {key: hello, day: 0, at: "10:00", kind: welcome, text: welcome}
            - {key: good-friday, day: 25, at: "10:00", kind: check-in, text: check-in-day-3}
            """), "anna");
        await company.Through("2026-03-31T10:00");

        // Good Friday is no holiday where there is no calendar: Denmark's is not shipped.
        await company.Hire("anna", country: "DK");
        await company.Through("2026-04-03T10:00");

        (await company.Nudges()).ShouldBe(["anna hello sent", "anna good-friday sent"]);
    }

    [Fact]
    public async Task An_entry_that_is_still_open_is_fixed_at_the_new_zones_midnight()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", licensed: "2026-03-12");
        await company.Launch(ThreeDays);
        await company.Hire("anna", zone: "America/New_York", licensed: "2026-03-12");

        await company.Through("2026-03-12T04:59");
        (await company.Query<bool>("select entry is null from enrollments where organization_id = @id")).ShouldBeTrue();

        await company.Through("2026-03-12T05:00");
        (await company.Query<bool>("select entry is null from enrollments where organization_id = @id")).ShouldBeFalse();

        await company.Through("2026-03-12T15:00");
        (await company.Nudges()).ShouldBe(["anna step-0 sent"]);
    }

    [Fact]
    public async Task An_edit_of_the_journey_leaves_people_under_way_on_theirs()
    {
        await using var company = await NudgedCompany.WithAsync(ThreeDays, "anna");
        await company.At("2026-03-09T10:00");

        (await company.Apply(CampaignYaml.Of(CampaignYaml.Welcome))).ShouldBe(Applied.Changed);
        await company.Hire("bob");
        await company.Enroll();
        await company.Through("2026-03-20T10:00");

        (await company.Nudges("anna")).ShouldBe(["anna step-0 sent", "anna step-1 sent", "anna step-2 sent"]);
        (await company.Nudges("bob")).ShouldBe(["bob hello sent"]);
    }

    [Fact]
    public async Task Whoever_still_waits_for_the_rollout_gets_the_journey_of_the_day_they_start()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna");
        await company.Launch(CampaignYaml.Of(CampaignYaml.Daily("welcome", "guide"), fields: "rollout: 0"));
        await company.At("2026-03-10T08:00");

        await company.Apply(CampaignYaml.Of("""- {key: new-hello, day: 0, at: "10:00", kind: welcome, text: welcome}"""));
        await company.Enroll();
        await company.Through("2026-03-20T10:00");

        (await company.Nudges()).ShouldBe(["anna new-hello sent"]);
    }
}
