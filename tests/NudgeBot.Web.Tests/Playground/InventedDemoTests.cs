using NodaTime;
using NudgeBot.Retention;
using NudgeBot.Tests;
using NudgeBot.Web.Playground.Invented;

namespace NudgeBot.Web.Tests.Playground;

public class InventedDemoTests
{
    const string Mia = "mia.brandt@oskerby.example";

    [Fact]
    public async Task Opens_in_the_second_week_with_a_history()
    {
        await using var demo = await InventedDemo.OpenAsync();

        (await demo.AskAsync<string>("""
            select s.key from nudges n join persons p on p.id = n.person_id join steps s on s.id = n.step_id
            where p.email = @Mia and n.outcome = 'sent' order by n.decided_at
            """, new { Mia })).ShouldBe(["day-0-welcome", "day-1-guide"]);
        (await demo.AskOneAsync<string>("select chore from persons where email = @Mia", new { Mia })).ShouldBe("writing-tests");

        (await demo.AskAsync<string>("select entry from enrollments where day_zero = '2026-09-14'")).CountBy(entry => entry)
            .ShouldBe([new("new", 30), new("active", 4), new("lapsed", 2)], ignoreOrder: true);
        (await demo.RetentionAsync(week: 1)).ShouldBe(new Cell(30, 24));
        (await demo.RetentionAsync(week: 2)).ShouldBeNull();

        (await demo.AskAsync<string>("select p.email || ' ' || r.value from responses r join persons p on p.id = r.person_id where r.kind = 'blocked-why'"))
            .ShouldBe(["zeynep.karagoz@oskerby.example policy", "imogen.thackray@oskerby.example no-access"], ignoreOrder: true);
        (await demo.AskAsync<string>("select email from persons where opted_out_at is not null")).ShouldBe(["lachlan.petrie@oskerby.example"]);
        (await demo.AskAsync<string>("select email from persons where snoozed_until > @OpensAt", new { InventedCompany.OpensAt })).ShouldBe(["marcus.feldstein@oskerby.example"]);
        (await demo.AskOneAsync<int>("select count(*)::int from nudges where reason = 'backed-off'")).ShouldBeGreaterThan(0);
        (await demo.AskAsync<int>("select count(*)::int from team_posts p join team_post_lines l using (campaign_id, step_id, team) where p.digest_at is not null group by team"))
            .ShouldBe([3, 3, 4, 4], ignoreOrder: true);
    }

    [Fact]
    public async Task Loses_people_as_the_reference_does_and_then_keeps_a_fifth()
    {
        await using var demo = await InventedDemo.OpenAsync();
        await demo.MoveAsync(Duration.FromDays(7));
        (await ShareAsync(2)).ShouldBe(0.40, tolerance: 0.05);
        await demo.MoveAsync(Duration.FromDays(7));
        (await ShareAsync(1)).ShouldBe(0.80, tolerance: 0.05);
        (await ShareAsync(2)).ShouldBe(0.40, tolerance: 0.05);
        (await ShareAsync(3)).ShouldBe(0.20, tolerance: 0.05);
        (await AnswerRateAsync()).ShouldBe(0.55, tolerance: 0.07);
        await demo.MoveAsync(Duration.FromDays(21));
        foreach (var week in new[] { 4, 5, 6 }) (await ShareAsync(week)).ShouldBe(0.19, tolerance: 0.03);

        async Task<double> ShareAsync(int week) => (await demo.RetentionAsync(week))!.Value.Share;

        Task<double> AnswerRateAsync() => demo.AskOneAsync<double>("""
            select avg(exists (select from responses r where r.enrollment_id = n.enrollment_id and r.step_id = n.step_id)::int)::float8
            from nudges n where n.outcome = 'sent'
            """);
    }

    [Fact]
    public async Task A_restart_in_between_changes_nothing()
    {
        var end = InventedCompany.OpensAt + Duration.FromDays(4);
        await using var unbroken = await InventedDemo.SeedAsync();
        await unbroken.MoveToAsync(end);

        await using var broken = await InventedDemo.SeedAsync();
        foreach (var stop in new[] { Instant.FromUtc(2026, 9, 14, 9, 0), Instant.FromUtc(2026, 9, 17, 8, 20), Instant.FromUtc(2026, 9, 21, 16, 5), InventedCompany.OpensAt })
        {
            await broken.MoveToAsync(stop);
            await broken.RestartAsync();
        }
        await broken.MoveToAsync(end);

        (await ChatsAsync(broken)).Except(await ChatsAsync(unbroken)).ShouldBeEmpty();
        (await ChatsAsync(unbroken)).Except(await ChatsAsync(broken)).ShouldBeEmpty();
        (await UseAsync(broken)).ShouldBe(await UseAsync(unbroken));
        (await ResponsesAsync(broken)).ShouldBe(await ResponsesAsync(unbroken));

        static Task<IReadOnlyList<string>> ChatsAsync(InventedDemo demo) =>
            demo.AskAsync<string>("select concat_ws(' ', at, edited_at, place, author_id, only_for_id, content) as message from playground_messages order by message");
        static Task<IReadOnlyList<string>> UseAsync(InventedDemo demo) =>
            demo.AskAsync<string>("select concat_ws(' ', person_id, day, source, sessions, learned_at) from usage_days order by 1");
        static Task<IReadOnlyList<string>> ResponsesAsync(InventedDemo demo) =>
            demo.AskAsync<string>("select concat_ws(' ', person_id, step_id, kind, value, minutes, at) from responses order by 1");
    }

