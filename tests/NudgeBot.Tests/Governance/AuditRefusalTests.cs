using Npgsql;

namespace NudgeBot.Tests.Governance;

public sealed class AuditRefusalTests(LivedCompany lived) : IClassFixture<LivedCompany>
{
    [Theory]
    [InlineData("update audit_entries set why = null where number = 1", "The audit log only grows: update on audit_entries is refused.")]
    [InlineData("update audit_entries set why = why where false", "The audit log only grows: update on audit_entries is refused.")]
    [InlineData("delete from audit_entries where number = 7", "The audit log only grows: delete on audit_entries is refused.")]
    [InlineData("truncate audit_entries", "The audit log only grows: truncate on audit_entries is refused.")]
    [InlineData("truncate persons cascade", "The audit log only grows: truncate on audit_persons is refused.")]
    [InlineData("insert into audit_entries select * from audit_entries on conflict (organization_id, number) do update set place = 'x'", "The audit log only grows: update on audit_entries is refused.")]
    [InlineData("update audit_heads set number = 3", "The audit log only grows: its head goes on from 7 to 8, not to 3.")]
    [InlineData("update audit_heads set hash = hash", "The audit log only grows: its head goes on from 7 to 8, not to 7.")]
    [InlineData("delete from audit_heads", "The audit log only grows: delete on audit_heads is refused.")]
    [InlineData("truncate audit_heads", "The audit log only grows: truncate on audit_heads is refused.")]
    [InlineData("delete from audit_persons", "The audit log only grows: delete on audit_persons is refused.")]
    [InlineData("update audit_persons set email = key", "Whom the audit log names stays as it is, or is forgotten as a whole.")]
    [InlineData("update audit_persons set key = null", "Whom the audit log names stays as it is, or is forgotten as a whole.")]
    [InlineData("update audit_persons set pseudonym = gen_random_uuid(), person_id = null, key = null, email = null", "Whom the audit log names stays as it is, or is forgotten as a whole.")]
    public async Task The_database_refuses_to_change_what_was_written(string sql, string refusal)
    {
        (await Should.ThrowAsync<PostgresException>(lived.Company.ExecuteAsync(sql))).MessageText.ShouldBe(refusal);

        (await lived.Company.VerifyAsync()).Broken.ShouldBeNull();
    }
}
