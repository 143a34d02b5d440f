using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Enrollment;

/// <summary>Who takes part, from when, and in which arm. The campaigns start on Monday 9 March 2026.</summary>
public class EnrollerTests
{
    static Task<string[]> Enrollments(NudgedCompany company) => company.List<string>("""
        select concat_ws(' ', split_part(p.email, '@', 1), e.state, e.day_zero, e.arm)
        from enrollments e join persons p on p.id = e.person_id where e.organization_id = @id order by 1
        """);

    static string Hello(string fields = "") => CampaignYaml.Of(CampaignYaml.Welcome, fields: fields);

    [Fact]
    public async Task Starts_for_all_when_the_start_date_begins_in_the_first_zone()
    {
        await using var company = await NudgedCompany.CreateAsync(now: "2026-03-08T11:59");
        await company.Hire("anna", zone: "Pacific/Auckland");
        await company.Hire("bob", zone: "America/Los_Angeles");
        await company.Launch(Hello(), at: "2026-03-08T11:59");
        (await Enrollments(company)).ShouldBeEmpty();

        // Midnight in Auckland.
        await company.At("2026-03-08T12:00");
        await company.Enroll();
        (await Enrollments(company)).ShouldBe(["anna active 2026-03-09 nudged", "bob active 2026-03-09 nudged"]);
        (await company.Query<string>("select state from campaigns where organization_id = @id")).ShouldBe("running");
    }

    [Fact]
    public async Task A_licence_in_the_future_is_day_0_and_an_earlier_one_is_not()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", licensed: "2026-03-12");
        await company.Hire("bob", licensed: "2025-01-01");
        await company.Launch(Hello());

