using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Gates;

/// <summary>The campaign starts on Monday, 9 March; its first review is due a week later.</summary>
public sealed class ReviewTests
{
    [Fact]
    public async Task The_owner_is_asked_every_week_with_the_figures_and_what_is_decided_is_kept_with_them()
    {
        await using var company = await GatedCompany.WithAsync(12, "rollout: {percent: 100}\ngoals:\n  - {metric: week-3-retention, baseline: 20, target: 30, by: 2026-12-31}");
        await company.Through("2026-03-16T12:00");
        await company.AskForReviews();
        await company.Tick();
        var anna = company.With("anna");

        var asked = Conversation.TextOf(anna.LastMessage);
        asked.ShouldContain("**Review of pilot**: it has run since 2026-03-09, and reaches 100 % of its audience.");
        asked.ShouldContain("Week     At risk      Active");
        asked.ShouldContain("Delivery: the last message arrived: 100 % of 12 people");
        asked.ShouldContain("week-3-retention from 20 % to 30 % by 2026-12-31.");
        asked.ShouldContain("The next review is due on 2026-03-23");
        await anna.Presses("Write down what was decided");
        await anna.Sends("Two more champions.\nNothing else.");

        anna.Hears("Kept, with the figures of this moment.");
        (await company.Query<string>("select concat_ws('|', due_on, decided) from reviews where organization_id = @id")).ShouldBe("2026-03-16|Two more champions.\nNothing else.");
        (await company.Query<string>("select figures from reviews where organization_id = @id")).ShouldContain("\"count\":12,\"people\":12,\"threshold\":95");
        (await company.Audited()).ShouldBe(["review.decide"]);
        await anna.Types("review show pilot");
        anna.Hears(@"2026-03-16, anna@acme.com: Two more champions\. Nothing else\.");
    }

    [Fact]
    public async Task Each_review_is_asked_for_once_also_by_several_at_a_time_and_after_an_outage_only_the_latest()
    {
        await using var company = await GatedCompany.WithAsync(6);
        await company.Through("2026-03-15T12:00");
        await company.AskForReviews();
        (await company.List<string>("select due_on::text from reviews where organization_id = @id")).ShouldBeEmpty();

        await company.Through("2026-03-17T12:00");
        await Task.WhenAll(company.AskForReviews(), company.AskForReviews(), company.AskForReviews());
        company.Clock.MoveTo(NudgedCompany.Moment("2026-04-08T12:00"));
        await company.AskForReviews();
        await company.AskForReviews();

        (await company.List<string>("select due_on::text from reviews where organization_id = @id order by due_on")).ShouldBe(["2026-03-16", "2026-04-06"]);
        (await company.Query<int>("select count(*)::int from notices where organization_id = @id")).ShouldBe(2);
    }

    [Fact]
    public async Task The_job_comes_when_the_next_review_is_due()
    {
        await using var company = await GatedCompany.WithAsync(6, launched: false);
        (await company.NextReview()).ShouldBeNull();
        await company.Launch(GatedCompany.Campaign());
        await company.Through("2026-03-09T12:00");

        (await company.NextReview()).ShouldBe(NodaTime.Instant.FromUtc(2026, 3, 16, 0, 0));
        company.Clock.MoveTo(NudgedCompany.Moment("2026-03-16T12:00"));
        await company.AskForReviews();
        (await company.NextReview()).ShouldBe(NodaTime.Instant.FromUtc(2026, 3, 23, 0, 0));
    }

    [Fact]
    public async Task What_is_decided_out_of_turn_is_kept_beside_and_long_histories_have_pages()
    {
        await using var company = await GatedCompany.WithAsync(6);
        await company.Through("2026-03-16T12:00");
        await company.AskForReviews();
        var anna = company.With("anna");
        await anna.Types("review list pilot");
        anna.Hears("Nothing was decided about **pilot** yet.");

        for (var number = 1; number <= 11; number++)
        {
            company.Clock.MoveTo(company.Clock.Now + NodaTime.Duration.FromMinutes(1));
            await anna.Types($"review decide pilot --decided \"Decision {number}\"");
        }

        (await company.Query<int>("select count(*)::int from reviews where organization_id = @id and due_on is not null")).ShouldBe(1);
        await anna.Types("review list pilot");
        anna.Heard.ShouldContain("Decision 11");
        anna.Heard.ShouldNotContain("Decision 1\n");
        await anna.Presses("Next page →");
        anna.Hears("anna@acme.com: Decision 1");
        (await company.Operator("review", "list", "pilot")).ShouldContain("Decision 11");
    }

    [Theory]
    [InlineData("--decided \"  \"", "`--decided` says nothing.")]
    [InlineData("--decided LONG", "`--decided` takes at most 1000 characters; these are 1001.")]
    public async Task What_says_nothing_or_too_much_is_refused(string given, string why)
    {
        await using var company = await GatedCompany.WithAsync(6);
        await company.Through("2026-03-10T12:00");
        var anna = company.With("anna");
        await anna.Types($"review decide pilot {given.Replace("LONG", new string('x', 1001))}");
        anna.Hears(why);
        (await company.Query<int>("select count(*)::int from reviews where organization_id = @id")).ShouldBe(0);
    }

    [Fact]
    public async Task Somebody_elses_campaign_is_not_theirs_to_review_and_one_that_has_not_started_has_nothing_to_decide_by()
    {
        await using var company = await GatedCompany.WithAsync(6);
        await company.Hire("carl", role: "owner");
        await company.Launch(GatedCompany.Campaign().Replace("key: pilot", "key: other").Replace("anna@acme.com", "carl@acme.com"));
        var carl = company.With("carl");
        await carl.Types("review decide pilot --decided \"End it.\"");
        carl.Hears("**pilot** is anna@acme.com's campaign; ask there.");
        await company.With("bob").Types("campaign create next --tool copilot --start monday --owner carl@acme.com --template pilot");
        await carl.Types("review decide next --decided \"Go on.\"");
        carl.Hears("**next** has not started: there are no figures yet to decide by.");
        await carl.Types("review show next");
        carl.Hears("**Review of next**: it has not started");
    }
}