    [Fact]
    public async Task Nobody_answers_twice_however_often_the_clock_is_stopped()
    {
        await using var demo = await InventedDemo.SeedAsync();
        for (var hour = 0; hour < 40; hour++)
        {
            await demo.MoveToAsync(Instant.FromUtc(2026, 9, 14, 7, 0) + Duration.FromMinutes(151 * hour));
            if (hour % 5 == 4) await demo.RestartAsync();
        }

        // What follows a first answer is of another kind.
        (await demo.AskAsync<string>("""
            select string_agg(kind, ' ') from responses
            where enrollment_id is not null and kind not in ('blocked-why', 'minutes-saved', 'text') group by enrollment_id, step_id having count(*) > 1
            """)).ShouldBeEmpty();
        // Each answer is said thanks to once.
        (await demo.AskAsync<string>("select content from playground_messages group by place, content, author_id having count(*) > 1")).ShouldBeEmpty();
        (await demo.AskOneAsync<int>("select count(*)::int from responses")).ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task Who_is_played_by_a_visitor_does_nothing_alone()
    {
        const string played = "xiomara.quintero@oskerby.example";
        await using var demo = await InventedDemo.SeedAsync();
        await demo.SetAsync(played, played: true);
        await demo.MoveToAsync(InventedCompany.OpensAt);

        (await demo.AskOneAsync<int>("select count(*)::int from responses r join persons p on p.id = r.person_id where p.email = @played", new { played })).ShouldBe(0);
        (await demo.AskOneAsync<int>("select count(*)::int from playground_messages m join persons p on p.id = m.author_id where p.email = @played", new { played })).ShouldBe(0);
        (await demo.AskOneAsync<int>("select count(*)::int from team_post_lines l join persons p on p.id = l.person_id where p.email = @played", new { played })).ShouldBe(0);
        (await demo.AskOneAsync<int>("select count(*)::int from nudges n join persons p on p.id = n.person_id where p.email = @played and outcome = 'sent'", new { played }))
            .ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_switch_of_use_counts_from_when_it_is_set()
    {
        const string stays = "jonas.wiegand@oskerby.example";
        await using var demo = await InventedDemo.OpenAsync();
        await demo.SetAsync(Mia, use: "daily");
        await demo.SetAsync(stays, use: "none");
        await demo.MoveAsync(Duration.FromDays(7));

        (await DaysAsync(Mia, from: new LocalDate(2026, 9, 23))).ShouldBe(["2026-09-23", "2026-09-24", "2026-09-25", "2026-09-28", "2026-09-29"]);
        (await DaysAsync(stays, from: new LocalDate(2026, 9, 23))).ShouldBeEmpty();
        (await DaysAsync(stays, from: new LocalDate(2026, 9, 14))).ShouldNotBeEmpty();

        Task<IReadOnlyList<string>> DaysAsync(string email, LocalDate from) => demo.AskAsync<string>("""
            select u.day::text from usage_days u join persons p on p.id = u.person_id
            where p.email = @email and u.source = 'telemetry' and u.day >= @from order by u.day
            """, new { email, from });
    }

    [Fact]
    public async Task The_feed_tells_every_date_that_is_missing()
    {
        await using var demo = await InventedDemo.SeedAsync();
        await demo.MoveToAsync(demo.World.Now);
        (await CompleteToAsync()).ShouldBe("2026-09-10");
        await demo.MoveToAsync(Instant.FromUtc(2026, 9, 16, 7, 29));
        (await CompleteToAsync()).ShouldBe("2026-09-14");
        await demo.MoveToAsync(Instant.FromUtc(2026, 9, 16, 7, 30));
        (await CompleteToAsync()).ShouldBe("2026-09-15");

        // As a program that was not running for a week.
        demo.World.Product.Clock.MoveTo(Instant.FromUtc(2026, 9, 23, 8, 0));
        await demo.MoveToAsync(demo.World.Now);
        (await CompleteToAsync()).ShouldBe("2026-09-22");
        (await demo.AskOneAsync<int>("select count(distinct day)::int from usage_days where source = 'telemetry' and day > '2026-09-15'")).ShouldBe(5);

        Task<string> CompleteToAsync() => demo.AskOneAsync<string>("select complete_to::text from usage_feeds");
    }

    [Fact]
    public async Task A_second_campaign_leaves_the_first_ones_feed_and_wins_as_they_are()
    {
        await using var demo = await InventedDemo.OpenAsync();
        await demo.World.Product.Campaigns.ApplyAsync(demo.World.OrganizationId, Shipped.Campaign with { Key = "autumn", Tool = "another" }, TestContext.Current.CancellationToken);

        await demo.MoveAsync(Duration.FromDays(7));

        (await demo.AskOneAsync<string>("select string_agg(tool || ' ' || complete_to, ', ') from usage_feeds")).ShouldBe("copilot 2026-09-29");
        (await demo.AskAsync<string>("select distinct tool from wins")).ShouldBe(["GitHub Copilot"]);
    }

    [Fact]
    public async Task Wins_are_told_once_each_and_applauded_by_those_who_like_them()
    {
        await using var demo = await InventedDemo.OpenAsync();
        await demo.RestartAsync();
        await demo.MoveToAsync(Instant.FromUtc(2026, 10, 23, 12, 0));

        (await demo.AskAsync<string>("select p.email || ' ' || w.what from wins w join persons p on p.id = w.person_id where w.outcome = 'sent'"))
            .ShouldBe(InventedData.Shipped.Wins.Select(win => $"{win.Email} {win.What}"), ignoreOrder: true);
        (await demo.AskOneAsync<int>("select count(*)::int from win_reactions where kind = 'kudos'")).ShouldBe(InventedData.Shipped.Wins.Sum(win => win.Kudos.Count));
    }
}
