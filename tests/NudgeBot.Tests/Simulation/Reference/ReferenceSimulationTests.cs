using NodaTime;
using NudgeBot.Calendars;
using NudgeBot.Campaigns;
using NudgeBot.Nudging;

namespace NudgeBot.Tests.Simulation.Reference;

/// <summary>
/// Every expected row here was worked out by hand from the specification. Berlin is one hour before UTC until 2026-03-29, New York
/// five hours behind until 2026-03-08, then four; 2026-03-02 is a Monday.
/// </summary>
public sealed class ReferenceSimulationTests
{
    static readonly LocalDate Monday = new(2026, 3, 2);
    static readonly ReferencePerson Ann = new("ann@example.com", "developer", "red", "Berlin", "", "Europe/Berlin", "ann", null, null);
    static readonly ReferencePerson Bob = Ann with { Email = "bob@example.com", Login = "bob" };
    static readonly ReferencePerson Cy = Ann with { Email = "cy@example.com", Login = "cy" };

    [Fact]
    public void A_step_on_a_weekend_moves_to_Monday_and_the_next_one_to_the_day_after()
    {
        // Days 0, 5 and 7: Monday 2, Saturday 7 -> Monday 9, Monday 9 -> Tuesday 10. In the file's order day 5 comes first.
        var result = Run([Step("b", 5), Step("a", 0), Step("c", 7)], [Ann]);

        result.Nudges.ShouldBe([
            "ann@example.com,a,2026-03-02T10:00,2026-03-02T09:00:00Z,sent,",
            "ann@example.com,b,2026-03-09T10:00,2026-03-09T09:00:00Z,sent,",
            "ann@example.com,c,2026-03-10T10:00,2026-03-10T09:00:00Z,sent,",
        ]);
        result.Enrollments.ShouldBe(["ann@example.com,done,2026-03-02,new,nudged,a"]);
    }

    [Fact]
    public void Steps_move_over_holidays_of_the_zones_country_also_on_the_start_date()
    {
        var germany = new WorkCalendar("DE", WorkCalendar.WithoutFile.Weekend, new Dictionary<LocalDate, string> { [Monday] = "", [Monday.PlusDays(1)] = "", [Monday.PlusDays(4)] = "" });

        // Monday 2 and Tuesday 3 are off: Wednesday 4. Day 1 comes after it: Thursday 5. Day 2: Friday 6 is off, then the weekend.
        var result = Run([Step("a", 0), Step("b", 1), Step("c", 2)], [Ann, Bob with { Country = "FR" }], input => input with { Calendars = [germany] });

        result.Nudges.ShouldBe([
            "ann@example.com,a,2026-03-04T10:00,2026-03-04T09:00:00Z,sent,",
            "ann@example.com,b,2026-03-05T10:00,2026-03-05T09:00:00Z,sent,",
            "ann@example.com,c,2026-03-09T10:00,2026-03-09T09:00:00Z,sent,",
            "bob@example.com,a,2026-03-02T10:00,2026-03-02T09:00:00Z,sent,",
            "bob@example.com,b,2026-03-03T10:00,2026-03-03T09:00:00Z,sent,",
            "bob@example.com,c,2026-03-04T10:00,2026-03-04T09:00:00Z,sent,",
        ]);
    }

    [Fact]
    public void A_fourth_nudge_within_seven_dates_waits_for_the_next_working_day_and_the_one_due_then_waits_behind_it()
    {
        // Tuesday 3, Wednesday 4, Friday 6 sent. Sunday 8 -> Monday 9: 3 to 9 March hold three. Tuesday 10: 4 to 10 hold two.
        // Day 7 is due at the same moment on Tuesday 10, after the earlier planned one: one a date, so Wednesday 11.
        var result = Run([Step("a", 0), Step("b", 1), Step("c", 3), Step("d", 5), Step("e", 7)], [Ann], input => input with { From = Monday.PlusDays(1) });

        result.Nudges.ShouldBe([
            "ann@example.com,a,2026-03-03T10:00,2026-03-03T09:00:00Z,sent,",
            "ann@example.com,b,2026-03-04T10:00,2026-03-04T09:00:00Z,sent,",
            "ann@example.com,c,2026-03-06T10:00,2026-03-06T09:00:00Z,sent,",
            "ann@example.com,d,2026-03-09T10:00,2026-03-10T09:00:00Z,sent,",
            "ann@example.com,e,2026-03-10T10:00,2026-03-11T09:00:00Z,sent,",
        ]);
    }

