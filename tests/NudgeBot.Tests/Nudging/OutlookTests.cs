using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Conversations;
using NudgeBot.Enrollment;
using NudgeBot.Nudging;
using NudgeBot.Tests.Engine;
using NudgeBot.Usage;

namespace NudgeBot.Tests.Nudging;

/// <summary>What is told of somebody. Monday is 9 March 2026.</summary>
public class OutlookTests
{
    static readonly string Steps = CampaignYaml.Of("""
        - {key: hello, day: 0, at: "10:00", kind: welcome, text: welcome}
        - {key: guide, day: 1, at: "10:00", kind: guide, text: day-1, entries: [new, lapsed]}
        - {key: check, day: 3, at: "10:00", kind: check-in, text: check-in-day-3}
        - {key: again, day: 10, at: "10:00", kind: re-engagement, text: re-engagement-day-10, only_if: {no_use_in: 4}}
        """);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_what_is_known_of_somebody_under_way()
    {
        await using var company = await NudgedCompany.WithAsync(Steps, "anna");
        await company.Through("2026-03-10T10:30");
        await company.With("anna").Types("used");
        await company.Through("2026-03-12T12:00");

        var anna = await company.Outlook("anna");

        (anna.CampaignKey, anna.CampaignName, anna.ToolName, anna.CampaignState, anna.Paused).ShouldBe(("pilot", "The pilot", "Copilot", CampaignState.Running, false));
        (anna.State, anna.Arm, anna.Entry, anna.Variant, anna.Standing).ShouldBe((EnrollmentState.Active, Arm.Nudged, Entry.New, "a", Standing.UnderWay));
        (anna.DayZero, anna.DayNumber, anna.Zone.Id).ShouldBe((new LocalDate(2026, 3, 9), 3, "Europe/Berlin"));
        (anna.UnansweredInARow, anna.BackOff, anna.OptedOut, anna.SnoozedUntil, anna.LeftOn).ShouldBe((1, 3, false, null, null));
        anna.UseIsTelemetry.ShouldBeFalse();
        anna.UsedOn.ShouldBe([new LocalDate(2026, 3, 10)]);
        anna.LastUse.ShouldBe(new LocalDate(2026, 3, 10));
        anna.Past.Select(nudge => $"{nudge.StepKey} {nudge.Day} {NudgedCompany.Local(nudge.DecidedAt)} {nudge.InWords()}").ShouldBe(
            ["hello 0 2026-03-09T10:00 sent", "guide 1 2026-03-10T10:00 sent", "check 3 2026-03-12T10:00 sent"]);
        anna.ToCome().ShouldBe(["2026-03-19T10:00 again day 10; would be sent"]);
        anna.Next[0].Condition.ShouldBe("only if no use on the 4 dates before");
    }

    [Fact]
    public async Task Counts_telemetry_alone_once_there_is_a_feed()
    {
        await using var company = await NudgedCompany.WithAsync(Steps, "anna");
        await company.Through("2026-03-10T10:00");
        await company.With("anna").Types("used");
        await company.Through("2026-03-11T12:00");
        using var file = new TextFile("email,day,tool,count\nanna@acme.com,2026-03-09,copilot,3\nanna@acme.com,2026-03-04,copilot,3\n");
        await company.Product.UsageImport.RunAsync(company.Id, "copilot", UsageFormat.Csv, file.Path, stop: Stop);

        var anna = await company.Outlook("anna");

        anna.UseIsTelemetry.ShouldBeTrue();
        anna.UsedOn.ShouldBe([new LocalDate(2026, 3, 9)]);
        anna.LastUse.ShouldBe(new LocalDate(2026, 3, 9));
        anna.Entry.ShouldBe(Entry.New, "fixed by what was known at midnight");
    }

    [Fact]
    public async Task Takes_the_dates_to_come_for_dates_without_use()
    {
        await using var company = await NudgedCompany.WithAsync(Steps, "anna");
        await company.Through("2026-03-15T12:00");
        await company.With("anna").Types("used");
        // The fifteenth is one of the four dates before the nineteenth; the fourteenth is not.
        (await company.Outlook("anna")).ToCome().ShouldBe(["2026-03-19T10:00 again day 10; would be skipped: condition-false"]);

        await company.Execute("update enrollments set self_days = 1 << 5");
        (await company.Outlook("anna")).ToCome().ShouldBe(["2026-03-19T10:00 again day 10; would be sent"]);
    }

