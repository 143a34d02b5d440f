using NudgeBot.Conversations;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Conversations;

/// <summary>What people answer to a nudge, and what they hear. Sent on Monday 9 March 2026 at ten.</summary>
public class AnswersTests
{
    static async Task<NudgedCompany> AfterA(string kind, string locale = "en", string zone = "Europe/Berlin", string fields = "")
    {
        var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", locale: locale, zone: zone);
        await company.Hire("bob");
        await company.Launch(CampaignYaml.Of(CampaignYaml.Daily(kind, "check-in", "check-in"), fields: fields));
        await company.Through("2026-03-09T23:30");
        return company;
    }

    static Task<string[]> Responses(NudgedCompany company) => company.List<string>("""
        select concat_ws(' ', split_part(p.email, '@', 1), s.key, r.kind, r.value, r.minutes)
        from responses r join persons p on p.id = r.person_id left join steps s on s.id = r.step_id where r.organization_id = @id order by r.id
        """);

    static Task<string[]> SelfReports(NudgedCompany company) =>
        company.List<string>("select concat_ws(' ', tool, day, source) from usage_days where organization_id = @id order by day");

    [Fact]
    public async Task It_worked()
    {
        await using var company = await AfterA("check-in");
        var anna = company.With("anna");

        await anna.Presses("It worked");
        anna.Hears("Good to hear. Thank you.");
        anna.Changed.ShouldEndWith("Your answer: **It worked**");

        await anna.Presses("Minutes saved?");
        anna.Hears("About how many minutes a week does it save you?");
        await anna.Sends("30");
        anna.Hears("about 30 minutes a week");

        (await Responses(company)).ShouldBe(["anna step-0 worked", "anna step-0 minutes-saved 30"]);
        (await SelfReports(company)).ShouldBe(["copilot 2026-03-09 self"]);
    }

    [Fact]
    public async Task Not_useful_brings_a_better_prompt_for_the_chore()
    {
        await using var company = await AfterA("check-in");
        await company.Execute("update persons set chore = 'code-review' where email like 'anna%'");
        var anna = company.With("anna");

        await anna.Presses("Tried, not useful");

        anna.Hears("Here is a better one:");
        anna.Hears(company.Product.Library.ChoreWith("code-review", "developer", "en")!.Better.Prompt);
        (await SelfReports(company)).ShouldBe(["copilot 2026-03-09 self"]);
    }