        (await Enrollments(company)).ShouldBe(["anna active 2026-03-12 nudged", "bob active 2026-03-09 nudged"]);
    }

    [Fact]
    public async Task Who_joins_later_starts_on_their_local_date()
    {
        await using var company = await NudgedCompany.WithAsync(Hello(), "anna");
        await company.At("2026-03-17T23:30");
        await company.Hire("bob", zone: "Asia/Kolkata");
        await company.Hire("carl");
        await company.Enroll();

        (await Enrollments(company)).ShouldBe(["anna done 2026-03-09 nudged", "bob active 2026-03-18 nudged", "carl active 2026-03-17 nudged"]);
        await company.Through("2026-03-18T10:00");
        (await company.Nudges("carl")).ShouldBe(["carl hello sent"]);
    }

    [Fact]
    public async Task Who_joins_inside_the_window_is_welcomed_at_once()
    {
        await using var company = await NudgedCompany.WithAsync(Hello(), "anna");
        await company.At("2026-03-17T14:10");
        await company.Hire("bob");
        await company.Enroll();
        await company.Tick();
        (await company.Nudges("bob")).ShouldBe(["bob hello sent"]);
    }

    [Fact]
    public async Task A_raised_rollout_keeps_those_in_and_starts_the_others_on_that_day()
    {
        // anna's bucket is 1130, bob's 7073.
        await using var company = await NudgedCompany.WithAsync(Hello("rollout: 12"), "anna", "bob");
        (await Enrollments(company)).ShouldBe(["anna active 2026-03-09 nudged", "bob waiting"]);

        await company.At("2026-03-17T08:00");
        await company.Apply(Hello("rollout: 71"));
        await company.Enroll();

        (await Enrollments(company)).ShouldBe(["anna done 2026-03-09 nudged", "bob active 2026-03-17 nudged"]);
    }

    [Fact]
    public async Task Waiting_people_and_the_holdout_get_no_nudges()
    {
        // anna's arm bucket is 2879, bob's 2704.
        await using var company = await NudgedCompany.WithAsync(Hello("holdout: 28"), "anna", "bob");
        await company.Through("2026-03-20T10:00");
        (await company.Nudges()).ShouldBe(["anna hello sent"]);
    }

    [Fact]
    public async Task A_new_address_changes_no_draw()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("zoe");
        await company.Execute("update persons set first_email = 'anna@acme.com'");
        await company.Launch(Hello());
        (await company.Query<int>("select rollout_bucket from enrollments where organization_id = @id")).ShouldBe(1130);
    }

    [Theory]
    [InlineData("{role: [DEVELOPER]}", new[] { "anna", "bob" })]
    [InlineData("{team: [payments, ÖKOLOGIE]}", new[] { "anna", "carl" })]
    [InlineData("{location: [zürich]}", new[] { "bob", "carl" })]
    [InlineData("{role: [developer], location: [Zürich]}", new[] { "bob" })]
    [InlineData("everyone", new[] { "anna", "bob", "carl" })]
    public async Task The_audience_is_compared_without_regard_to_case(string audience, string[] people)
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", role: "developer", team: "Payments", location: "Berlin");
        await company.Hire("bob", role: "Developer", team: "Search", location: "ZÜRICH");
        await company.Hire("carl", role: "qa", team: "ökologie", location: "Zürich");
        await company.Launch(Hello($"audience: {audience}"));

        (await Enrollments(company)).Select(line => line.Split(' ')[0]).ShouldBe(people);
    }

    [Fact]
    public async Task Who_has_left_by_day_0_is_not_taken_in()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", left: "2026-03-09");
        await company.Hire("bob", left: "2026-03-10");
        await company.Hire("carl", left: "2026-03-11", licensed: "2026-03-11");
        await company.Launch(Hello());
        (await Enrollments(company)).ShouldBe(["bob active 2026-03-09 nudged"]);
    }

    [Fact]
    public async Task Who_leaves_while_waiting_is_never_started()
    {
        await using var company = await NudgedCompany.WithAsync(Hello("rollout: 0"), "anna");
        await company.At("2026-03-17T08:00");
        await company.Hire("anna", left: "2026-03-16");
        await company.Apply(Hello());
        await company.Enroll();
        (await Enrollments(company)).ShouldBe(["anna waiting"]);
    }

    [Fact]
    public async Task Who_leaves_gets_nothing_from_that_date_on()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(CampaignYaml.Daily("welcome", "guide")), "anna");
        await company.At("2026-03-09T10:00");
        await company.Hire("anna", left: "2026-03-10");
        await company.Through("2026-03-20T10:00");
        (await company.Nudges()).ShouldBe(["anna step-0 sent", "anna step-1 skipped ended"]);
    }

    [Fact]
    public async Task Two_at_once_take_everybody_in_once()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Import("email,time_zone\n" + string.Join('\n', Enumerable.Range(0, 1000).Select(i => $"p{i:000}@acme.com,Europe/Berlin")));
        await company.Apply(Hello());
        company.Clock.MoveTo(NudgedCompany.Moment("2026-03-09T00:00"));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => company.Enroll()));

        (await company.Query<int>("select count(*) from enrollments where organization_id = @id and state = 'active'")).ShouldBe(1000);
    }

    [Fact]
    public async Task The_holdout_has_its_share_of_20000_people()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Import("email,time_zone\n" + string.Join('\n', Enumerable.Range(0, 20_000).Select(i => $"p{i}@acme.com,Europe/Berlin")));
        await company.Launch(Hello("holdout: 10"));

        var heldOut = await company.Query<int>("select count(*) from enrollments where organization_id = @id and arm = 'holdout'");
        Math.Abs(heldOut - 2000.0).ShouldBeLessThan(4 * Math.Sqrt(20_000 * 0.1 * 0.9));
    }

    [Fact]
    public async Task Entries_are_fixed_from_what_was_known_at_midnight_of_day_0()
    {
        await using var company = await NudgedCompany.CreateAsync();
        foreach (var name in new[] { "active", "lapsed", "fresh", "late", "today" }) await company.Hire(name, login: name);
        await company.Execute("insert into usage_feeds values (@id, 'copilot', 'github-copilot', 'login', '2026-03-08', @now)");
        await Used("active", "2026-02-09", "2026-03-08T00:00");
        await Used("lapsed", "2026-02-08", "2026-03-08T00:00");
        // Used long before, but nobody knew before one minute past midnight.
        await Used("late", "2026-03-01", "2026-03-09T00:01");
        // On day 0 itself.
        await Used("today", "2026-03-09", "2026-03-08T00:00");
        await company.Launch(Hello());

        await company.At("2026-03-09T09:00");

        (await company.List<string>("select split_part(p.email, '@', 1) || ' ' || e.entry from enrollments e join persons p on p.id = e.person_id where e.organization_id = @id order by 1"))
            .ShouldBe(["active active", "fresh new", "lapsed lapsed", "late new", "today new"]);

        Task Used(string name, string day, string learned) => company.Execute("""
            insert into usage_days (organization_id, person_id, tool, day, source, learned_at)
            select @id, id, 'copilot', @day::date, 'telemetry', @learned from persons where email = @email
            """, new { day, learned = NudgedCompany.Moment(learned), email = NudgedCompany.Email(name) });
    }

    [Fact]
    public async Task Without_login_self_reports_decide_the_entry()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna");
        await company.Execute("insert into usage_feeds values (@id, 'copilot', 'github-copilot', 'login', '2026-03-08', @now)");
        await company.Execute("insert into usage_days (organization_id, person_id, tool, day, source, learned_at) select @id, id, 'copilot', '2026-03-01', 'self', @now from persons");
        await company.Launch(Hello());
        await company.At("2026-03-09T09:00");
        (await company.Query<string>("select entry from enrollments where organization_id = @id")).ShouldBe("active");
    }
}