    [Fact]
    public void A_nudge_that_is_capped_until_its_last_chance_is_skipped_there()
    {
        // Nobody has a weekend. Thursday 5 to Sunday 8 all see Monday, Tuesday and Wednesday within seven dates; Sunday is the third
        // working day after Thursday, its window ends at 17:00.
        var noWeekend = new WorkCalendar("DE", new HashSet<IsoDayOfWeek>(), new Dictionary<LocalDate, string>());

        var result = Run([Step("a", 0), Step("b", 1), Step("c", 2), Step("d", 3)], [Ann], input => input with { Calendars = [noWeekend] });

        result.Nudges[3].ShouldBe("ann@example.com,d,2026-03-05T10:00,2026-03-08T16:00:00Z,skipped,capped");
    }

    [Fact]
    public void A_nudge_still_held_at_the_end_is_pending_with_its_reason_and_later_steps_have_no_row()
    {
        // From Tuesday 3, seven days end on Monday 9, where the fourth nudge is capped.
        var result = Run(
            [Step("a", 0), Step("b", 1), Step("c", 3), Step("d", 5), Step("e", 7)], [Ann], input => input with { From = Monday.PlusDays(1), Days = 7 });

        result.Nudges.Count.ShouldBe(4);
        result.Nudges[3].ShouldBe("ann@example.com,d,2026-03-09T10:00,,pending,capped");
        result.Enrollments.ShouldBe(["ann@example.com,active,2026-03-03,new,nudged,a"]);
    }

    [Fact]
    public void After_two_nudges_without_a_response_only_essential_steps_are_sent_until_the_person_answers()
    {
        var result = Run(
            [Step("a", 0), Step("b", 1), Step("c", 2), Step("d", 7) with { Essential = true }, Step("e", 8)],
            [Ann],
            input => input with
            {
                Campaign = input.Campaign with { BackOff = 2 },
                Answers = [new("ANN@example.com", "d", 60, AnswerWord.NotYet)],
            });

        result.Nudges.ShouldBe([
            "ann@example.com,a,2026-03-02T10:00,2026-03-02T09:00:00Z,sent,",
            "ann@example.com,b,2026-03-03T10:00,2026-03-03T09:00:00Z,sent,",
            "ann@example.com,c,2026-03-04T10:00,2026-03-04T09:00:00Z,skipped,backed-off",
            "ann@example.com,d,2026-03-09T10:00,2026-03-09T09:00:00Z,sent,",
            "ann@example.com,e,2026-03-10T10:00,2026-03-10T09:00:00Z,sent,",
        ]);
    }

    [Fact]
    public void An_answer_counts_before_a_nudge_of_the_same_moment_and_after_the_nudge_that_it_answers()
    {
        // Back-off after one. The answer to a comes with it, so b is sent; the answer to b comes at the very moment of c.
        var result = Run(
            [Step("a", 0), Step("b", 1), Step("c", 2), Step("d", 7)],
            [Ann],
            input => input with
            {
                Campaign = input.Campaign with { BackOff = 1 },
                Answers = [new(Ann.Email, "a", 0, AnswerWord.Text), new(Ann.Email, "b", 1440, AnswerWord.Blocked)],
            });

        result.Nudges.ShouldBe([
            "ann@example.com,a,2026-03-02T10:00,2026-03-02T09:00:00Z,sent,",
            "ann@example.com,b,2026-03-03T10:00,2026-03-03T09:00:00Z,sent,",
            "ann@example.com,c,2026-03-04T10:00,2026-03-04T09:00:00Z,sent,",
            "ann@example.com,d,2026-03-09T10:00,2026-03-09T09:00:00Z,skipped,backed-off",
        ]);
    }