    [Fact]
    public async Task Says_why_a_moment_is_where_it_is()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of("""
            - {key: friday, day: 4, at: "10:00", kind: check-in, text: check-in-day-3}
            - {key: saturday, day: 5, at: "10:00", kind: check-in, text: check-in-day-3}
            - {key: monday, day: 7, at: "10:00", kind: check-in, text: check-in-day-3}
            - {key: good-friday, day: 25, at: "10:00", kind: check-in, text: check-in-day-3}
            - {key: easter, day: 27, at: "10:00", kind: check-in, text: check-in-day-3}
            - {key: eve, day: 52, at: "10:00", kind: check-in, text: check-in-day-3}
            - {key: labour-day, day: 52, at: "10:00", kind: check-in, text: check-in-day-3}
            """, fields: "back_off: never"), "anna");

        string[] moments =
        [
            "friday 2026-03-13 day 4",
            "saturday 2026-03-16 day 5 is a Saturday: next working day",
            "monday 2026-03-17 day 7 gives way to the step before",
            "good-friday 2026-04-07 day 25 is a public holiday in Germany (Good Friday), then Easter Monday: next working day",
            "easter 2026-04-08 day 27 gives way to the step before",
            "eve 2026-04-30 day 52",
            "labour-day 2026-05-04 day 52 gives way to the step before, and that date is a public holiday in Germany (Labour Day): next working day",
        ];
        async Task<string[]> Told() => [.. (await company.Outlook("anna")).Next.Select(step => $"{step.StepKey} {step.PlannedOn:uuuu-MM-dd} {step.Why.InWords()}")];
        (await Told()).ShouldBe(moments);

        // The same once the row is written.
        await company.ReadyFor("2026-03-16T10:00");
        (await Told()).ShouldBe(moments[1..]);
    }

    [Fact]
    public async Task Says_that_a_moment_had_passed_when_the_person_was_reached()
    {
        await using var company = await NudgedCompany.WithAsync(Steps, "anna");
        company.Clock.MoveTo(NudgedCompany.Moment("2026-03-10T11:30"));
        await company.Hire("bob");
        await company.Enroll();

        (await company.Outlook("bob")).ToCome()[..2].ShouldBe(
            ["2026-03-10T11:30 hello day 0 had passed already: the next moment possible; would be sent", "2026-03-11T10:00 guide day 1; would be sent"]);
    }

    [Fact]
    public async Task Says_until_when_something_is_held_and_what_happens_then()
    {
        await using var company = await NudgedCompany.WithAsync(Steps, "anna", "bob");
        await company.Through("2026-03-09T12:00");
        await company.With("anna").Types("snooze 2");
        await company.With("bob").Types("snooze 9");

        (await company.Outlook("anna")).ToCome()[0].ShouldBe("2026-03-10T10:00 guide day 1; held: snoozed until 2026-03-11 09:00; would be sent");
        var held = "2026-03-10T10:00 guide day 1; held: snoozed until 2026-03-13 17:00; would be skipped: snoozed";
        (await company.Outlook("bob")).ToCome()[0].ShouldBe(held);
        (await company.Outlook("bob")).SnoozedUntil.ShouldBe(NudgedCompany.Moment("2026-03-18T00:00"));

        // The same once the dispatcher has said so too; nothing is due before that.
        await company.Through("2026-03-10T12:00");
        (await company.Outlook("bob")).ToCome()[0].ShouldBe("2026-03-12T10:00 check day 3; held: snoozed until 2026-03-17 17:00; would be skipped: snoozed");
        var guide = (await company.Outlook("bob")).Next.Single(step => step.StepKey == "guide");
        (guide.HeldBy, guide.DueAt).ShouldBe((HoldReason.Snoozed, NudgedCompany.Moment("2026-03-13T17:00")));
        $"{NudgedCompany.Local(guide.PlannedAt)} guide {guide.Why.InWords()}; {guide.Forecast!.InWords(NudgedCompany.Home)}".ShouldBe(held);

        await company.With("bob").Types("resume");
        (await company.Outlook("bob")).ToCome()[0].ShouldBe("2026-03-10T10:00 guide day 1; would be sent");
        (await company.Outlook("bob")).SnoozedUntil.ShouldBeNull();
    }

    [Theory]
    [InlineData("campaign")]
    [InlineData("workspace")]
    [InlineData("all")]
    public async Task Says_what_is_paused_and_that_it_is_skipped_in_the_end(string what)
    {
        await using var company = await NudgedCompany.WithAsync(Steps, "anna");
        var workspace = await company.Query<int>("select id from workspaces where organization_id = @id");
        await (what switch
        {
            "campaign" => company.Pauses.PauseCampaignAsync(company.Id, "pilot"),
            "workspace" => company.Pauses.PauseWorkspaceAsync(company.Id, workspace),
            _ => company.Pauses.PauseAllAsync(company.Id),
        });

        var anna = await company.Outlook("anna");

        (anna.Paused, anna.CampaignPaused, anna.WorkspacePaused, anna.OrganizationPaused).ShouldBe((true, what == "campaign", what == "workspace", what == "all"));
        anna.ToCome()[0].ShouldBe("2026-03-09T10:00 hello day 0; held: paused until 2026-03-12 17:00; would be skipped: paused");
    }

    [Fact]
    public async Task Says_that_the_platform_asks_to_wait()
    {
        await using var company = await NudgedCompany.WithAsync(Steps, "anna");
        await company.ReadyFor("2026-03-09T10:00");
        await company.Execute("update workspaces set send_not_before = @until where organization_id = @id", new { until = (Instant?)NudgedCompany.Moment("2026-03-09T10:20") });

        (await company.Outlook("anna")).ToCome()[0].ShouldBe("2026-03-09T10:00 hello day 0; held: throttled until 2026-03-09 10:20; would be sent");
    }

    [Fact]
    public async Task Says_that_the_hour_is_wrong_where_nothing_else_holds()
    {
        await using var company = await NudgedCompany.WithAsync(Steps, "anna");
        company.Clock.MoveTo(NudgedCompany.Moment("2026-03-09T22:00"));

        (await company.Outlook("anna")).ToCome()[0].ShouldBe("2026-03-09T10:00 hello day 0; held: outside the sending hours until 2026-03-10 09:00; would be sent");
    }

    [Fact]
    public async Task Two_campaigns_are_told_apart_and_share_the_caps()
    {
        await using var company = await NudgedCompany.WithAsync(Steps, "anna");
        await company.Launch(CampaignYaml.Of(CampaignYaml.Welcome, key: "second", fields: "").Replace("2026-03-09", "2026-03-10"), at: "2026-03-09T12:00");
        await company.Through("2026-03-10T00:00");
        await company.Enroll();

        var outlooks = await company.Outlooks("anna");

        outlooks.Select(outlook => outlook.CampaignKey).ShouldBe(["second", "pilot"], "the latest first");
        outlooks[1].ToCome()[0].ShouldBe("2026-03-10T10:00 guide day 1; would be sent");
        outlooks[0].ToCome().ShouldBe(["2026-03-10T10:00 hello day 0; held: capped until 2026-03-11 10:00; would be sent"]);

        // What has ended comes last, and what is open in it is still to be decided.
        await company.Pauses.EndCampaignAsync(company.Id, "second");
        outlooks = await company.Outlooks("anna");
        outlooks.Select(outlook => (outlook.CampaignKey, outlook.Standing)).ShouldBe([("pilot", Standing.UnderWay), ("second", Standing.Ended)]);
        outlooks[1].ToCome().ShouldBe(["2026-03-10T10:00 hello day 0; would be skipped: ended"]);
    }

    [Fact]
    public async Task Nothing_is_foreseen_for_the_holdout_but_its_steps_go_by()
    {
        await using var company = await NudgedCompany.WithAsync(Steps.Replace("holdout: 0", "holdout: 50"), [.. Enumerable.Range(0, 12).Select(i => $"p{i}")]);
        var name = (await company.List<string>("select split_part(p.email, '@', 1) from enrollments e join persons p on p.id = e.person_id where e.organization_id = @id and e.arm = 'holdout' order by 1"))[0];

        var outlook = await company.Outlook(name);
        (outlook.Arm, outlook.Standing, outlook.Standing.InWords()).ShouldBe((Arm.Holdout, Standing.HeldOut, "in the holdout: measured, and sent nothing"));
        outlook.ToCome()[0].ShouldBe("2026-03-09T10:00 hello day 0; nothing");
        outlook.Next.Count.ShouldBe(4);
        outlook.Next.ShouldAllBe(step => step.Forecast == null);
        (await company.NextFor(name)).ShouldBe(NudgedCompany.Moment("2026-03-09T10:00"));

        await company.Through("2026-03-12T12:00");
        (await company.Outlook(name)).ToCome().ShouldBe(["2026-03-19T10:00 again day 10; nothing"]);
        await company.Through("2026-03-19T12:00");
        outlook = await company.Outlook(name);
        (outlook.State, outlook.Next.Count, outlook.Past.Count).ShouldBe((EnrollmentState.Done, 0, 0));
        (await company.NextFor(name)).ShouldBeNull();
    }

    [Fact]
    public async Task Who_waits_for_the_rollout_has_no_steps()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(CampaignYaml.Welcome, fields: "rollout: 0"), "anna");

        var anna = await company.Outlook("anna");

        (anna.State, anna.Standing.InWords()).ShouldBe((EnrollmentState.Waiting, "waiting for the rollout"));
        (anna.Arm, anna.Entry, anna.DayZero, anna.DayNumber, anna.LastUse).ShouldBe((null, null, null, null, null));
        anna.Next.ShouldBeEmpty();
        (await company.NextFor("anna")).ShouldBeNull();
        OutlookText.Lines(anna).ShouldBe(["pilot, The pilot (Copilot): running", "  waiting for the rollout"]);
    }

    [Fact]
    public async Task Who_is_done_has_a_past_and_nothing_to_come()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(CampaignYaml.Welcome), "anna");
        await company.Through("2026-03-09T12:00");

        var anna = await company.Outlook("anna");

        (anna.Standing, anna.Past.Count, anna.Next.Count).ShouldBe((Standing.Done, 1, 0));
        (await company.NextFor("anna")).ShouldBeNull();
    }

    [Fact]
    public async Task An_entry_that_is_still_open_is_foreseen_by_what_is_known()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", licensed: "2026-03-20");
        await company.Launch(Steps);
        (await company.Outlook("anna")).Entry.ShouldBe(Entry.New);
        (await company.Outlook("anna")).DayNumber.ShouldBe(-11);

        await company.Through("2026-03-12T12:00");
        await company.With("anna").Types("used");

        var anna = await company.Outlook("anna");
        anna.Entry.ShouldBe(Entry.Active);
        anna.UsedOn.ShouldBeEmpty();
        anna.LastUse.ShouldBe(new LocalDate(2026, 3, 12));
        anna.ToCome()[1].ShouldBe("2026-03-23T10:00 guide day 1 is a Saturday: next working day; would be skipped: condition-false");
        anna.Next[1].Condition.ShouldBe("for new and lapsed");
    }

    [Fact]
    public async Task A_pulse_tells_only_that_it_was_answered()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(CampaignYaml.Daily("pulse", "check-in")), "anna", "bob");
        await company.Through("2026-03-09T11:00");
        var worried = company.With("anna");
        await worried.Presses("A worry");
        await worried.Sends("Will it replace me?");
        await company.With("bob").Presses("It hinders");
        await company.Through("2026-03-10T11:00");
        await company.With("anna").Presses("Not yet");

        var anna = await company.Outlook("anna");
        anna.Past.Select(nudge => nudge.Answers).ShouldBe(
            [[new GivenAnswer(ResponseKind.Pulse, At: null)], [new GivenAnswer(ResponseKind.NotYet, company.Clock.Now)]]);
        anna.Past[0].Answers.ShouldBe((await company.Outlook("bob")).Past[0].Answers);
    }

    [Fact]
    public async Task Tells_an_operator_everything_but_what_was_answered()
    {
        await using var company = await NudgedCompany.WithAsync(Steps, "anna");
        await company.Through("2026-03-10T11:00");
        await company.With("anna").Presses("Not useful");
        await company.With("anna").Types("It was a waste of my time");
        await company.With("anna").Types("snooze 3");

        OutlookText.Lines(await company.Outlook("anna")).ShouldBe(
        [
            "pilot, The pilot (Copilot): running",
            "  under way",
            "  nudged, new, variant a; day 0 2026-03-09, today is day 1",
            "  used on 1 date since day 0, last on 2026-03-10 (self-reported)",
            "  0 unanswered in a row, back-off after 3",
            "  snoozed until 2026-03-13 00:00",
            "  until now, in Europe/Berlin:",
            "    2026-03-09 10:00  hello, sent",
            "    2026-03-10 10:00  guide, sent, answered 2026-03-10 11:00",
            "  still to come as things stand, in Europe/Berlin:",
            "    2026-03-12 10:00  check, day 3; held: snoozed until 2026-03-13 09:00; would be sent",
            "    2026-03-19 10:00  again, day 10; only if no use on the 4 dates before; would be sent",
        ]);
    }

    [Fact]
    public async Task Says_what_happens_to_who_has_said_stop_or_is_leaving()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna");
        await company.Hire("bob", left: "2026-03-12");
        await company.Launch(Steps);
        await company.Through("2026-03-09T12:00");
        await company.With("anna").Types("stop");

        var (anna, bob) = (await company.Outlook("anna"), await company.Outlook("bob"));
        anna.OptedOut.ShouldBeTrue();
        anna.Next.ShouldAllBe(step => step.Forecast!.Final == new Decision.Skip("opted-out"));
        bob.LeftOn.ShouldBe(new LocalDate(2026, 3, 12));
        bob.ToCome().ShouldBe(
            ["2026-03-10T10:00 guide day 1; would be sent", "2026-03-12T10:00 check day 3; would be skipped: ended", "2026-03-19T10:00 again day 10; would be skipped: ended"]);
    }

    [Fact]
    public async Task Knows_nobody_of_another_organization()
    {
        await using var company = await NudgedCompany.WithAsync(Steps, "anna");
        var anna = await company.PersonId("anna");

        (await company.Product.Outlooks.OfAsync(company.Id + 1, anna, Stop)).ShouldBeEmpty();
        (await company.Product.Outlooks.OfAsync(company.Id, anna + 1000, Stop)).ShouldBeEmpty();
        (await company.Product.Outlooks.NextForAsync(company.Id + 1, anna, Stop)).ShouldBeNull();
    }
}
