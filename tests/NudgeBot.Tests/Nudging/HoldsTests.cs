using NodaTime;
using NudgeBot.Chat;
using NudgeBot.Nudging;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Nudging;

/// <summary>What keeps a nudge waiting, and what becomes of it afterwards. Monday is 9 March 2026.</summary>
public class HoldsTests
{
    static readonly string Hello = CampaignYaml.Of(CampaignYaml.Welcome);

    [Fact]
    public async Task Sends_at_the_planned_moment_and_not_before()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");

        await company.At("2026-03-09T09:59");
        company.Platform.Asked.ShouldBeEmpty();

        await company.At("2026-03-09T10:00");
        (await company.Nudges()).ShouldBe(["anna hello sent"]);
        company.Recipients.ShouldBe(["anna"]);
    }

    [Fact]
    public async Task Holds_the_whole_workspace_when_the_platform_throttles_and_loses_nothing()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna", "bob", "carl");
        company.Platform.Says(new SendResult.Throttled(Duration.FromMinutes(5)));
        await company.At("2026-03-09T10:00");
        var asked = company.Platform.Asked.Count;
        (await company.Nudges()).ShouldAllBe(line => line.EndsWith("pending throttled"));

        await company.At("2026-03-09T10:04");
        company.Platform.Asked.Count.ShouldBe(asked);

        company.Platform.TakesEverything();
        await company.At("2026-03-09T10:05");
        (await company.Nudges()).ShouldBe(["anna hello sent", "bob hello sent", "carl hello sent"]);
    }

    [Fact]
    public async Task Asks_a_throttling_platform_no_more_in_the_same_batch()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, [.. Enumerable.Range(0, 60).Select(i => $"p{i:00}")]);
        company.Platform.Says(new SendResult.Throttled(Duration.FromMinutes(5)));

        await company.At("2026-03-09T10:00");

        // Fifty are under way at a time.
        company.Platform.Asked.Count.ShouldBe(50);
        (await company.Nudges()).ShouldAllBe(line => line.EndsWith("pending throttled"));
    }

    [Fact]
    public async Task Skips_what_was_throttled_until_its_last_chance()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");
        company.Platform.Says(new SendResult.Throttled(Duration.FromDays(1)));

        // The last limit ends on Friday at ten; the last chance was Thursday at five.
        await company.Through("2026-03-13T10:00");

        (await company.Nudges()).ShouldBe(["anna hello skipped throttled"]);
    }

    [Theory]
    [InlineData(FailReason.BlockedByUser, "anna hello failed blocked-by-user")]
    [InlineData(FailReason.NotInstalled, "anna hello failed not-installed")]
    public async Task A_refusal_is_final(FailReason reason, string nudge)
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");
        company.Platform.Says(new SendResult.Refused(reason));

        await company.Through("2026-03-20T10:00");

        (await company.Nudges()).ShouldBe([nudge]);
        company.Platform.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task No_answer_is_unknown_and_never_a_second_message()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");
        company.Platform.Says(new SendResult.NoAnswer());

        await company.Through("2026-03-20T10:00");

        (await company.Nudges()).ShouldBe(["anna hello unknown no-answer"]);
        company.Platform.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_is_reached_without_an_account()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", account: false);
        await company.Launch(Hello);

        await company.At("2026-03-09T10:00");

        (await company.Nudges()).ShouldBe(["anna hello skipped no-account"]);
    }

    [Fact]
    public async Task An_account_that_came_after_the_plan_is_reached()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", account: false);
        await company.Launch(Hello);
        await company.At("2026-03-09T09:59");

        await company.OpenAccounts();
        await company.At("2026-03-09T10:00");

        (await company.Nudges()).ShouldBe(["anna hello sent"]);
    }

    [Fact]
    public async Task Two_days_of_outage_are_followed_by_one_message_a_day_and_no_burst()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(CampaignYaml.Daily("welcome", "guide", "check-in")), "anna");

        // Nobody looks on Monday and Tuesday.
        await company.At("2026-03-11T10:00");
        company.Recipients.ShouldBe(["anna"]);
        (await company.Nudges()).ShouldBe(["anna step-0 sent", "anna step-1 pending capped", "anna step-2 pending capped"]);

        await company.At("2026-03-12T10:00");
        await company.At("2026-03-13T10:00");
        (await company.Nudges()).ShouldBe(["anna step-0 sent", "anna step-1 sent", "anna step-2 sent"]);
    }

    [Fact]
    public async Task What_nothing_held_expires_after_its_last_chance()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");

        // Monday plus three working days is Thursday.
        await company.At("2026-03-12T17:00");

        (await company.Nudges()).ShouldBe(["anna hello skipped expired"]);
        company.Platform.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_still_sent_in_the_last_minute_of_its_last_chance()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");

        await company.At("2026-03-12T16:59");

        (await company.Nudges()).ShouldBe(["anna hello sent"]);
    }

    [Fact]
    public async Task What_becomes_possible_at_night_waits_for_the_window()
    {
        await using var company = await NudgedCompany.WithAsync(Hello, "anna");

        await company.At("2026-03-09T22:00");
        (await company.Nudges()).ShouldBe(["anna hello pending"]);
        (await company.Due("anna")).ShouldBe("2026-03-10T09:00");

        await company.At("2026-03-10T09:00");
        (await company.Nudges()).ShouldBe(["anna hello sent"]);
    }
}