    [Fact]
    public void A_snooze_ends_when_the_window_opens_seven_dates_later_and_skips_what_has_its_last_chance_before()
    {
        // Snoozed on Monday 2 until Monday 9, 00:00. Tuesday's nudge has its last chance on Friday 6, 17:00; Friday's on Wednesday 11.
        var result = Run(
            [Step("a", 0), Step("b", 1), Step("c", 4)], [Ann], input => input with { Answers = [new(Ann.Email, "a", 60, AnswerWord.Snooze)] });

        result.Nudges.ShouldBe([
            "ann@example.com,a,2026-03-02T10:00,2026-03-02T09:00:00Z,sent,",
            "ann@example.com,b,2026-03-03T10:00,2026-03-06T16:00:00Z,skipped,snoozed",
            "ann@example.com,c,2026-03-06T10:00,2026-03-09T08:00:00Z,sent,",
        ]);
    }

    [Fact]
    public void A_final_check_comes_before_the_hold_at_the_last_chance()
    {
        // The snooze of Monday 2, 10:30 holds b; the stop on Thursday 5 is found when b is asked again, on Friday 6, 17:00.
        var result = Run(
            [Step("a", 0), Step("b", 1)],
            [Ann],
            input => input with { Answers = [new(Ann.Email, "a", 30, AnswerWord.Snooze), new(Ann.Email, "a", 3 * 1440, AnswerWord.Stop)] });

        result.Nudges[1].ShouldBe("ann@example.com,b,2026-03-03T10:00,2026-03-06T16:00:00Z,skipped,opted-out");
    }

    [Fact]
    public void After_stop_every_later_step_is_skipped_at_its_moment()
    {
        var result = Run(
            [Step("a", 0), Step("b", 1), Step("c", 4, at: new LocalTime(15, 30))], [Ann],
            input => input with { Answers = [new(Ann.Email, "a", 1, AnswerWord.Stop)] });

        result.Nudges.ShouldBe([
            "ann@example.com,a,2026-03-02T10:00,2026-03-02T09:00:00Z,sent,",
            "ann@example.com,b,2026-03-03T10:00,2026-03-03T09:00:00Z,skipped,opted-out",
            "ann@example.com,c,2026-03-06T15:30,2026-03-06T14:30:00Z,skipped,opted-out",
        ]);
        result.Enrollments.ShouldBe(["ann@example.com,done,2026-03-02,new,nudged,a"]);
    }

    [Fact]
    public void Entry_is_active_from_28_dates_before_lapsed_earlier_and_new_without_use()
    {
        // 28 dates before Monday 2 March is 2 February. Cy's use is on day 0 itself.
        var result = Run(
            [Step("a", 0) with { Entries = [Entry.New, Entry.Lapsed], Otherwise = "other" }],
            [Ann, Bob, Cy],
            input => input with { Usage = ByEmail(("ann@example.com", new(2026, 2, 2)), ("BOB@example.com", new(2026, 2, 1)), ("cy@example.com", Monday)) });

        result.Enrollments.ShouldBe([
            "ann@example.com,done,2026-03-02,active,nudged,a",
            "bob@example.com,done,2026-03-02,lapsed,nudged,a",
            "cy@example.com,done,2026-03-02,new,nudged,a",
        ]);
        result.Nudges.ShouldBe([
            "ann@example.com,a,2026-03-02T10:00,2026-03-02T09:00:00Z,skipped,condition-false",
            "bob@example.com,a,2026-03-02T10:00,2026-03-02T09:00:00Z,sent,",
            "cy@example.com,a,2026-03-02T10:00,2026-03-02T09:00:00Z,sent,",
        ]);
    }

