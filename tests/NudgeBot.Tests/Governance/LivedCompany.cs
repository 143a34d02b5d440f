using NudgeBot.Governance;

namespace NudgeBot.Tests.Governance;

/// <summary>One company for many tests, with the entries of <see cref="AuditedCompany.LiveAsync"/>.</summary>
public sealed class LivedCompany : IAsyncLifetime
{
    internal AuditedCompany Company { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Company = await AuditedCompany.CreateAsync();
        await Company.LiveAsync();
        await Company.ExecuteAsync("""
            create table entries as select * from audit_entries;
            create table heads as select * from audit_heads;
            create table persons_kept as select * from audit_persons;
            """);
    }

    /// <summary>What was tampered with is as before when the next test asks. Constraints stop nobody who owns the server.</summary>
    internal async Task<AuditVerdict> VerifyAfterAsync(string tampering)
    {
        await Company.TamperAsync($"""
            alter table audit_entries drop constraint if exists audit_entries_pkey;
            alter table audit_persons drop constraint if exists audit_persons_key_check, drop constraint if exists audit_persons_check,
              drop constraint if exists audit_persons_check1;
            {tampering}
            """);
        var verdict = await Company.VerifyAsync();
        await Company.TamperAsync("""
            delete from audit_entries; delete from audit_heads; delete from audit_persons;
            insert into audit_entries select * from entries; insert into audit_heads select * from heads; insert into audit_persons select * from persons_kept
            """);
        (await Company.VerifyAsync()).Broken.ShouldBeNull();
        return verdict;
    }

    public ValueTask DisposeAsync() => Company.DisposeAsync();
}
