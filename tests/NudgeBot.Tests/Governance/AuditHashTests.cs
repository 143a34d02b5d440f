using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NudgeBot.Governance;
using NudgeBot.Tests.Conventions;

namespace NudgeBot.Tests.Governance;

/// <summary>What docs/security.md says of the hashes, without the code that makes them.</summary>
public class AuditHashTests
{
    static async Task<string> DocumentedSqlAsync(int organizationId)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(SourceFiles.Root(), "docs", "security.md"), TestContext.Current.CancellationToken);
        return page.Split("```sql\n")[1].Split("```")[0].Replace("organization_id = 1", $"organization_id = {organizationId}");
    }

    [Fact]
    public async Task The_documented_query_agrees_with_every_hash()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.WriteAsync(await company.AnotherAsync(), new AuditEntry(new Actor.Operator(), "terminal", AuditActions.CampaignPause));
        await company.LiveAsync();
        (await company.ListAsync<long>(await DocumentedSqlAsync(company.Id))).ShouldBeEmpty();

        await company.TamperAsync("update audit_entries set why = 'x' where number = 3");
        (await company.ListAsync<long>(await DocumentedSqlAsync(company.Id))).ShouldBe([3]);
    }

    [Fact]
    public async Task The_documented_recipe_gives_the_hash_of_the_first_entry()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.WriteAsync(new AuditEntry(new Actor.Operator(), "terminal", "campaign.pause")
        {
            Campaign = "spring",
            After = new AuditValues { ["paused"] = "yes" },
            Why = "Fair",
        });
        string?[] fields =
        [
            "nudgebot-audit-1", $"{company.Id}", "1", "2026-03-02T12:00:00.000000Z", "operator", "terminal", "campaign.pause", "no", "spring", null, null,
            """{"paused":"yes"}""", "Fair", null,
        ];

        var hashed = new List<byte>(new byte[32]);
        foreach (var field in fields)
        {
            var bytes = Encoding.UTF8.GetBytes(field ?? "");
            var length = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(length, field is null ? uint.MaxValue : (uint)bytes.Length);
            hashed.AddRange([.. length, .. bytes]);
        }

        (await company.HeadAsync()).Hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData([.. hashed])));
    }
}