    [Fact]
    public void Use_counts_from_midnight_UTC_after_its_date()
    {
        // Day 0 begins on 1 March, 11:00 UTC in Auckland, when 1 March is not yet known but 28 February is; on 2 March, 05:00 UTC in
        // New York. At 10:00 on 3 March (2 March, 21:00 UTC in Auckland) Auckland's use of 2 March is not known, New York's is.
        var sunday = Monday.PlusDays(-1);
        var result = Run(
            [Step("a", 1) with { OnlyIf = new Condition.UsedSinceDayZero() }],
            [Ann with { Zone = "Pacific/Auckland" }, Bob with { Zone = "Pacific/Auckland" }, Cy with { Zone = "America/New_York" }],
            input => input with
            {
                Usage = ByEmail((Ann.Email, sunday), (Bob.Email, sunday.PlusDays(-1)), (Cy.Email, sunday), (Ann.Email, Monday), (Cy.Email, Monday)),
            });

        result.Enrollments.ShouldBe([
            "ann@example.com,done,2026-03-02,new,nudged,a",
            "bob@example.com,done,2026-03-02,active,nudged,a",
            "cy@example.com,done,2026-03-02,active,nudged,a",
        ]);
        result.Nudges.ShouldBe([
            "ann@example.com,a,2026-03-03T10:00,2026-03-02T21:00:00Z,skipped,condition-false",
            "bob@example.com,a,2026-03-03T10:00,2026-03-02T21:00:00Z,skipped,condition-false",
            "cy@example.com,a,2026-03-03T10:00,2026-03-03T15:00:00Z,sent,",
        ]);
    }

    [Fact]
    public void Self_reports_stand_in_for_people_without_login_and_an_alternative_is_sent_with_its_reason()
    {
        // Both say on Monday that it worked. Ann has a login, so her report does not count as use; on Thursday 5 the two dates
        // before are 3 and 4 March, so the report of 2 March no longer counts either.
        var result = Run(
            [
                Step("a", 0),
                Step("b", 1) with { OnlyIf = new Condition.UsedFewerThan(1, 2), Otherwise = "other" },
                Step("c", 3) with { OnlyIf = new Condition.All([new Condition.AnsweredEarlier(), new Condition.UsedFewerThan(1, 2)]) },
            ],
            [Ann, Bob with { Login = "" }],
            input => input with
            {
                Usage = new(UsageIdentity.Login, []),
                Answers = [new(Ann.Email, "a", 5, AnswerWord.Worked), new(Bob.Email, "a", 5, AnswerWord.NotUseful)],
            });

        result.Nudges.ShouldBe([
            "ann@example.com,a,2026-03-02T10:00,2026-03-02T09:00:00Z,sent,",
            "ann@example.com,b,2026-03-03T10:00,2026-03-03T09:00:00Z,sent,",
            "ann@example.com,c,2026-03-05T10:00,2026-03-05T09:00:00Z,sent,",
            "bob@example.com,a,2026-03-02T10:00,2026-03-02T09:00:00Z,sent,",
            "bob@example.com,b,2026-03-03T10:00,2026-03-03T09:00:00Z,sent,alternative",
            "bob@example.com,c,2026-03-05T10:00,2026-03-05T09:00:00Z,sent,",
        ]);
    }

    [Fact]
    public void Nothing_is_sent_from_the_date_on_which_a_person_left_and_who_left_by_day_0_is_not_enrolled()
    {
        var result = Run([Step("a", 1), Step("b", 2)], [Ann with { LeftOn = Monday.PlusDays(2) }, Bob with { LeftOn = Monday }]);

        result.Nudges.ShouldBe([
            "ann@example.com,a,2026-03-03T10:00,2026-03-03T09:00:00Z,sent,",
            "ann@example.com,b,2026-03-04T10:00,2026-03-04T09:00:00Z,skipped,ended",
        ]);
        result.Enrollments.ShouldBe(["ann@example.com,done,2026-03-02,new,nudged,a"]);
    }

