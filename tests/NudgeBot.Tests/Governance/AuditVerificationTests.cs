using Dapper;
using NodaTime;
using NudgeBot.Conversations;
using NudgeBot.Governance;

namespace NudgeBot.Tests.Governance;

public class AuditVerificationTests
{
    /// <summary>Somebody who can do everything, and knows how hashes are made.</summary>
    static async Task ForgeAsync(AuditedCompany company, Func<AuditRow, AuditRow?> forge)
    {
        await using var connection = await company.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var rows = await connection.QueryAsync<AuditRow>("select * from audit_entries order by number");
        var (hash, forged) = (AuditRow.Genesis, new List<AuditRow>());
        foreach (var row in rows.Select(forge).OfType<AuditRow>())
        {
            var next = row with { Number = forged.Count + 1 };
            forged.Add(next with { Hash = hash = next.HashAfter(hash) });
        }
        await company.TamperAsync("delete from audit_entries; delete from audit_heads");
        await connection.ExecuteAsync("""
            insert into audit_entries (organization_id, number, at, actor, place, action, refused, campaign, subject, before, after, why, named, hash)
            values (@OrganizationId, @Number, @At, @Actor, @Place, @Action, @Refused, @Campaign, @Subject, @Before, @After, @Why, @Named, @Hash)
            """, forged);
        await connection.ExecuteAsync("insert into audit_heads values (@Id, @number, @hash)", new { company.Id, number = forged.Count, hash });
    }

    [Fact]
    public async Task A_log_that_was_rewritten_with_all_its_hashes_is_found_with_a_noted_head()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.LiveAsync();
        var noted = await company.HeadAsync();

        await ForgeAsync(company, row => row.Number == 2 ? row with { Campaign = "autumn" } : row);

        (await company.VerifyAsync()).Broken.ShouldBeNull("nothing inside the database can tell");
        (await company.VerifyAsync(noted)).Broken.ShouldBe(new AuditBreak(7, AuditFault.Noted));
    }

    [Fact]
    public async Task A_log_whose_end_was_cut_off_with_its_head_is_found_with_a_noted_head()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.LiveAsync();
        var noted = await company.HeadAsync();

        await ForgeAsync(company, row => row.Number <= 5 ? row : null);

        (await company.VerifyAsync()).Broken.ShouldBeNull("nothing inside the database can tell");
        (await company.VerifyAsync(noted)).Broken.ShouldBe(new AuditBreak(6, AuditFault.Missing));
    }

    [Fact]
    public async Task A_noted_head_holds_while_the_log_grows()
    {
        await using var company = await AuditedCompany.CreateAsync();
        var empty = await company.HeadAsync();
        await company.LiveAsync();
        var noted = await company.HeadAsync();
        await company.WriteAsync(new AuditEntry(new Actor.System(), "system", AuditActions.CampaignEnd));

        (await company.VerifyAsync(noted)).Entries.ShouldBe(8);
        (await company.VerifyAsync(empty)).Entries.ShouldBe(8);
        (await company.VerifyAsync(empty with { Hash = noted.Hash })).Broken.ShouldBe(new AuditBreak(0, AuditFault.Noted));
    }

    [Fact]
    public async Task A_words_key_that_opens_nothing_is_found_even_where_the_chain_was_forged()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.LiveAsync();
        await ForgeAsync(company, row => row.Number == 1 ? row with { Why = new byte[60] } : row);
        (await company.VerifyAsync()).Broken.ShouldBe(new AuditBreak(1, AuditFault.Sealed));

        await ForgeAsync(company, row => row.Number == 1 ? row with { Why = null, Before = "[1]" } : row);
        (await company.VerifyAsync()).Broken.ShouldBe(new AuditBreak(1, AuditFault.Sealed));
    }

    [Fact]
    public async Task A_company_without_entries_has_a_whole_log()
    {
        await using var company = await AuditedCompany.CreateAsync();
        (await company.VerifyAsync()).ShouldBe(new AuditVerdict(0, new AuditHead(0, new string('0', 64)), null));
    }

    [Fact]
    public async Task Reads_a_log_of_a_hundred_thousand_entries()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.LiveAsync();
        await using var connection = await company.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var last = await connection.QuerySingleAsync<AuditRow>("select * from audit_entries where number = 7");
        var more = new List<AuditRow> { last };
        while (more.Count <= 100_000)
        {
            var next = last with { Number = more[^1].Number + 1 };
            more.Add(next with { Hash = next.HashAfter(more[^1].Hash) });
        }
        await connection.ExecuteAsync("""
            insert into audit_entries (organization_id, number, at, actor, place, action, refused, campaign, why, hash)
            select organization_id, n, at, actor, place, action, refused, campaign, why, h
            from audit_entries, unnest(@numbers, @hashes) as more (n, h) where number = 7
            """, new { numbers = more.Skip(1).Select(row => row.Number).ToArray(), hashes = more.Skip(1).Select(row => row.Hash).ToArray() });
        await company.TamperAsync("update audit_heads set (number, hash) = (select number, hash from audit_entries order by number desc limit 1)");

        (await company.VerifyAsync()).Entries.ShouldBe(100_007);

        await company.TamperAsync("update audit_entries set place = 'x' where number = 99999");
        (await company.VerifyAsync()).Broken.ShouldBe(new AuditBreak(99_999, AuditFault.Changed));
    }

    [Fact]
    public void A_head_is_read_as_it_is_written()
    {
        var head = new AuditHead(12, new string('a', 64));
        AuditHead.TryParse(head.ToString(), out var read).ShouldBeTrue();
        read.ShouldBe(head);
        AuditHead.TryParse($" 12:{new string('A', 64)} ", out read).ShouldBeTrue();
        read.ShouldBe(head);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("12:abc")]
    [InlineData("-1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("x:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaz")]
    public void What_is_no_head_is_not_taken_for_one(string written) => AuditHead.TryParse(written, out _).ShouldBeFalse();

    [Fact]
    public void Every_fault_is_explained() =>
        Enum.GetValues<AuditFault>().Where(fault => Phrases.Find("en", $"audit-fault-{Words.Of(fault)}") is null).ShouldBeEmpty();
}
