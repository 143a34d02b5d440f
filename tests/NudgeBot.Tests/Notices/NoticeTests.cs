using NodaTime;
using NudgeBot.Chat;
using NudgeBot.Notices;
using NudgeBot.Nudging;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Notices;

/// <summary>Sunday 8 March 2026 at noon, when no word may be said.</summary>
public sealed class NoticeTests
{
    [Fact]
    public async Task A_word_waits_for_working_hours_and_an_alert_does_not()
    {
        await using var company = await WithAsync("anna", "bob");
        await company.Tells("anna");
        await company.Tells("bob", NoticeKind.Alert);
        await company.Tick();
        (await company.Outcomes()).ShouldBe(["pending", "sent"]);

        await company.Through("2026-03-09T08:59");
        (await company.Outcomes()).ShouldBe(["pending", "sent"]);
        await company.Through("2026-03-09T09:00");
        (await company.Outcomes()).ShouldBe(["sent", "sent"]);
        company.Platform.Asked[^1].ShouldSatisfyAllConditions(
            sent => sent.Recipient.ShouldBe("anna@acme.com"), sent => sent.NudgeId.ShouldStartWith("notice-"), sent => Conversation.TextOf(sent.Message).ShouldBe("Something to know\nDo it"));
    }

    [Fact]
    public async Task It_is_written_with_its_reason_or_not_at_all()
    {
        await using var company = await WithAsync("anna");
        await using (var connection = await company.Source.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await new NoticeBox(company.Clock).AddAsync(connection, company.Id, (await company.SenderOf("anna")).PersonId, Message.Say("Never said"), NoticeKind.Alert);
        }
        await company.Tick();
        company.Platform.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(NoticeKind.Word, "pending paused")]
    [InlineData(NoticeKind.Alert, "sent")]
    public async Task A_pause_of_everything_holds_words_and_no_alerts(NoticeKind kind, string outcome)
    {
        await using var company = await WithAsync("anna");
        await company.Pauses.PauseAllAsync(company.Id);
        await company.Tells("anna", kind);
        await company.At("2026-03-09T10:00");
        (await company.Outcomes()).ShouldBe([outcome]);
        await company.Pauses.ResumeAllAsync(company.Id);
        await company.Tick();
        (await company.Outcomes()).ShouldBe(["sent"]);
    }

    [Fact]
    public async Task A_pause_of_the_workspace_holds_alerts_too_and_after_three_days_it_is_over()
    {
        await using var company = await WithAsync("anna", "bob");
        await company.MakeAdmin("bob");
        await company.Pauses.PauseWorkspaceAsync(company.Id, 1);
        await company.Tells("anna", NoticeKind.Alert, orAdmins: true);
        await company.Through("2026-03-11T11:59");
        (await company.Outcomes()).ShouldBe(["pending paused"]);
        await company.Pauses.ResumeWorkspaceAsync(company.Id, 1);
        await company.Pauses.PauseWorkspaceAsync(company.Id, 1);
        await company.At("2026-03-11T12:00");
        (await company.Outcomes()).ShouldBe(["skipped paused", "pending paused"]);
    }

    [Fact]
    public async Task Two_dispatchers_send_each_once()
    {
        await using var company = await WithAsync("anna", "bob");
        for (var one = 0; one < 6; one++) await company.Tells(one % 2 == 0 ? "anna" : "bob", NoticeKind.Alert);
        var gate = company.Platform.Waits();
        var runs = Task.WhenAll(company.TickOnce(), company.TickOnce());
        await company.Platform.WasCalled(2);
        gate.SetResult();
        await runs;
        company.Platform.Asked.Select(one => one.NudgeId).ShouldBeUnique();
        (await company.Outcomes()).ShouldBe(Enumerable.Repeat("sent", 6));
    }

    [Fact]
    public async Task A_crash_after_the_claim_makes_it_unknown_and_the_administrators_hear_of_it()
    {
        await using var company = await WithAsync("anna", "bob");
        await company.MakeAdmin("bob");
        await company.Tells("anna", NoticeKind.Alert, orAdmins: true);
        await company.Execute("update notices set leased_until = clock_timestamp() - interval '1 second' where organization_id = @id");

        await company.Sweep();
        await company.Tick();
        await company.Sweep();
        await company.Tick();

        (await company.Outcomes()).ShouldBe(["unknown no-answer", "sent"]);
        company.Recipients.ShouldBe(["bob"]);
    }

    [Fact]
    public async Task What_no_administrator_gets_either_comes_to_an_end()
    {
        await using var company = await WithAsync("anna", "bob");
        await company.MakeAdmin("anna");
        await company.MakeAdmin("bob");
        company.Platform.Says(new SendResult.Refused(FailReason.BlockedByUser));
        await company.Tells("anna", NoticeKind.Alert, orAdmins: true);
        await company.Through("2026-03-12T12:00");
        (await company.Outcomes()).ShouldBe(["failed blocked-by-user", "failed blocked-by-user"]);
    }