    [Fact]
    public async Task Not_yet_brings_the_smallest_next_step_and_claims_no_use()
    {
        await using var company = await AfterA("check-in");
        var anna = company.With("anna");

        await anna.Presses("Not yet");

        anna.Hears("No hurry. The smallest next step:");
        (await SelfReports(company)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Blocked_asks_why()
    {
        await using var company = await AfterA("check-in");
        var anna = company.With("anna");

        await anna.Presses("Blocked");
        anna.Hears("What is in the way?");
        await anna.Chooses("No access");
        anna.Changed.ShouldStartWith("Noted: **No access**.");

        (await Responses(company)).ShouldBe(["anna step-0 blocked", "anna step-0 blocked-why no-access"]);
        (await SelfReports(company)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_button_pressed_twice_is_one_response_and_another_one_counts()
    {
        await using var company = await AfterA("check-in");
        var anna = company.With("anna");

        await anna.Presses("Not yet");
        await anna.Presses("Not yet");
        await anna.Presses("It worked");

        (await Responses(company)).ShouldBe(["anna step-0 not-yet", "anna step-0 worked"]);
    }

    [Fact]
    public async Task A_use_is_reported_for_the_local_date_of_the_answer()
    {
        // 23:30 in Berlin is the next morning in Auckland.
        await using var company = await AfterA("check-in", zone: "Pacific/Auckland");

        await company.With("anna").Presses("It worked");

        (await SelfReports(company)).ShouldBe(["copilot 2026-03-10 self"]);
    }

    [Fact]
    public async Task A_reported_use_is_a_use_since_day_0_for_those_without_telemetry()
    {
        await using var company = await AfterA("check-in");

        await company.With("anna").Presses("It worked");

        (await company.Query<long>("select self_days from enrollments e join persons p on p.id = e.person_id where p.email like 'anna%'")).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_answers_for_somebody_else()
    {
        await using var company = await AfterA("check-in");
        var annas = await company.Query<string>("select enrollment_id || '-' || step_id from nudges n join persons p on p.id = n.person_id where p.email like 'anna%' and outcome = 'sent'");
        var bob = company.With("bob");

        await bob.Presses("answer.worked", annas);

        bob.Hears("Nothing was changed.");
        (await Responses(company)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("1")]
    [InlineData("-1-1")]
    [InlineData("1--1")]
    [InlineData("99999999999999999999-1")]
    [InlineData("999999-1")]
    [InlineData("'; drop table persons; --")]
    public async Task A_payload_that_is_no_nudge_is_said_kindly(string payload)
    {
        await using var company = await AfterA("check-in");
        var anna = company.With("anna");

        await anna.Presses("answer.worked", payload);
        anna.Hears("Nothing was changed.");
        await anna.Presses("wins.line", payload);
        await anna.Sends("It works", "");
        anna.Hears("Nothing was changed.");

        (await Responses(company)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_late_answer_to_an_ended_campaign_still_works()
    {
        await using var company = await AfterA("check-in");
        await company.Pauses.EndCampaignAsync(company.Id, "pilot");
        await company.Through("2026-08-10T10:00");
        var anna = company.With("anna");

        await anna.Presses("It worked");

        anna.Hears("Good to hear.");
        (await SelfReports(company)).ShouldBe(["copilot 2026-08-10 self"]);
    }

    [Fact]
    public async Task An_answered_alternative_keeps_its_own_text()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna");
        await company.Launch(CampaignYaml.Of(
            """- {key: ask, day: 0, at: "10:00", kind: check-in, text: check-in-day-3, only_if: used_since_day_0, otherwise: check-in-day-14}"""));
        await company.At("2026-03-09T10:00");
        var anna = company.With("anna");
        var text = Conversation.TextOf(anna.LastMessage).Split('\n')[0];

        await anna.Presses("Not yet");

        (await company.Nudges()).ShouldBe(["anna ask sent alternative"]);
        anna.Changed.ShouldStartWith(text);
    }

    [Fact]
    public async Task An_answer_to_a_message_whose_text_was_removed_is_still_taken()
    {
        using var content = new EditableContent();
        content.Write("en/any/soon-gone.md");
        await using var company = await NudgedCompany.CreateAsync(content: content.Folder);
        await company.Hire("anna");
        await company.Launch(CampaignYaml.Of("""- {key: ask, day: 0, at: "10:00", kind: guide, text: soon-gone, after_answer: soon-gone}"""));
        await company.At("2026-03-09T10:00");
        content.Delete("en/any/soon-gone.md");
        company.RestartWith(content.Folder);
        var anna = company.With("anna");

        await anna.Presses("It worked");
        anna.Changed.ShouldBe("Your answer: **It worked**");
        anna.Hears("Good to hear.");
        await anna.Presses("What good looks like");
        anna.Hears("There is no guide for that yet.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("many")]
    [InlineData("-5")]
    [InlineData("2401")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("99999999999")]
    public async Task Minutes_that_are_no_number_keep_the_form_open(string typed)
    {
        await using var company = await AfterA("milestone");
        var anna = company.With("anna");
        await anna.Presses("Minutes saved?");

        await anna.Sends(typed);
        anna.Hears("Give a whole number from 0 to 2400.");
        (await Responses(company)).ShouldBeEmpty();

        await anna.Sends(" 2400 ");
        anna.Hears("about 2400 minutes a week");
        (await Responses(company)).ShouldBe(["anna step-0 minutes-saved 2400"]);
    }

    [Fact]
    public async Task Minutes_given_again_replace_those_given_before()
    {
        await using var company = await AfterA("milestone");
        var anna = company.With("anna");

        foreach (var minutes in new[] { "30", "0" })
        {
            await anna.Presses("Minutes saved?");
            await anna.Sends(minutes);
        }

        (await Responses(company)).ShouldBe(["anna step-0 minutes-saved 0"]);
    }

    [Fact]
    public async Task Words_typed_are_an_answer_to_the_last_message()
    {
        await using var company = await AfterA("check-in");
        await company.Through("2026-03-10T12:00");
        var anna = company.With("anna");

        await anna.Types("I have no licence");

        anna.Hears("Thank you, noted.");
        (await Responses(company)).ShouldBe(["anna step-1 text I have no licence"]);
    }

    [Fact]
    public async Task Words_below_an_older_message_are_an_answer_to_that_one()
    {
        await using var company = await AfterA("check-in");
        var first = await company.Query<string>("select enrollment_id || '-' || step_id from nudges n join persons p on p.id = n.person_id where p.email like 'anna%' and outcome = 'sent'");
        await company.Through("2026-03-10T12:00");

        await company.With("anna").Types("Tried it yesterday", first);
        await company.With("bob").Types("Not mine", first);

        (await Responses(company)).ShouldBe(["anna step-0 text Tried it yesterday", "bob text Not mine"]);
    }

    [Fact]
    public async Task Words_before_any_message_are_kept_about_nothing()
    {
        await using var company = await NudgedCompany.WithAsync(CampaignYaml.Of(CampaignYaml.Welcome), "anna");
        await company.With("anna").Types("Who are you?");
        (await Responses(company)).ShouldBe(["anna text Who are you?"]);
    }

    [Fact]
    public async Task A_snooze_is_quiet_until_the_eighth_day_and_then_goes_on()
    {
        await using var company = await AfterA("check-in", fields: "back_off: 1");
        var anna = company.With("anna");

        await anna.Presses("Snooze for a week");
        anna.Hears("Quiet until 2026-03-16.");
        await company.Through("2026-03-13T16:59");

        (await company.Nudges("anna")).ShouldBe(["anna step-0 sent", "anna step-1 pending snoozed", "anna step-2 pending snoozed"]);
        await company.Through("2026-03-16T17:00");
        // Their last chances were Friday and Monday.
        (await company.Nudges("anna")).ShouldBe(["anna step-0 sent", "anna step-1 skipped snoozed", "anna step-2 sent"]);
    }

    [Fact]
    public async Task A_resume_ends_the_snooze_for_what_was_held_too()
    {
        await using var company = await AfterA("check-in", fields: "back_off: 1");
        await company.With("anna").Presses("Snooze for a week");
        await company.Through("2026-03-10T11:00");

        await using var connection = await company.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await new ResponseLog(connection).WriteAsync(
            await company.SenderOf("anna"), new Answer(ResponseKind.Resume, company.Clock.Now), TestContext.Current.CancellationToken);
        await company.Tick();

        (await company.Nudges("anna")).ShouldBe(["anna step-0 sent", "anna step-1 sent"]);
    }

    [Fact]
    public async Task A_stop_ends_messages_for_good()
    {
        await using var company = await AfterA("check-in", fields: "back_off: 1");
        var anna = company.With("anna");

        await anna.Presses("Stop");
        anna.Hears("I have stopped.");
        await company.Through("2026-03-31T10:00");

        (await company.Nudges("anna")).ShouldBe(["anna step-0 sent", "anna step-1 skipped opted-out", "anna step-2 skipped opted-out"]);
    }

    [Fact]
    public async Task German_people_are_asked_and_answered_in_German()
    {
        await using var company = await AfterA("check-in", locale: "de-AT");
        var anna = company.With("anna");
        Conversation.TextOf(anna.LastMessage).ShouldContain("eine kurze Frage");

        await anna.Presses("Etwas steht im Weg");
        await anna.Chooses("Keine Zeit");

        anna.Hears("Notiert: **Keine Zeit**.");
        (await Responses(company)).ShouldBe(["anna step-0 blocked", "anna step-0 blocked-why no-time"]);
    }

    [Fact]
    public async Task Other_languages_fall_back_to_English()
    {
        await using var company = await AfterA("check-in", locale: "fr");
        var anna = company.With("anna");

        await anna.Presses("It worked");

        anna.Hears("Good to hear.");
    }
}