    [Fact]
    public void A_licence_in_the_future_moves_day_0_and_the_entry_stays_open_until_then()
    {
        // Saturday 14 is day 0; day 0's step goes out on Monday 16. Bob's day 0 is the day after the last of 75: 15 May + 1.
        var result = Run(
            [Step("a", 0)],
            [Ann with { LicensedSince = new(2026, 3, 14) }, Bob with { LicensedSince = new(2026, 5, 16) }, Cy with { LicensedSince = new(2025, 1, 1) }],
            input => input with { Usage = ByEmail((Ann.Email, new(2026, 3, 12))) });

        result.Enrollments.ShouldBe([
            "ann@example.com,done,2026-03-14,active,nudged,a",
            "bob@example.com,active,2026-05-16,,nudged,a",
            "cy@example.com,done,2026-03-02,new,nudged,a",
        ]);
        result.Nudges.ShouldBe([
            "ann@example.com,a,2026-03-16T10:00,2026-03-16T09:00:00Z,sent,",
            "cy@example.com,a,2026-03-02T10:00,2026-03-02T09:00:00Z,sent,",
        ]);
    }

    [Theory]
    // 02:30 on 8 March does not exist in New York: 03:00 summer time. 01:30 on 1 November occurs twice: the first is summer time.
    [InlineData("2026-03-08", 2, "2026-03-08T03:00,2026-03-08T07:00:00Z")]
    [InlineData("2026-11-01", 1, "2026-11-01T01:30,2026-11-01T05:30:00Z")]
    public void A_skipped_time_becomes_the_first_moment_after_the_gap_and_a_repeated_one_its_first(string sunday, int hour, string planned)
    {
        var sundayWorks = new WorkCalendar("US", new HashSet<IsoDayOfWeek> { IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday }, new Dictionary<LocalDate, string>());
        var date = NodaTime.Text.LocalDatePattern.Iso.Parse(sunday).Value;

        var result = Run(
            [Step("a", 0, at: new LocalTime(hour, 30))],
            [Ann with { Zone = "America/New_York" }],
            input => input with
            {
                From = date,
                Calendars = [sundayWorks],
                Campaign = input.Campaign with { Window = new SendingWindow(LocalTime.Midnight, new LocalTime(6, 0)) },
            });

        result.Nudges.ShouldBe([$"ann@example.com,a,{planned},sent,"]);
    }

    [Fact]
    public void Draws_follow_the_hash_of_purpose_campaign_and_address()
    {
        // Buckets from `printf 'arm|trial|ann@example.com' | sha256sum`. rollout: 4667, 1368, 1354, 8710; arm: 9664, 4809, 3849;
        // variant: 9337, 6723, 541, of three.
        var result = Run(
            [Step("a", 0)],
            [Ann, Bob with { Email = "Bob@Example.com" }, Cy, Ann with { Email = "dan@example.com" }],
            input => input with { Campaign = input.Campaign with { RolloutPercent = 80, HoldoutPercent = 40, Variants = ["a", "b", "c"] } });

        result.Enrollments.ShouldBe([
            "ann@example.com,done,2026-03-02,new,nudged,c",
            "bob@example.com,done,2026-03-02,new,nudged,c",
            "cy@example.com,done,2026-03-02,new,holdout,a",
            "dan@example.com,waiting,,,,",
        ]);
        result.Nudges.Select(row => row.Split(',')[0]).ShouldBe(["ann@example.com", "bob@example.com"]);
    }

    [Fact]
    public void The_holdout_is_done_when_its_last_planned_moment_has_passed()
    {
        // Everybody is held out. Ann's last step is planned for Saturday 7 -> Monday 9, the eighth day; Bob's a day later.
        ReferenceResult WithDays(int days) => Run(
            [Step("a", 5)], [Ann, Bob with { LicensedSince = Monday.PlusDays(3) }],
            input => input with { Days = days, Campaign = input.Campaign with { HoldoutPercent = 100 } });

        WithDays(8).Enrollments.ShouldBe(["ann@example.com,done,2026-03-02,new,holdout,a", "bob@example.com,active,2026-03-05,new,holdout,a"]);
        WithDays(9).Enrollments[1].ShouldBe("bob@example.com,done,2026-03-05,new,holdout,a");
        WithDays(9).Nudges.ShouldBeEmpty();
    }

