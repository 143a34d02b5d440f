using NudgeBot.Campaigns;
using NudgeBot.Nudging;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Nudging;

public class PausesTests
{
    static readonly string Hello = CampaignYaml.Of(CampaignYaml.Welcome);

    public static TheoryData<string> Everything => ["campaign", "workspace", "organization"];

    static Task<bool> Pause(NudgedCompany company, string what) => what switch
    {
        "campaign" => company.Pauses.PauseCampaignAsync(company.Id, "pilot"),
        "workspace" => company.Pauses.PauseWorkspaceAsync(company.Id, 1),
        _ => company.Pauses.PauseAllAsync(company.Id),
    };

    static Task<bool> Resume(NudgedCompany company, string what) => what switch
    {
        "campaign" => company.Pauses.ResumeCampaignAsync(company.Id, "pilot"),
        "workspace" => company.Pauses.ResumeWorkspaceAsync(company.Id, 1),
        _ => company.Pauses.ResumeAllAsync(company.Id),
    };

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Hold_at_once_and_a_resume_sends(string what)
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna", "bob");
        await Pause(company, what);

        await company.At("2026-03-09T10:00");
        (await company.Nudges()).ShouldBe(["anna hello pending paused", "bob hello pending paused"]);

        await company.At("2026-03-10T11:00");
        await Resume(company, what);
        await company.Tick();
        (await company.Nudges()).ShouldBe(["anna hello sent", "bob hello sent"]);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Resumed_at_night_it_waits_for_the_window(string what)
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");
        await Pause(company, what);
        await company.At("2026-03-09T10:00");

        await company.At("2026-03-09T23:00");
        await Resume(company, what);
        await company.Tick();

        (await company.Nudges()).ShouldBe(["anna hello pending paused"]);
        (await company.Due("anna")).ShouldBe("2026-03-10T09:00");
    }

    [Fact]
    public async Task What_stays_paused_is_skipped_at_its_last_chance()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");
        await Pause(company, "campaign");

        await company.Through("2026-03-13T10:00");

        (await company.Nudges()).ShouldBe(["anna hello skipped paused"]);
    }

    [Fact]
    public async Task Of_one_campaign_leave_the_other_alone()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");
        await company.Launch(CampaignYaml.Of(CampaignYaml.Welcome, key: "other"));
        await Pause(company, "campaign");

        await company.At("2026-03-09T10:00");

        (await company.Nudges()).ShouldBe(["anna hello pending paused", "anna hello sent"]);
    }

    [Fact]
    public async Task A_resume_below_another_pause_changes_nothing_yet()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");
        await Pause(company, "campaign");
        await Pause(company, "organization");
        await company.At("2026-03-09T10:00");

        await Resume(company, "campaign");
        await company.Tick();
        (await company.Nudges()).ShouldBe(["anna hello pending paused"]);

        await Resume(company, "organization");
        await company.Tick();
        (await company.Nudges()).ShouldBe(["anna hello sent"]);
    }

    [Fact]
    public async Task A_pause_between_two_handfuls_stops_the_rest()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, [.. Enumerable.Range(0, 60).Select(i => $"p{i:00}")]);
        var gate = company.Platform.Waits();
        await company.ReadyFor("2026-03-09T10:00");

        // One dispatcher: two would share the sixty, and have all of them under way.
        var run = company.Dispatch();
        await company.Platform.WasCalled(50);
        await Pause(company, "campaign");
        gate.SetResult();
        await run;

        var nudges = await company.Nudges();
        nudges.Count(line => line.EndsWith(" sent")).ShouldBe(50);
        nudges.Count(line => line.EndsWith(" pending paused")).ShouldBe(10);
    }

    [Fact]
    public async Task A_hold_recorded_while_its_campaign_was_resumed_is_found_by_the_sweeper()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");
        await Pause(company, "campaign");
        await company.At("2026-03-09T10:00");
        await company.Execute("update campaigns set paused = false");

        await company.Sweep();
        await company.Tick();

        (await company.Nudges()).ShouldBe(["anna hello sent"]);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Say_whether_anything_changed(string what)
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");

        (await Resume(company, what)).ShouldBeFalse();
        (await Pause(company, what)).ShouldBeTrue();
        (await Pause(company, what)).ShouldBeFalse();
        (await Resume(company, what)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_ended_campaign_sends_nothing_more()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(CampaignYaml.Daily("welcome", "guide")), "anna");
        await company.At("2026-03-09T10:00");

        (await company.Pauses.EndCampaignAsync(company.Id, "pilot")).ShouldBeTrue();
        (await company.Pauses.EndCampaignAsync(company.Id, "pilot")).ShouldBeFalse();
        await company.Through("2026-03-20T10:00");

        (await company.Nudges()).ShouldBe(["anna step-0 sent", "anna step-1 skipped ended"]);
    }

    [Fact]
    public async Task What_is_held_when_its_campaign_ends_is_skipped_at_once()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");
        await Pause(company, "campaign");
        await company.At("2026-03-09T10:00");

        await company.Pauses.EndCampaignAsync(company.Id, "pilot");
        await company.Tick();

        (await company.Nudges()).ShouldBe(["anna hello skipped ended"]);
    }

    [Fact]
    public async Task A_campaign_that_has_not_started_can_be_ended_and_then_enrolls_nobody()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna");
        await company.Apply(Hello);

        (await company.Pauses.EndCampaignAsync(company.Id, "pilot")).ShouldBeTrue();
        await company.Launch(Hello);

        (await company.Query<int>("select count(*) from enrollments where organization_id = @id")).ShouldBe(0);
    }

    [Fact]
    public async Task An_unknown_campaign_is_an_error()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await Should.ThrowAsync<UnknownCampaignException>(() => company.Pauses.PauseCampaignAsync(company.Id, "nothing"));
    }
}
