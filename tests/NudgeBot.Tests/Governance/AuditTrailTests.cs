using Npgsql;
using NudgeBot.Governance;

namespace NudgeBot.Tests.Governance;

public class AuditTrailTests
{
    static readonly AuditEntry Pause = new(new Actor.Operator(), "terminal", AuditActions.CampaignPause);

    [Fact]
    public async Task Numbers_are_without_gap_however_many_write_at_once()
    {
        await using var company = await AuditedCompany.CreateAsync();
        var names = new[] { "anna", "bob", "carl" };

        await Task.WhenAll(Enumerable.Range(0, 40).Select(async write =>
            await company.WriteAsync(new AuditEntry(await company.ActorAsync(names[write % 3]), "slack", AuditActions.CampaignPause) { Why = "So" })));

        (await company.ListAsync<long>("select number from audit_entries order by number")).ShouldBe(Enumerable.Range(1, 40).Select(number => (long)number));
        (await company.VerifyAsync()).Broken.ShouldBeNull();
        (await company.QueryAsync<int>("select count(*)::int from audit_persons")).ShouldBe(3);
    }

    [Fact]
    public async Task What_is_rolled_back_leaves_nothing_and_no_gap()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.WriteAsync(Pause);
        var before = await company.HeadAsync();
        var anna = await company.ActorAsync("anna");

        await Should.ThrowAsync<InvalidOperationException>(company.CommitAsync(async connection =>
        {
            await new AuditTrail(connection, company.Clock).WriteAsync(company.Id, Pause with { By = anna }, TestContext.Current.CancellationToken);
            throw new InvalidOperationException("The change failed.");
        }));

        (await company.HeadAsync()).ShouldBe(before);
        (await company.QueryAsync<int>("select count(*)::int from audit_persons")).ShouldBe(0);
        await company.WriteAsync(Pause);
        (await company.HeadAsync()).Number.ShouldBe(2);
    }

    [Fact]
    public async Task Several_entries_of_one_transaction_follow_each_other()
    {
        await using var company = await AuditedCompany.CreateAsync();
        var anna = await company.ActorAsync("anna");
        await company.WriteAsync(Pause, Pause with { By = anna }, Pause with { By = anna, SubjectId = await company.PersonAsync("bob") });
        (await company.VerifyAsync()).ShouldBe(new AuditVerdict(3, await company.HeadAsync(), null));
    }

    [Fact]
    public async Task Outside_a_transaction_nothing_is_written()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await using var connection = await company.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);

        var refusal = await Should.ThrowAsync<PostgresException>(new AuditTrail(connection, company.Clock).WriteAsync(company.Id, Pause, TestContext.Current.CancellationToken));

        refusal.SqlState.ShouldBe(PostgresErrorCodes.NoActiveSqlTransaction);
        (await company.VerifyAsync()).Entries.ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_of_another_organization_can_be_named()
    {
        await using var company = await AuditedCompany.CreateAsync();
        var stranger = new Actor.Person(await company.PersonAsync(await company.AnotherAsync(), "anna"));

        (await Should.ThrowAsync<ArgumentException>(company.WriteAsync(Pause with { By = stranger }))).Message
            .ShouldStartWith($"Organization {company.Id} has no person {stranger.PersonId} to write of");
        (await company.VerifyAsync()).Entries.ShouldBe(0);
    }

    [Fact]
    public async Task Each_organization_has_a_log_of_its_own()
    {
        await using var company = await AuditedCompany.CreateAsync();
        var other = await company.AnotherAsync();
        await company.LiveAsync();
        await company.WriteAsync(other, Pause with { By = new Actor.Person(await company.PersonAsync(other, "anna")), Why = "Ours" });

        (await company.VerifyAsync()).Entries.ShouldBe(7);
        (await company.VerifyAsync(other)).Entries.ShouldBe(1);
        (await company.Reader.ReadAsync(other, new AuditFilter(), 20, TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Why.ShouldBe("Ours");
        (await company.ReadAsync()).Select(record => record.Why).ShouldNotContain("Ours");

        await company.TamperAsync($"update audit_entries set place = 'x' where organization_id = {other}");
        (await company.VerifyAsync()).Broken.ShouldBeNull();
        (await company.VerifyAsync(other)).Broken.ShouldBe(new AuditBreak(1, AuditFault.Changed));
    }

    [Fact]
    public async Task No_column_tells_in_plain_text_who_or_what_they_said()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.LiveAsync();
        await company.WriteAsync(
            Pause with { Why = "anna@acme.com and zoe@acme.com asked", After = new AuditValues { ["cc"] = "<mailto:bob@acme.com|bob@acme.com>, owner='zoe@acme.com'" } });

        var rows = string.Join('\n', await company.ListAsync<string>("""
            select encode(coalesce(why, ''), 'escape') || e::text from audit_entries e
            union all select encode(email, 'escape') || p::text from audit_persons p
            union all select h::text from audit_heads h
            """));

        rows.ShouldContain("They are back", customMessage: "the operator's words are nobody's own: the search itself must not have gone blind");
        foreach (var personal in new[] { "anna@", "bob@", "carl@", "zoe@", "Baker", "Butcher", "at the fair", "gate was wrong" }) rows.ShouldNotContain(personal, Case.Insensitive);
    }

    [Fact]
    public async Task An_address_in_a_text_is_its_person_and_of_a_strangers_only_the_domain_stays()
    {
        await using var company = await AuditedCompany.CreateAsync();
        var texts = new AuditValues
        {
            ["owner"] = "Anna@acme.com",
            ["lines"] = "owner: 'bob@acme.com', then carl@acme.com.",
            ["stranger"] = "zoe@acme.com or joanna@acme.com",
            ["none"] = "me @ home, a@b",
            ["empty"] = "",
        }.Person("champion", await company.PersonAsync("bob")).Person("nobody", null).Private("nothing", 7, null);
        texts["missing"] = null;

        await company.WriteAsync(Pause with { After = texts });

        (await company.ReadAsync()).Single().After.Select(value => $"{value.Name}={string.Concat(value.Parts)}").ShouldBe(
        [
            "owner=anna@acme.com", "lines=owner: 'bob@acme.com', then carl@acme.com.", "stranger=…@acme.com or …@acme.com", "none=me @ home, a@b", "empty=",
            "champion=bob@acme.com",
        ]);
        (await company.QueryAsync<int>("select count(*)::int from audit_persons")).ShouldBe(3);
    }

    [Fact]
    public async Task Any_words_can_be_written_and_verified()
    {
        await using var company = await AuditedCompany.CreateAsync();
        var anna = await company.PersonAsync("anna");
        foreach (var words in new[] { "a\0b \"q\" \\ äöü 🎉 \n next", "half of a pair \uD83C" })
        {
            await company.WriteAsync(Pause with { By = new Actor.Person(anna), Why = words, Before = new AuditValues { ["note"] = words }.Private("name", anna, words) });
            await company.WriteAsync(Pause with { Why = words });

            (await company.VerifyAsync()).Broken.ShouldBeNull();
            var records = await company.ReadAsync(count: 2);
            new[] { records[0].Why, records[1].Why, records[1].Before[0].Parts.Single(), records[1].Before[1].Parts.Single() }
                .ShouldAllBe(read => read == (words.EndsWith('\uD83C') ? "half of a pair \uFFFD" : words));
        }
    }
}
