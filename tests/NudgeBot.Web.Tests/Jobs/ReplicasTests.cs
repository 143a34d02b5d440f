namespace NudgeBot.Web.Tests.Jobs;

/// <summary>Real programs on one database: what they share, and what one of them leaves behind when it ends.</summary>
public sealed class ReplicasTests
{
    [Fact]
    public async Task Two_replicas_share_the_work_and_nobody_gets_a_message_twice()
    {
        const int People = 3000;
        await using var company = await DueCompany.CreateAsync(People);
        // Both wait at their first claim, so that neither has sent everything before the other has started.
        var gate = await company.LockAsync("nudges", "exclusive");
        await using var one = company.Start("one");
        await using var other = company.Start("other");
        await one.WaitForAsync(
            () => company.AskAsync<bool>("""
                select count(distinct application_name) = 2 from pg_stat_activity
                where wait_event_type = 'Lock' and query like '%skip locked%' and application_name in ('one', 'other')
                """), "both replicas claim");
        await gate.DisposeAsync();
        await one.WaitForAsync(async () => await company.CountAsync("outcome = 'sent'") == People, "everything is sent");

        one.Sent.ShouldNotBeEmpty();
        other.Sent.ShouldNotBeEmpty();
        one.Sent.Concat(other.Sent).ShouldBeUnique();
        (one.Sent.Count + other.Sent.Count).ShouldBe(People);
    }

    [Fact]
    public async Task A_clean_stop_finishes_or_gives_back_what_is_claimed()
    {
        const int People = 600;
        await using var company = await DueCompany.CreateAsync(People);
        // A claim commits before the persons are read: here it stays, claimed and not sent.
        var gate = await company.LockAsync("persons", "access exclusive");
        await using var replica = company.Start("one");
        await replica.WaitForAsync(async () => await company.CountAsync("leased_until is not null") == People, "everything is claimed");

        replica.Terminate();
        await replica.WaitForLogAsync("Application is shutting down");
        await gate.DisposeAsync();

        (await replica.ExitCodeAsync()).ShouldBe(0);
        (await company.CountAsync("leased_until is not null")).ShouldBe(0);
        (await company.CountAsync("outcome = 'sent'")).ShouldBe(replica.Sent.Count);
        (await company.CountAsync("outcome = 'pending'")).ShouldBe(People - replica.Sent.Count);
    }

    [Fact]
    public async Task What_a_killed_replica_had_claimed_is_sent_by_another_unless_it_may_have_been_sent()
    {
        const int People = 600;
        const int Attempted = 10;
        await using var company = await DueCompany.CreateAsync(People);
        var gate = await company.LockAsync("persons", "access exclusive");
        await using (var killed = company.Start("killed"))
        {
            await killed.WaitForAsync(async () => await company.CountAsync("leased_until is not null") == People, "everything is claimed");
            await killed.KillAsync();
            killed.Sent.ShouldBeEmpty();
        }
        await gate.DisposeAsync();
        (await company.CountAsync("leased_until is not null")).ShouldBe(People);

        // As if it had been killed later, while it was sending the first few, and as if two minutes had passed.
        await company.ExecuteAsync("""
            update nudges set leased_until = clock_timestamp() - interval '1 second', attempted = enrollment_id in (
              select enrollment_id from nudges where leased_until is not null order by enrollment_id limit @Attempted)
            where leased_until is not null
            """, new { Attempted });
        await using var next = company.Start("next");
        await next.WaitForAsync(async () => await company.CountAsync("outcome = 'pending'") == 0, "everything is settled");

        (await company.CountAsync("outcome = 'unknown' and reason = 'no-answer' and attempted")).ShouldBe(Attempted);
        (await company.CountAsync("outcome = 'sent'")).ShouldBe(People - Attempted);
        next.Sent.Count.ShouldBe(People - Attempted);
        next.Sent.ShouldBeUnique();
    }
}