    [Fact]
    public void Groups_under_five_are_hidden_and_so_is_the_smallest_shown_one_while_they_have_under_five_together()
    {
        // Week 1 is 3 to 9 March, the last of eight days. Developers 6 (3 active), testers 5, operators 3 (1 active): operators are
        // hidden, three could be worked out, so testers are hidden too. Everybody together: 14, 4 active.
        var people = Enumerable.Range(1, 14).Select(number => Ann with
        {
            Email = $"p{number:00}@example.com",
            Role = number <= 6 ? "developer" : number <= 11 ? "tester" : "operator",
        }).ToList();
        var result = Run(
            [Step("a", 0)], people,
            input => input with
            {
                Days = 8,
                Usage = ByEmail(
                    ("p01@example.com", new(2026, 3, 3)), ("p02@example.com", new(2026, 3, 9)), ("p03@example.com", new(2026, 3, 5)),
                    ("p04@example.com", Monday), ("p12@example.com", new(2026, 3, 9))),
            });

        result.Retention.ShouldBe([
            "all,all,1,14,4,0.285714,0.117214,0.546491",
            "role,developer,1,6,3,0.500000,0.187616,0.812384",
            "role,operator,1,,,,,",
            "role,tester,1,,,,,",
            "team,red,1,14,4,0.285714,0.117214,0.546491",
            "location,Berlin,1,14,4,0.285714,0.117214,0.546491",
            "entry,new,1,14,4,0.285714,0.117214,0.546491",
            "arm,nudged,1,14,4,0.285714,0.117214,0.546491",
        ]);
    }

    [Fact]
    public void Retention_by_self_reports_leaves_out_weeks_that_are_not_over_and_people_who_left_in_them()
    {
        // Fifteen days end on 16 March = day 0 + 14. Six people: P6 has left on 16 March (out of week 2, not of week 1), P1 to P5
        // are at risk in both. P1 answers on day 0, which is in no week; P2 the day after; P3 nine days after, on 11 March.
        var people = Enumerable.Range(1, 6).Select(number => Ann with
        {
            Email = $"p{number}@example.com",
            LeftOn = number == 6 ? new LocalDate(2026, 3, 16) : null,
        }).ToList();
        var result = Run(
            [Step("a", 0)], people,
            input => input with
            {
                Days = 15,
                Answers =
                [
                    new("p1@example.com", "a", 10, AnswerWord.Worked), new("p2@example.com", "a", 1440, AnswerWord.Worked),
                    new("p3@example.com", "a", 9 * 1440, AnswerWord.NotUseful), new("p4@example.com", "a", 1440, AnswerWord.NotYet),
                    new("p5@example.com", "a", 10 * 1440, AnswerWord.Worked),
                ],
            });

        result.Retention.Take(2).ShouldBe(["all,all,1,6,1,0.166667,0.030053,0.563503", "all,all,2,5,2,0.400000,0.117621,0.769276"]);
        var early = Run([Step("a", 0)], people, input => input with { Days = 14 });
        early.Retention.Take(2).ShouldBe(["all,all,1,6,0,0.000000,0.000000,0.390334", "all,all,2,,,,,"]);
    }

