using NudgeBot.Chat;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Nudging;

/// <summary>Several dispatchers, crashes and stops: each nudge once, whatever happens.</summary>
public class DispatchersTests
{
    static readonly string Hello = CampaignYaml.Of(CampaignYaml.Welcome);

    [Fact]
    public async Task A_second_dispatcher_leaves_somebody_alone_who_is_being_sent_to()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");
        await company.Launch(CampaignYaml.Of(CampaignYaml.Welcome, key: "other"));
        var gate = company.Platform.Waits();
        await company.ReadyFor("2026-03-09T10:00");

        var first = company.Dispatch();
        await company.Platform.WasCalled(1);
        await company.Dispatch();
        company.Platform.Asked.Count.ShouldBe(1);

        gate.SetResult();
        await first;
        // The key of the campaign decides which comes first; the other one is capped.
        (await company.Nudges()).ShouldBe(["anna hello pending capped", "anna hello sent"], ignoreOrder: true);
        (await company.Query<string>("select c.key from nudges n join campaigns c on c.id = n.campaign_id where n.outcome = 'sent' and n.organization_id = @id")).ShouldBe("other");
    }

    [Fact]
    public async Task Of_several_due_the_earlier_planned_one_goes_first()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of("""- {key: late, day: 0, at: "11:00", kind: welcome, text: welcome}""", key: "a-first-by-name"), "anna");
        await company.Launch(CampaignYaml.Of("""- {key: early, day: 0, at: "10:30", kind: welcome, text: welcome}""", key: "b"));

        await company.At("2026-03-09T12:00");

        (await company.Nudges()).ShouldBe(["anna early sent", "anna late pending capped"]);
    }

    [Fact]
    public async Task Caps_hold_over_two_campaigns()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(CampaignYaml.Daily("welcome", "guide", "check-in")), "anna");
        await company.Launch(CampaignYaml.Of(CampaignYaml.Daily("welcome", "guide", "check-in"), key: "other"));

        await company.Through("2026-03-31T17:00");

        var dates = await company.List<DateOnly>("select decided_on from nudges where organization_id = @id and outcome = 'sent' order by 1");
        dates.ShouldBeUnique();
        foreach (var date in dates) dates.Count(other => other >= date && other < date.AddDays(7)).ShouldBeLessThanOrEqualTo(3);
        // Monday to Wednesday, and the Monday after, which is the last chance of what was planned for Wednesday.
        dates.Select(date => date.Day).ShouldBe([9, 10, 11, 16]);
        (await company.Nudges()).Count(line => line.EndsWith("skipped capped")).ShouldBe(2);
    }

    [Fact]
    public async Task A_crash_between_claim_and_send_gives_the_nudge_back()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");
        await company.At("2026-03-09T09:59");
        await company.Execute("update nudges set leased_until = clock_timestamp() + interval '1 minute'");
        await company.At("2026-03-09T10:00");
        company.Platform.Asked.ShouldBeEmpty();
        await company.Sweep();
        (await company.Nudges()).ShouldBe(["anna hello pending"]);

        await company.Execute("update nudges set leased_until = clock_timestamp() - interval '1 second'");
        await company.Sweep();
        await company.Tick();

        (await company.Nudges()).ShouldBe(["anna hello sent"]);
    }

    [Fact]
    public async Task A_crash_between_send_and_record_is_unknown_and_never_a_second_message()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");
        await company.At("2026-03-09T09:59");
        await company.Execute("update nudges set leased_until = clock_timestamp() - interval '1 second', attempted = true");

        await company.Sweep();
        await company.Through("2026-03-20T10:00");

        (await company.Nudges()).ShouldBe(["anna hello unknown no-answer"]);
        company.Platform.Asked.ShouldBeEmpty();
        (await company.Query<string>("select state from enrollments where organization_id = @id")).ShouldBe("done");
    }

    [Fact]
    public async Task Whoever_lost_the_lease_to_the_sweeper_records_nothing()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");
        var gate = company.Platform.Waits();
        await company.ReadyFor("2026-03-09T10:00");
        var slow = company.Dispatch();
        await company.Platform.WasCalled(1);

        // Another one holds it by now.
        await company.Execute("update nudges set leased_until = clock_timestamp() + interval '1 hour'");
        gate.SetResult();
        await slow;

        (await company.Query<bool>("select leased_until is not null and outcome = 'pending' and attempted from nudges where organization_id = @id")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_stop_in_the_middle_finishes_what_is_under_way_and_gives_the_rest_back()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, [.. Enumerable.Range(0, 120).Select(i => $"p{i:000}")]);
        var gate = company.Platform.Waits();
        await company.ReadyFor("2026-03-09T10:00");
        using var stop = new CancellationTokenSource();

        var run = company.DispatchUntil(stop.Token);
        await company.Platform.WasCalled(50);
        await stop.CancelAsync();
        gate.SetResult();
        await Should.ThrowAsync<OperationCanceledException>(() => run);

        (await company.Query<int>("select count(*) from nudges where organization_id = @id and leased_until is not null")).ShouldBe(0);
        (await company.Nudges()).Count(line => line.EndsWith(" sent")).ShouldBe(50);

        await company.Tick();
        (await company.Nudges()).ShouldAllBe(line => line.EndsWith(" sent"));
        company.Recipients.ShouldBeUnique();
        company.Recipients.Count.ShouldBe(120);
    }

    [Fact]
    public async Task One_message_that_cannot_be_composed_fails_alone_and_is_reported()
    {
        using var content = new EditableContent();
        content.Write("en/designer/only-designers.md");
        await using var company = await NudgedCompany.CreateAsync(content: content.Folder);
        foreach (var name in new[] { "anna", "bob", "carl" }) await company.Hire(name, role: name == "bob" ? "developer" : "designer");
        // Only designers find their text: the place that served everybody else was removed.
        await company.Launch(CampaignYaml.Of("""- {key: hello, day: 0, at: "10:00", kind: welcome, text: only-designers, fallback: ["en/gone"]}"""));
        await company.ReadyFor("2026-03-09T10:00");

        var failure = await Should.ThrowAsync<AggregateException>(() => company.TickOnce());

        failure.Flatten().InnerExceptions.ShouldHaveSingleItem().Message.ShouldContain("Step 'hello' of 'pilot' has no text 'only-designers' for en/developer");
        (await company.Nudges()).ShouldBe(["anna hello sent", "bob hello failed rejected", "carl hello sent"]);
    }

    [Fact]
    public async Task A_platform_that_throws_for_one_person_loses_nobody_elses_record()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna", "bob", "carl");
        company.Platform.Answer = outgoing => outgoing.Recipient.StartsWith("bob") ? throw new InvalidOperationException("broken") : Task.FromResult(company.Platform.Taken());
        await company.ReadyFor("2026-03-09T10:00");

        await Should.ThrowAsync<AggregateException>(() => company.TickOnce());
        (await company.Nudges()).ShouldBe(["anna hello sent", "bob hello pending", "carl hello sent"]);

        // It may have been sent: after its lease it is unknown.
        await company.Execute("update nudges set leased_until = clock_timestamp() - interval '1 second' where leased_until is not null");
        await company.Sweep();
        (await company.Nudges("bob")).ShouldBe(["bob hello unknown no-answer"]);
    }

    [Fact]
    public async Task Eight_dispatchers_share_2000_due_nudges_of_500_people()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Import("email,time_zone,role\n" + string.Join('\n', Enumerable.Range(0, 500).Select(i => $"p{i:000}@acme.com,Europe/Berlin,developer")));
        await company.OpenAccounts();
        foreach (var key in new[] { "a", "b", "c", "d" }) await company.Launch(CampaignYaml.Of(CampaignYaml.Welcome, key: key));
        company.Platform.Answer = async _ =>
        {
            await Task.Yield();
            return company.Platform.Taken();
        };
        foreach (var day in new[] { 9, 10, 11, 12 })
        {
            await company.ReadyFor($"2026-03-{day:00}T10:00");
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => company.Dispatch()));
        }

        (await company.Query<int>("select count(*) from nudges where organization_id = @id")).ShouldBe(2000);
        (await company.Query<int>("select count(*) from nudges where organization_id = @id and leased_until is not null")).ShouldBe(0);
        company.Platform.Asked.Select(one => one.NudgeId).ShouldBeUnique();
        company.Platform.Asked.Count.ShouldBe(1500);
        // Everybody got the first three campaigns in order, one a day, and the fourth is held by the cap.
        (await company.List<string>("""
            select distinct c.key || ' ' || coalesce(n.decided_on::text, '') || ' ' || n.outcome
            from nudges n join campaigns c on c.id = n.campaign_id where n.organization_id = @id order by 1
            """)).ShouldBe(["a 2026-03-09 sent", "b 2026-03-10 sent", "c 2026-03-11 sent", "d  pending"]);
    }
}
