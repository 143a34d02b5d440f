using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.Nudging;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Nudging;

public class DecidedTests
{
    static readonly string ThreeDays = CampaignYaml.Of("""
        - {key: hello, day: 0, at: "10:00", kind: welcome, text: welcome}
        - {key: guide, day: 1, at: "10:00", kind: guide, text: day-1}
        - {key: wins, day: 1, at: "11:00", kind: wins, text: wins}
        - {key: again, day: 2, at: "10:00", kind: check-in, text: check-in-day-3, only_if: used_since_day_0}
        """);

    static Task<Decided> Between(NudgedCompany company, string from, string to) =>
        Decided.BetweenAsync(company.Source, company.Id, NudgedCompany.Moment(from), NudgedCompany.Moment(to));

    [Fact]
    public async Task Counts_what_was_decided_and_answered_after_the_first_instant_and_up_to_the_second()
    {
        await using var company = await NudgedCompany.CreateAsync();
        foreach (var name in (string[])["anna", "bob", "carl"]) await company.Hire(name, team: "Payments");
        await company.OpenChannel("Payments");
        await company.Launch(ThreeDays);
        await company.Through("2026-03-09T10:00");
        await company.With("carl").Types("stop");
        await company.Through("2026-03-10T10:00");
        await company.With("anna").Presses("It worked");
        await company.With("bob").Types("Not for me");
        await company.Through("2026-03-11T10:00");

        var all = await Between(company, "2026-03-09T09:59", "2026-03-11T10:00");
        all.Nudges.ShouldBe(
        [
            new("again", Outcome.Sent, null, 1), new("again", Outcome.Skipped, "condition-false", 1), new("again", Outcome.Skipped, "opted-out", 1),
            new("guide", Outcome.Sent, null, 2), new("guide", Outcome.Skipped, "opted-out", 1), new("hello", Outcome.Sent, null, 3),
        ]);
        all.TeamPosts.ShouldBe([new(Outcome.Sent, 1)]);
        all.Answers.ShouldBe([new(ResponseKind.Stop, 1), new(ResponseKind.Text, 1), new(ResponseKind.Worked, 1)]);
        all.InWords().ShouldBe("6 sent (3 hello, 2 guide, 1 again), 3 skipped (2 opted-out, 1 condition-false), 1 team post sent, 3 answers");

        // The stop of ten o'clock on Monday belongs to what ends then, and not to what begins then.
        (await Between(company, "2026-03-09T09:59", "2026-03-09T10:00")).InWords().ShouldBe("3 sent (3 hello), 1 answer");
        (await Between(company, "2026-03-09T10:00", "2026-03-10T09:59")).InWords().ShouldBe("nothing was due");
    }

    [Fact]
    public async Task Says_what_failed_and_what_nobody_knows()
    {
        await using var company = await NudgedCompany.WithAsync(ThreeDays, "anna", "bob");
        company.Platform.Says(message => message.Recipient == "anna@acme.com" ? new SendResult.NoAnswer() : new SendResult.Refused(FailReason.NotInstalled));
        await company.Through("2026-03-09T10:00");

        (await Between(company, "2026-03-09T09:00", "2026-03-09T10:00")).InWords().ShouldBe("1 failed (1 not-installed), 1 unknown (1 no-answer)");
    }

    [Fact]
    public async Task Knows_nothing_of_other_organizations()
    {
        await using var company = await NudgedCompany.WithAsync(ThreeDays, "anna");
        await company.Through("2026-03-09T10:00");

        (await Decided.BetweenAsync(
            company.Source, company.Id + 1, NudgedCompany.Moment("2026-03-09T00:00"), company.Clock.Now, TestContext.Current.CancellationToken)).InWords().ShouldBe("nothing was due");
    }
}