    [Fact]
    public void A_team_is_asked_at_the_moment_of_its_usual_zone_if_enough_members_are_still_there()
    {
        // Day 0 is the earliest, Monday 2. Two in New York, one in Berlin: 10:00 in New York, from Sunday 8 summer time. Cy leaves on
        // Tuesday 10. A person without team makes no row, nor does a team of people who are not enrolled.
        var result = Run(
            [Team("late", 8), Team("early", 7), Team("always", 7) with { OnlyIf = null }],
            [
                Ann with { Zone = "America/New_York" }, Bob with { Zone = "America/New_York", LicensedSince = new(2026, 3, 20) },
                Cy with { LeftOn = new(2026, 3, 10) }, Ann with { Email = "dan@example.com", Team = "" },
                Ann with { Email = "eve@example.com", Team = "blue", LeftOn = Monday },
            ]);

        result.Posts.ShouldBe([
            "red,early,2026-03-09T10:00,2026-03-09T14:00:00Z,sent,",
            "red,always,2026-03-09T10:00,2026-03-09T14:00:00Z,sent,",
            "red,late,2026-03-10T10:00,2026-03-10T14:00:00Z,skipped,condition-false",
        ]);
        result.Nudges.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_random_input_is_the_same_for_the_same_seed_and_keeps_the_caps(int seed)
    {
        for (var i = 0; i < 25; i++)
        {
            var input = ReferenceInput.Random(seed * 1000 + i, 60);
            var result = ReferenceSimulation.Run(input);
            var again = ReferenceSimulation.Run(ReferenceInput.Random(seed * 1000 + i, 60));
            again.Nudges.ShouldBe(result.Nudges);
            again.Posts.ShouldBe(result.Posts);
            again.Enrollments.ShouldBe(result.Enrollments);
            again.Retention.ShouldBe(result.Retention);

            var zones = input.People.ToDictionary(p => p.Email.ToLowerInvariant(), p => DateTimeZoneProviders.Tzdb[p.Zone]);
            var last = input.From.PlusDays(input.Days - 1);
            foreach (var person in result.Nudges.Select(row => row.Split(',')).GroupBy(fields => fields[0]))
            {
                var sent = person.Where(fields => fields[4] == "sent")
                    .Select(fields => NodaTime.Text.InstantPattern.General.Parse(fields[3]).Value.InZone(zones[person.Key]))
                    .ToList();
                sent.ShouldAllBe(moment => moment.Date >= input.From && moment.Date <= last && input.Campaign.Window.Contains(moment.TimeOfDay));
                foreach (var moment in sent)
                {
                    sent.Count(other => other.Date == moment.Date).ShouldBe(1);
                    sent.Count(other => other.Date <= moment.Date && other.Date > moment.Date.PlusDays(-7)).ShouldBeLessThanOrEqualTo(3);
                }
            }
        }
    }

    static Step Step(string key, int day, LocalTime? at = null) => new()
    {
        Key = key,
        Day = day,
        At = at ?? new LocalTime(10, 0),
        Kind = StepKind.Guide,
        Texts = new Dictionary<string, string> { ["*"] = "text" },
        Fallback = ["en/any"],
    };

    static Step Team(string key, int day) => Step(key, day) with { Kind = StepKind.Wins, OnlyIf = new Condition.NudgedMembers(3) };

    static ReferenceUsage ByEmail(params (string Email, LocalDate Day)[] rows) =>
        new(UsageIdentity.Email, [.. rows.Select(row => new ReferenceUsageRow(row.Email, row.Day))]);

    /// <summary>75 days from Monday 2026-03-02, nobody held out, no back-off, no calendar, no usage file, unless changed.</summary>
    static ReferenceResult Run(IReadOnlyList<Step> steps, IReadOnlyList<ReferencePerson> people, Func<ReferenceInput, ReferenceInput>? change = null)
    {
        var input = new ReferenceInput
        {
            Campaign = new Campaign
            {
                Key = "trial",
                Name = "Trial",
                Tool = "copilot",
                ToolName = "GitHub Copilot",
                OwnerEmail = "owner@example.com",
                Start = new LocalDate(2020, 1, 1),
                HoldoutPercent = 0,
                BackOff = null,
                Steps = steps,
            },
            People = people,
            From = Monday,
            Days = 75,
        };
        return ReferenceSimulation.Run(change?.Invoke(input) ?? input);
    }
}
