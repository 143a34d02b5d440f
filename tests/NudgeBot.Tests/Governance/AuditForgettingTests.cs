using Npgsql;
using NudgeBot.Governance;

namespace NudgeBot.Tests.Governance;

public class AuditForgettingTests
{
    [Fact]
    public async Task The_chain_holds_and_nobody_can_tell_any_more_who_it_was()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.LiveAsync();
        var noted = await company.HeadAsync();

        await company.ForgetAsync("anna");
        await company.ForgetAsync("bob");

        (await company.VerifyAsync(noted)).ShouldBe(new AuditVerdict(9, await company.HeadAsync(), null));
        (await company.LinesAsync()).Reverse().ShouldBe(
        [
            @"- 2026-03-02 13:00 **a deleted person**: campaign\.pause, spring, paused: no → yes, why: “a deleted person”",
            @"- 2026-03-02 13:00 **the operator**: campaign\.resume, spring, why: “They are back”",
            @"- 2026-03-02 13:00 **a deleted person**: people\.set, about a deleted person, role: qa → developer, name: a deleted person → a deleted person",
            @"- 2026-03-02 13:00 **a deleted person**: campaign\.end, spring, **refused**",
            @"- 2026-03-02 13:00 **a deleted person**: campaign\.edit, spring, definition: owner: a deleted person → owner: carl\@acme\.com",
            @"- 2026-03-02 13:00 **NudgeBot itself**: campaign\.pause, autumn",
            @"- 2026-03-02 13:00 **a deleted person**: campaign\.resume, autumn, why: “a deleted person”",
            @"- 2026-03-02 13:00 **NudgeBot itself**: person\.forget, about a deleted person",
            @"- 2026-03-02 13:00 **NudgeBot itself**: person\.forget, about a deleted person",
        ]);
    }

    [Fact]
    public async Task Nothing_is_left_that_could_be_decrypted()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.LiveAsync();
        await company.ForgetAsync("anna");
        (await company.ListAsync<string>("select concat_ws(' ', person_id, key, email) from audit_persons where person_id is null")).ShouldBe([""]);
    }

    [Fact]
    public async Task Somebody_whom_the_log_names_cannot_be_deleted_before()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.LiveAsync();

        (await Should.ThrowAsync<PostgresException>(company.ExecuteAsync("delete from persons where email = 'anna@acme.com'")))
            .SqlState.ShouldBe(PostgresErrorCodes.ForeignKeyViolation);

        await company.ForgetAsync("anna");
        await company.ExecuteAsync("delete from persons where email = 'anna@acme.com'");
    }

    [Fact]
    public async Task Whoever_was_never_named_leaves_no_trace()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.CommitAsync(async connection =>
            (await new AuditTrail(connection, company.Clock).ForgetAsync(company.Id, await company.PersonAsync("anna"), TestContext.Current.CancellationToken)).ShouldBeFalse());
        (await company.HeadAsync()).Number.ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_comes_back_is_somebody_new()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.LiveAsync();
        await company.ForgetAsync("anna");
        var again = await company.ActorAsync("anna");

        await company.WriteAsync(new AuditEntry(again, "slack", AuditActions.CampaignPause) { Why = "Once more" });

        (await company.ReadAsync(new AuditFilter { By = again })).ShouldHaveSingleItem().Why.ShouldBe("Once more");
        (await company.VerifyAsync()).Broken.ShouldBeNull();
    }

    [Fact]
    public async Task A_key_that_is_there_again_is_found()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.LiveAsync();
        await company.TamperAsync("create table kept as select * from audit_persons");
        await company.ForgetAsync("bob");

        await company.TamperAsync("delete from audit_persons; insert into audit_persons select * from kept");

        (await company.VerifyAsync()).Broken.ShouldBe(new AuditBreak(3, AuditFault.PersonKept));
    }
}
