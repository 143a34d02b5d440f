using NodaTime;
using NudgeBot.Chat;
using NudgeBot.Governance;

namespace NudgeBot.Tests.Governance;

public class AuditTextTests
{
    [Fact]
    public async Task A_line_says_when_who_what_from_what_to_what_and_why()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.LiveAsync();

        (await company.LinesAsync()).ShouldBe(
        [
            @"- 2026-03-02 13:00 **anna\@acme\.com**: campaign\.resume, autumn, why: “The gate was wrong”",
            @"- 2026-03-02 13:00 **NudgeBot itself**: campaign\.pause, autumn",
            @"- 2026-03-02 13:00 **anna\@acme\.com**: campaign\.edit, spring, definition: owner: anna\@acme\.com → owner: carl\@acme\.com",
            @"- 2026-03-02 13:00 **anna\@acme\.com**: campaign\.end, spring, **refused**",
            @"- 2026-03-02 13:00 **anna\@acme\.com**: people\.set, about bob\@acme\.com, role: qa → developer, name: Bob Baker → Bob Butcher",
            @"- 2026-03-02 13:00 **the operator**: campaign\.resume, spring, why: “They are back”",
            @"- 2026-03-02 13:00 **anna\@acme\.com**: campaign\.pause, spring, paused: no → yes, why: “Everybody is at the fair”",
        ]);
    }

    [Fact]
    public async Task Times_are_those_of_whoever_asks_and_so_is_the_language()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.LiveAsync();
        (await company.LinesAsync("de", "Pacific/Auckland"))[5].ShouldBe(@"- 2026-03-03 01:00 **der Betrieb**: campaign\.resume, spring, warum: „They are back“");
    }

    [Fact]
    public async Task A_page_has_a_line_for_each_entry_or_says_that_there_is_none()
    {
        await using var company = await AuditedCompany.CreateAsync();
        AuditText.Page(await company.ReadAsync(), "en", DateTimeZone.Utc).ShouldBeEquivalentTo(Message.Say("Nothing in the audit log is like that."));
        await company.LiveAsync();
        AuditText.Page(await company.ReadAsync(new AuditFilter { Campaign = "autumn" }), "en", DateTimeZone.Utc).ShouldBeEquivalentTo(Message.Say(
            """
            - 2026-03-02 12:00 **anna\@acme\.com**: campaign\.resume, autumn, why: “The gate was wrong”
            - 2026-03-02 12:00 **NudgeBot itself**: campaign\.pause, autumn
            """));
    }

    [Fact]
    public async Task What_people_wrote_is_neither_markup_nor_endless()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.WriteAsync(new AuditEntry(await company.ActorAsync("anna"), "slack", AuditActions.CampaignPause)
        {
            Before = new AuditValues { ["text"] = "**bold**\n<!channel>" },
            After = new AuditValues { ["other"] = new string('a', 200) },
            Why = "[here](https://example.com)",
        });

        (await company.LinesAsync()).ShouldHaveSingleItem().ShouldEndWith(
            $@"text: \*\*bold\*\* / \<\!channel\> → –, other: {new string('a', 159)}…, why: “\[here\]\(https://example\.com\)”");
    }

    [Fact]
    public async Task Csv_has_everything_and_no_formula()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.LiveAsync();
        await company.WriteAsync(new AuditEntry(await company.ActorAsync("anna"), "slack", AuditActions.CampaignPause) { Campaign = "@now", Why = "=1+1, \"really\"" });
        await company.ForgetAsync("bob");
        var records = await company.ReadAsync();

        AuditText.CsvHeader.Split(',').Length.ShouldBe(12);
        records.Select(AuditText.CsvLine).Take(8).ShouldBe(
        [
            $"9,2026-03-02T12:00:00Z,system,system,person.forget,no,,deleted,,,,{records[0].Hash}",
            $"8,2026-03-02T12:00:00Z,anna@acme.com,slack,campaign.pause,no,'@now,,,,\"'=1+1, \"\"really\"\"\",{records[1].Hash}",
            $"7,2026-03-02T12:00:00Z,anna@acme.com,slack,campaign.resume,no,autumn,,,,The gate was wrong,{records[2].Hash}",
            $"6,2026-03-02T12:00:00Z,system,system,campaign.pause,no,autumn,,,,,{records[3].Hash}",
            $"5,2026-03-02T12:00:00Z,anna@acme.com,playground,campaign.edit,no,spring,,definition: owner: anna@acme.com,definition: owner: carl@acme.com,,{records[4].Hash}",
            $"4,2026-03-02T12:00:00Z,anna@acme.com,slack,campaign.end,yes,spring,,,,,{records[5].Hash}",
            $"3,2026-03-02T12:00:00Z,anna@acme.com,teams,people.set,no,,deleted,\"role: qa\nname: deleted\",\"role: developer\nname: deleted\",,{records[6].Hash}",
            $"2,2026-03-02T12:00:00Z,operator,terminal,campaign.resume,no,spring,,,,They are back,{records[7].Hash}",
        ]);
    }

    [Theory]
    [InlineData("=1", "'=1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "'\rx")]
    [InlineData("a=1", "a=1")]
    [InlineData("", "")]
    public void A_spreadsheet_computes_nothing(string written, string inert) => Csv.Inert(written).ShouldBe(inert);

    [Fact]
    public async Task A_verification_says_what_to_note_or_what_is_wrong()
    {
        await using var company = await AuditedCompany.CreateAsync();
        await company.LiveAsync();
        var whole = await company.VerifyAsync();
        AuditText.Verdict(whole, "en").ShouldBeEquivalentTo(
            Message.Say($"The audit log is whole: 7 entries. Note this somewhere else, and give it the next time: `7:{whole.Head!.Hash}`"));

        await company.TamperAsync("delete from audit_entries where number = 4");
        AuditText.Verdict(await company.VerifyAsync(), "en").ShouldBeEquivalentTo(
            Message.Say("**The audit log is not as it was written.** Entry 4 is missing. The hashes of the first 3 entries hold."));
    }
}
