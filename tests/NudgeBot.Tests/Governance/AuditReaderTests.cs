using NodaTime;
using NudgeBot.Governance;

namespace NudgeBot.Tests.Governance;

public class AuditReaderTests
{
    static long[] Numbers(IEnumerable<AuditRecord> records) => [.. records.Select(record => record.Number)];

    [Fact]
    public async Task The_newest_come_first_page_by_page()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.LiveAsync();

        var first = await company.ReadAsync(count: 3);

        Numbers(first).ShouldBe([7, 6, 5]);
        Numbers(await company.ReadAsync(new AuditFilter { Before = first[^1].Number }, 3)).ShouldBe([4, 3, 2]);
        Numbers(await company.ReadAsync(new AuditFilter { Before = 1 })).ShouldBeEmpty();
        Numbers(await company.Reader.AllAsync(company.Id, new AuditFilter(), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken))
            .ShouldBe([7, 6, 5, 4, 3, 2, 1]);
    }

    [Fact]
    public async Task Can_be_asked_for_one_campaign_one_person_and_a_time()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.LiveAsync();
        var (written, anna) = (company.Clock.Now, await company.ActorAsync("anna"));
        company.Clock.MoveTo(written + Duration.FromDays(7));
        await company.WriteAsync(new AuditEntry(await company.ActorAsync("bob"), "slack", AuditActions.CampaignPause) { Campaign = "spring" });

        Numbers(await company.ReadAsync(new AuditFilter { Campaign = "spring" })).ShouldBe([8, 5, 4, 2, 1]);
        Numbers(await company.ReadAsync(new AuditFilter { By = anna })).ShouldBe([7, 5, 4, 3, 1]);
        Numbers(await company.ReadAsync(new AuditFilter { By = anna, Campaign = "autumn" })).ShouldBe([7]);
        Numbers(await company.ReadAsync(new AuditFilter { By = new Actor.Operator() })).ShouldBe([2]);
        Numbers(await company.ReadAsync(new AuditFilter { By = new Actor.System() })).ShouldBe([6]);
        Numbers(await company.ReadAsync(new AuditFilter { By = await company.ActorAsync("carl") })).ShouldBeEmpty("he is named, and did nothing");
        Numbers(await company.ReadAsync(new AuditFilter { Since = written })).ShouldBe([8, 7, 6, 5, 4, 3, 2, 1]);
        Numbers(await company.ReadAsync(new AuditFilter { Since = written + Duration.FromSeconds(1) })).ShouldBe([8]);
    }

    [Fact]
    public async Task What_somebody_made_unreadable_does_not_hide_the_rest()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.LiveAsync();
        await company.TamperAsync("update audit_persons set key = sha256(key); update audit_entries set before = 'x' where number = 3");

        var line = (await company.LinesAsync())[4];

        line.ShouldBe(@"- 2026-03-02 13:00 **?**: people\.set, about ?, ?: x → –, role: developer, name: ?");
    }
}