    [Fact]
    public async Task Who_has_left_or_has_no_account_gets_nothing()
    {
        await using var company = await WithAsync("anna");
        await company.Hire("bob", account: false);
        await company.Tells("bob", NoticeKind.Alert);
        await company.Tells("anna", NoticeKind.Alert);
        await company.Hire("anna", left: "2026-03-08", account: false);
        await company.Tick();
        (await company.Outcomes()).ShouldBe(["skipped no-account", "skipped ended"]);
    }

    [Fact]
    public async Task A_throttled_workspace_gets_it_later()
    {
        await using var company = await WithAsync("anna");
        company.Platform.Says(new SendResult.Throttled(Duration.FromMinutes(5)));
        await company.Tells("anna", NoticeKind.Alert);
        await company.Through("2026-03-08T12:04");
        (await company.Outcomes()).ShouldBe(["pending throttled"]);
        company.Platform.TakesEverything();
        await company.Through("2026-03-08T12:05");
        (await company.Outcomes()).ShouldBe(["sent"]);
    }

    [Fact]
    public async Task Where_only_the_conversation_is_full_the_others_do_not_wait()
    {
        await using var company = await WithAsync("anna", "bob");
        company.Platform.Says(outgoing => outgoing.Recipient == "anna@acme.com" ? new SendResult.Throttled(Duration.FromMinutes(5), IsOfConversation: true) : company.Platform.Taken());
        await company.Tells("anna", NoticeKind.Alert);
        await company.Tells("bob", NoticeKind.Alert);
        await company.Tick();
        (await company.Outcomes()).ShouldBe(["pending throttled", "sent"]);
        company.Platform.TakesEverything();
        await company.Through("2026-03-08T12:05");
        (await company.Outcomes()).ShouldBe(["sent", "sent"]);
    }

    [Theory]
    [InlineData("found", "sent", 1)]
    [InlineData("not there", "sent", 2)]
    [InlineData("later", "pending no-answer", 1)]
    [InlineData("cannot tell", "unknown no-answer", 1)]
    public async Task Where_no_answer_came_the_platform_is_asked_and_the_message_is_one(string told, string outcome, int sent)
    {
        await using var company = await WithAsync("anna");
        var asked = new List<Question>();
        company.Platform.Knows = question =>
        {
            asked.Add(question);
            return told switch { "found" => new AskResult.Found("m1"), "not there" => new AskResult.NotThere(), "later" => new AskResult.Later(Duration.FromHours(1)), _ => new AskResult.CannotTell() };
        };
        company.Platform.Says(new SendResult.NoAnswer());
        await company.Tells("anna", NoticeKind.Alert);
        await company.Tick();
        (await company.Outcomes()).ShouldBe(["pending no-answer"]);
        company.Platform.TakesEverything();

        await company.Sweep();
        asked.ShouldBeEmpty("it may still be under way");
        company.Clock.MoveTo(NudgedCompany.Moment("2026-03-08T12:02"));
        await company.Sweep();
        await company.Tick();

        var question = asked.ShouldHaveSingleItem();
        question.NudgeId.ShouldBe(company.Platform.Asked[0].NudgeId);
        question.Recipient.ShouldBe("anna@acme.com");
        (await company.Outcomes()).ShouldBe([outcome]);
        company.Platform.Asked.Count.ShouldBe(sent);
    }

    [Fact]
    public async Task What_a_dispatcher_that_died_left_is_asked_of_the_platform()
    {
        await using var company = await WithAsync("anna");
        company.Platform.Knows = _ => new AskResult.Found("m1");
        await company.Tells("anna", NoticeKind.Alert);
        await company.Execute("""
            update notices set leased_until = clock_timestamp() - interval '1 second', account_id = (select account_id from persons where name = 'anna') where organization_id = @id
            """);
        await company.Sweep();
        (await company.Outcomes()).ShouldBe(["pending no-answer"]);
        company.Clock.MoveTo(NudgedCompany.Moment("2026-03-08T12:02"));
        await company.Sweep();
        await company.Tick();
        (await company.Outcomes()).ShouldBe(["sent"]);
        company.Platform.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_is_deleted_takes_their_notices_along()
    {
        await using var company = await WithAsync("anna");
        await company.Tells("anna");
        await company.Execute("delete from persons where organization_id = @id");
        await company.Tick();
        (await company.Outcomes()).ShouldBeEmpty();
    }

    static async Task<NudgedCompany> WithAsync(params string[] people)
    {
        var company = await NudgedCompany.CreateAsync();
        foreach (var name in people) await company.Hire(name);
        return company;
    }
}

static class Noticing
{
    public static async Task Tells(this NudgedCompany company, string name, NoticeKind kind = NoticeKind.Word, bool orAdmins = false)
    {
        var message = Message.Of(new Block.Text("Something to know"), new Block.Buttons(new Button("command", "gate show pilot", "Do it")));
        await using var connection = await company.Source.OpenConnectionAsync();
        await new NoticeBox(company.Clock).AddAsync(
            connection, company.Id, await company.Query<long>("select id from persons where organization_id = @id and name = @name", new { name }), message, kind, orAdmins);
    }

    public static Task<string[]> Outcomes(this NudgedCompany company) =>
        company.List<string>("select concat_ws(' ', outcome, reason) from notices where organization_id = @id order by id");
}
