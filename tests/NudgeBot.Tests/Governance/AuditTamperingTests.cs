using NudgeBot.Governance;

namespace NudgeBot.Tests.Governance;

public sealed class AuditTamperingTests(LivedCompany lived) : IClassFixture<LivedCompany>
{
    /// <summary>Every column, so that one that comes later is asked for here, too.</summary>
    public static TheoryData<string, string> Columns => new()
    {
        { "organization_id", "organization_id + 1000" },
        { "number", "number + 1000" },
        { "at", "at + interval '1 microsecond'" },
        { "actor", "'operator'" },
        { "place", "place || 'x'" },
        { "action", "action || 'x'" },
        { "refused", "not refused" },
        { "campaign", "coalesce(campaign || 'x', '')" },
        { "subject", "(select p.pseudonym from audit_persons p where p.pseudonym is distinct from subject limit 1)" },
        { "before", "coalesce(before || ' ', '')" },
        { "after", "coalesce(after || ' ', '')" },
        { "why", @"coalesce(why || '\x00', '')" },
        { "named", "coalesce(named || ' ', '')" },
        { "hash", "sha256(hash)" },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task Finds_any_change_of_any_column(string column, string changed)
    {
        var fault = column is "organization_id" or "number" ? AuditFault.Missing : AuditFault.Changed;
        (await lived.VerifyAfterAsync($"update audit_entries set {column} = {changed} where number = 3")).ShouldBe(new AuditVerdict(2, null, new AuditBreak(3, fault)));
    }

    [Fact]
    public async Task Every_column_is_tried()
    {
        var columns = await lived.Company.ListAsync<string>("select column_name::text from information_schema.columns where table_name = 'audit_entries'");
        columns.ShouldBe(Columns.Select(column => column.Data.Item1), ignoreOrder: true);
    }

    [Theory]
    [InlineData("update audit_entries set campaign = '' where number = 3", 3, AuditFault.Changed)]
    [InlineData("update audit_entries set why = '' where number = 4", 4, AuditFault.Changed)]
    [InlineData("update audit_entries set place = '', action = place || action where number = 1", 1, AuditFault.Changed)]
    [InlineData("delete from audit_entries where number = 1", 1, AuditFault.Missing)]
    [InlineData("delete from audit_entries where number = 3", 3, AuditFault.Missing)]
    [InlineData("delete from audit_entries where number = 7", 7, AuditFault.Missing)]
    [InlineData("delete from audit_entries where number >= 5", 5, AuditFault.Missing)]
    [InlineData("delete from audit_entries", 1, AuditFault.Missing)]
    [InlineData("update audit_entries set number = 99 where number = 3; update audit_entries set number = 3 where number = 4; update audit_entries set number = 4 where number = 99", 3, AuditFault.Changed)]
    [InlineData("delete from audit_entries where number = 3; update audit_entries set number = number - 1 where number = 4; update audit_entries set number = number - 1 where number = 5", 3, AuditFault.Changed)]
    [InlineData("insert into audit_entries select * from audit_entries where number = 3", 3, AuditFault.Inserted)]
    [InlineData("insert into audit_entries (organization_id, number, at, actor, place, action, refused, hash) select organization_id, 0, at, actor, place, action, refused, hash from audit_entries where number = 1", 0, AuditFault.Inserted)]
    [InlineData("insert into audit_entries (organization_id, number, at, actor, place, action, refused, hash) select organization_id, 8, at, actor, place, action, refused, hash from audit_entries where number = 7", 8, AuditFault.Changed)]
    [InlineData("update audit_heads set number = 6", 7, AuditFault.Head)]
    [InlineData("update audit_heads set number = 8", 8, AuditFault.Missing)]
    [InlineData("update audit_heads set hash = sha256(hash)", 7, AuditFault.Head)]
    [InlineData("delete from audit_heads", 7, AuditFault.Head)]
    public async Task Finds_what_was_taken_put_in_exchanged_or_cut_off(string sql, long number, AuditFault fault) =>
        (await lived.VerifyAfterAsync(sql)).Broken.ShouldBe(new AuditBreak(number, fault));

    [Theory]
    [InlineData("update audit_persons set email = set_byte(email, 30, get_byte(email, 30) # 1) where pseudonym = {anna}", 1, AuditFault.PersonChanged)]
    [InlineData("update audit_persons set email = '' where pseudonym = {anna}", 1, AuditFault.PersonChanged)]
    [InlineData("update audit_persons set email = null where pseudonym = {anna}", 1, AuditFault.PersonChanged)]
    [InlineData("update audit_persons set key = sha256(key) where pseudonym = {bob}", 3, AuditFault.PersonChanged)]
    [InlineData("update audit_persons set key = substr(key, 1, 5) where pseudonym = {bob}", 3, AuditFault.PersonChanged)]
    [InlineData("update audit_persons p set email = o.email, key = o.key, person_id = -p.person_id from audit_persons o where p.pseudonym = {bob} and o.pseudonym = {anna}", 3, AuditFault.PersonChanged)]
    [InlineData("update audit_persons set person_id = 4711 where pseudonym = {carl}", 5, AuditFault.PersonChanged)]
    [InlineData("update audit_persons set person_id = null where pseudonym = {carl}", 5, AuditFault.PersonChanged)]
    [InlineData("update audit_persons set pseudonym = gen_random_uuid() where pseudonym = {carl}", 5, AuditFault.PersonMissing)]
    [InlineData("delete from audit_persons where pseudonym = {bob}", 3, AuditFault.PersonMissing)]
    [InlineData("update audit_persons set person_id = null, key = null, email = null where pseudonym = {bob}", 3, AuditFault.PersonErased)]
    [InlineData("insert into audit_persons (organization_id, pseudonym) select organization_id, gen_random_uuid() from audit_heads", 0, AuditFault.PersonInserted)]
    public async Task Finds_who_was_exchanged_removed_or_made_unreadable(string sql, long number, AuditFault fault)
    {
        foreach (var name in new[] { "anna", "bob", "carl" }) sql = sql.Replace($"{{{name}}}", $"(select pseudonym from audit_persons where person_id = (select id from persons where email = '{name}@acme.com'))");
        (await lived.VerifyAfterAsync(sql)).Broken.ShouldBe(new AuditBreak(number, fault));
    }
}
