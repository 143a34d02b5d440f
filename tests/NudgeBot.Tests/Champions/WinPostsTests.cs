using NodaTime;
using NudgeBot.Chat;
using NudgeBot.Nudging;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Champions;

public class WinPostsTests
{
    [Fact]
    public async Task A_win_is_posted_at_once_whatever_the_hour_and_once()
    {
        await using var company = await TellingCompany.WithAsync("anna");

        await company.Tells("anna", "Tests in ten minutes", "Write tests", "30");
        (await company.Product.Tick.NextMomentAsync(TestContext.Current.CancellationToken)).ShouldBe(company.Clock.Now);
        await company.Tick();
        await company.Through("2026-03-08T18:00");

        (await company.WinOutcomes()).ShouldBe(["sent"]);
        Conversation.TextOf(company.WinPosts().ShouldHaveSingleItem())
            .ShouldBe("**A win by anna**, with Copilot\nTests in ten minutes\nMinutes saved: 30\nKudos | Try this prompt");
        company.Platform.Asked.ShouldHaveSingleItem().NudgeId.ShouldStartWith("win-");
        (await company.Query<string>("select message_id from wins where organization_id = @id")).ShouldBe("1");
    }

    [Fact]
    public async Task Without_minutes_and_prompt_it_says_nothing_of_them()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        await company.Tells("anna");
        await company.Tick();
        Conversation.TextOf(company.WinPosts()[0]).ShouldBe("**A win by anna**, with Copilot\nTests in ten minutes\nKudos");
    }

    [Theory]
    [InlineData("<b>bold</b>", @"\<b\>bold\</b\>")]
    [InlineData("@channel and <!here>", @"\@channel and \<\!here\>")]
    [InlineData("*twice* as _fast_", @"\*twice\* as \_fast\_")]
    [InlineData("[a](http://evil.example)", @"\[a\]\(http://evil\.example\)")]
    [InlineData("one\n# two", "one\n\\# two")]
    public async Task Typed_words_become_no_markup_mention_or_link(string typed, string posted)
    {
        await using var company = await TellingCompany.WithAsync("anna");
        await company.Execute("update persons set name = '<@anna>' where organization_id = @id");
        var anna = company.With("anna");
        await anna.Types("win");
        await anna.Sends(typed, "my *tool*", "", "");
        await company.Tick();

        Conversation.TextOf(company.WinPosts()[0]).ShouldBe($"**A win by \\<\\@anna\\>**, with my \\*tool\\*\n{posted}\nKudos");
    }

    [Fact]
    public async Task Two_dispatchers_post_each_win_once()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        for (var win = 0; win < 10; win++) await company.Tells("anna", $"Win {win}");
        var gate = company.Platform.Waits();

        var runs = Task.WhenAll(company.TickOnce(), company.TickOnce());
        await company.Platform.WasCalled(2);
        gate.SetResult();
        await runs;

        company.WinPosts().Count.ShouldBe(10);
        company.Platform.Asked.Select(one => one.NudgeId).ShouldBeUnique();
        (await company.WinOutcomes()).ShouldAllBe(outcome => outcome == "sent");
    }

    [Fact]
    public async Task A_crash_after_the_claim_makes_it_unknown_and_never_a_second_post()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        await company.Tells("anna");
        await company.Execute("update wins set leased_until = clock_timestamp() + interval '1 minute'");
        await company.Sweep();
        await company.Tick();
        (await company.WinOutcomes()).ShouldBe(["pending"]);

        await company.Execute("update wins set leased_until = clock_timestamp() - interval '1 second'");
        await company.Sweep();
        await company.Through("2026-03-12T12:00");

        (await company.WinOutcomes()).ShouldBe(["unknown no-answer"]);
        company.Platform.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_was_swept_away_records_nothing()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        await company.Tells("anna");
        var gate = company.Platform.Waits();
        var slow = company.TickOnce();
        await company.Platform.WasCalled(1);

        await company.Execute("update wins set leased_until = clock_timestamp() - interval '1 second'");
        await company.Sweep();
        gate.SetResult();
        await slow;

        (await company.WinOutcomes()).ShouldBe(["unknown no-answer"]);
    }

    [Fact]
    public async Task No_answer_is_unknown()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        company.Platform.Says(new SendResult.NoAnswer());
        await company.Tells("anna");
        await company.Through("2026-03-12T12:00");
        (await company.WinOutcomes()).ShouldBe(["unknown no-answer"]);
        company.Platform.Asked.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(FailReason.NotInstalled, "no-channel")]
    [InlineData(FailReason.NoChannel, "no-channel")]
    [InlineData(FailReason.Rejected, "rejected")]
    [InlineData(FailReason.GaveUp, "gave-up")]
    public async Task A_refusal_is_final(FailReason refused, string reason)
    {
        await using var company = await TellingCompany.WithAsync("anna");
        company.Platform.Says(new SendResult.Refused(refused));
        await company.Tells("anna");
        await company.Through("2026-03-12T12:00");
        (await company.WinOutcomes()).ShouldBe([$"failed {reason}"]);
        company.Platform.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_throttled_workspace_gets_its_wins_later()
    {
        await using var company = await TellingCompany.WithAsync("anna", "bob");
        company.Platform.Says(new SendResult.Throttled(Duration.FromMinutes(5)));
        await company.Tells("anna");
        await company.Tells("bob");
        await company.Through("2026-03-08T12:04");
        (await company.WinOutcomes()).ShouldBe(["pending throttled", "pending throttled"]);
        // The second one was not even tried.
        company.Platform.Asked.Count.ShouldBe(1);

        company.Platform.TakesEverything();
        await company.Through("2026-03-08T12:05");
        (await company.WinOutcomes()).ShouldBe(["sent", "sent"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pause_holds_it_and_a_resume_posts_it(bool all)
    {
        await using var company = await TellingCompany.WithAsync("anna");
        var pauses = company.Pauses;
        await (all ? pauses.PauseAllAsync(company.Id) : pauses.PauseWorkspaceAsync(company.Id, 1));
        await company.Tells("anna");
        await company.Tick();
        (await company.WinOutcomes()).ShouldBe(["pending paused"]);
        company.Platform.Asked.ShouldBeEmpty();

        await company.Through("2026-03-09T23:00");
        await (all ? pauses.ResumeAllAsync(company.Id) : pauses.ResumeWorkspaceAsync(company.Id, 1));
        await company.Tick();
        (await company.WinOutcomes()).ShouldBe(["sent"]);
    }

    [Fact]
    public async Task A_resume_below_another_pause_changes_nothing_yet()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        await company.Pauses.PauseAllAsync(company.Id);
        await company.Pauses.PauseWorkspaceAsync(company.Id, 1);
        await company.Tells("anna");
        await company.Tick();

        await company.Pauses.ResumeAllAsync(company.Id);
        await company.Tick();
        (await company.WinOutcomes()).ShouldBe(["pending paused"]);
    }

    [Fact]
    public async Task A_pause_between_two_posts_stops_the_second()
    {
        await using var company = await TellingCompany.WithAsync("anna", "bob");
        await company.Tells("anna");
        await company.Tells("bob");
        var gate = company.Platform.Waits();
        var run = company.TickOnce();
        await company.Platform.WasCalled(1);
        await company.Pauses.PauseAllAsync(company.Id);
        gate.SetResult();
        await run;

        (await company.WinOutcomes()).ShouldBe(["sent", "pending paused"]);
    }

    [Fact]
    public async Task What_stays_paused_for_three_days_is_skipped()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        await company.Pauses.PauseAllAsync(company.Id);
        await company.Tells("anna");
        await company.Through("2026-03-11T11:59");
        (await company.WinOutcomes()).ShouldBe(["pending paused"]);

        await company.Through("2026-03-11T12:00");
        (await company.WinOutcomes()).ShouldBe(["skipped paused"]);
    }

    [Fact]
    public async Task What_stays_throttled_for_three_days_is_skipped()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        company.Platform.Says(new SendResult.Throttled(Duration.FromHours(30)));
        await company.Tells("anna");
        await company.Through("2026-03-11T12:00");
        (await company.WinOutcomes()).ShouldBe(["skipped throttled"]);
        // After 0, 30 and 60 hours; at 72 it is over.
        company.Platform.Asked.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("2026-03-11T11:59", "sent")]
    [InlineData("2026-03-11T12:00", "skipped expired")]
    public async Task After_an_outage_a_win_of_three_days_ago_is_old(string backAt, string outcome)
    {
        await using var company = await TellingCompany.WithAsync("anna");
        await company.Tells("anna");
        await company.At(backAt);
        (await company.WinOutcomes()).ShouldBe([outcome]);
    }

    [Fact]
    public async Task Is_posted_to_the_workspace_in_which_it_was_told()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        await company.Execute("""
            with w as (
              insert into workspaces (organization_id, platform, external_id, name, wins_channel) values (@id, 'recorder', 'other', 'Other', '#other-wins')
              returning id, organization_id)
            insert into accounts (organization_id, workspace_id, person_id, external_id)
            select w.organization_id, w.id, p.id, 'anna-elsewhere' from w join persons p on p.organization_id = w.organization_id
            """);
        var account = await company.Query<long>("select id from accounts where organization_id = @id and external_id = 'anna-elsewhere'");
        var elsewhere = (await company.SenderOf("anna")) with { AccountId = account };
        await company.Heard(
            new ChatEvent.Submitted(elsewhere, company.Clock.Now, "win.form", "", new Dictionary<string, string> { ["what"] = "Tests", ["tool"] = "copilot" }));

        await company.Tick();

        company.Platform.Asked.ShouldHaveSingleItem().Recipient.ShouldBe("#other-wins");
    }

    [Fact]
    public async Task Whoever_is_deleted_takes_their_wins_along()
    {
        await using var company = await TellingCompany.WithAsync("anna", "bob");
        await company.Tells("anna", prompt: "Write tests");
        await company.Tick();
        await company.Presses("bob", "win.kudos");
        await company.Tells("anna", "One more");

        await company.Execute("delete from persons where organization_id = @id and name = 'anna'");
        await company.Tick();

        (await company.WinOutcomes()).ShouldBeEmpty();
        company.WinPosts().Count.ShouldBe(1);
        foreach (var action in new[] { "win.kudos", "win.try" }) (await company.Presses("bob", action)).Hears("Nothing was changed.");
    }
}
