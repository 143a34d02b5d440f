using NodaTime;
using NudgeBot.Usage;

namespace NudgeBot.Tests.Usage;

public class UsageImportTests
{
    const string Roster = """
        email,time_zone,github_login
        anna@example.com,Europe/Berlin,Octo-Anna
        bob@example.com,Europe/Paris,octo-bob
        cy@example.com,Europe/Paris,
        """;

    static async Task<Company> WithPeopleAsync()
    {
        var company = await Company.CreateAsync(now: "2026-03-10T12:00:00Z");
        await company.ImportPeopleAsync(Roster);
        return company;
    }

    static Task<string[]> DaysAsync(Company company) => company.ListAsync<string>("""
        select concat_ws(' ', email, day, tool, source, sessions) from usage_days join persons on persons.id = person_id order by 1
        """);

    static string Row(string login, string day, bool used = true) => $$"""{"day":"{{day}}","user_login":"{{login}}","used_chat":{{(used ? "true" : "false")}}}""";

    [Fact]
    public async Task Finds_people_by_login_without_regard_to_case()
    {
        await using var company = await WithPeopleAsync();

        var report = await company.ImportUsageAsync(UsageFormat.GithubCopilot, $"{Row("OCTO-anna", "2026-03-02")}\n{Row("octo-bob", "2026-03-03")}");

        report.DaysAdded.ShouldBe(2);
        (await DaysAsync(company)).ShouldBe(["anna@example.com 2026-03-02 copilot telemetry", "bob@example.com 2026-03-03 copilot telemetry"]);
    }

    [Fact]
    public async Task Finds_people_by_e_mail_without_regard_to_case_and_keeps_sessions()
    {
        await using var company = await WithPeopleAsync();

        await company.ImportUsageAsync(UsageFormat.Csv, "email,day,tool,count,sessions\nCY@Example.com,2026-03-02,Copilot,5,2\ncy@example.com,2026-03-02,copilot,1,1");

        (await DaysAsync(company)).ShouldBe(["cy@example.com 2026-03-02 copilot telemetry 2"]);
    }

    [Fact]
    public async Task Every_row_is_counted_once()
    {
        await using var company = await WithPeopleAsync();
        await company.ImportUsageAsync(UsageFormat.Csv, "email,day,tool,count\nanna@example.com,2026-03-01,copilot,5");

        var report = await company.ImportUsageAsync(UsageFormat.Csv, """
            email,day,tool,count
            anna@example.com,2026-03-01,copilot,5
            anna@example.com,2026-03-02,copilot,5
            anna@example.com,2026-03-02,copilot,7
            anna@example.com,2026-03-03,copilot,0
            anna@example.com,2026-03-04,cursor,5
            nobody@example.com,2026-03-04,copilot,5
            Nobody@example.com,2026-03-05,copilot,5
            stranger@example.com,2026-03-05,copilot,5
            anna@example.com,yesterday,copilot,5
            """);

        report.Rows.ShouldBe(9);
        report.DaysAdded.ShouldBe(1);
        report.AlreadyKnown.ShouldBe(2);
        report.Inactive.ShouldBe(1);
        report.OtherTool.ShouldBe(1);
        report.UnmappedRows.ShouldBe(3);
        report.UnmappedIdentities.ShouldBe(2);
        report.Unmapped.ShouldBe([new UnmappedIdentity("nobody@example.com", 2), new UnmappedIdentity("stranger@example.com", 1)]);
        report.Refused.ShouldBe(1);
        report.Problems.ShouldHaveSingleItem().ToString().ShouldStartWith("line 10, day: 'yesterday' is not a date.");
    }

    [Fact]
    public async Task The_same_file_a_second_time_adds_nothing_and_keeps_when_it_was_learned()
    {
        await using var company = await WithPeopleAsync();
        var file = $"{Row("octo-anna", "2026-03-02")}\n{Row("octo-anna", "2026-03-03")}";
        await company.ImportUsageAsync(UsageFormat.GithubCopilot, file);
        var learned = company.Clock.Now;
        company.Clock.MoveTo(learned + Duration.FromDays(1));

        var again = await company.ImportUsageAsync(UsageFormat.GithubCopilot, file);

        again.DaysAdded.ShouldBe(0);
        again.AlreadyKnown.ShouldBe(2);
        (await company.ListAsync<Instant>("select distinct learned_at from usage_days")).ShouldBe([learned]);
    }

    [Fact]
    public async Task Days_that_have_begun_nowhere_are_refused()
    {
        await using var company = await WithPeopleAsync(); // In UTC+14 it is 11 March, 02:00.

        var report = await company.ImportUsageAsync(UsageFormat.GithubCopilot, $"{Row("octo-anna", "2026-03-12")}\n{Row("octo-anna", "2026-03-13")}\n{Row("octo-anna", "2026-03-13", used: false)}");

        report.DaysAdded.ShouldBe(1);
        report.Problems.Select(p => p.ToString()).ShouldBe(
            ["line 2, day: 2026-03-13 lies in the future. Check the date.", "line 3, day: 2026-03-13 lies in the future. Check the date."]);
        report.CompleteTo.ShouldBe(new LocalDate(2026, 3, 12));
    }

    [Fact]
    public async Task A_login_with_a_zero_byte_is_refused()
    {
        await using var company = await WithPeopleAsync();

        var report = await company.ImportUsageAsync(UsageFormat.GithubCopilot, $"{Row(@"octo\u0000anna", "2026-03-02")}\n{Row(" ", "2026-03-02")}\n{Row("octo-anna", "2026-03-02")}");

        report.Refused.ShouldBe(2);
        report.DaysAdded.ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_bad_rows_and_strangers_all_are_counted_and_the_first_hundred_kept()
    {
        await using var company = await WithPeopleAsync();
        var bad = Enumerable.Range(0, 150).Select(_ => "?");
        var strangers = Enumerable.Range(0, 120).Select(i => Row($"stranger-{i:000}", "2026-03-02"));
        var frequent = new[] { Row("stranger-119", "2026-03-03") };

        var report = await company.ImportUsageAsync(UsageFormat.GithubCopilot, string.Join('\n', bad.Concat(strangers).Concat(frequent)));

        report.Refused.ShouldBe(150);
        report.Problems.Count.ShouldBe(100);
        report.UnmappedIdentities.ShouldBe(120);
        report.Unmapped.Count.ShouldBe(100);
        report.Unmapped[0].ShouldBe(new UnmappedIdentity("stranger-119", 2));
    }

    [Theory]
    [InlineData(UsageFormat.GithubCopilot, "<html>\n</html>", "users-1-day")]
    [InlineData(UsageFormat.GithubCopilot, "{\"download_links\":[\"https://example.com/report\"],\"report_day\":\"2026-03-02\"}", "the files behind download_links")]
    [InlineData(UsageFormat.GithubCopilot, "", "one JSON object a line")]
    [InlineData(UsageFormat.GithubSeats, "?", "\"seats\"")]
    [InlineData(UsageFormat.Csv, "email,day,tool,count\n", "email,day,tool,count")]
    public async Task A_file_of_which_nothing_can_be_read_says_what_was_expected(UsageFormat format, string text, string expected)
    {
        await using var company = await WithPeopleAsync();

        (await company.ImportUsageAsync(format, text)).Expected!.ShouldContain(expected);
    }

    [Fact]
    public async Task Rows_can_come_from_a_simulation()
    {
        await using var company = await WithPeopleAsync();

        var report = await company.ImportUsageAsync(UsageFormat.GithubCopilot, [new("octo-anna", new(2026, 3, 2), 4), new("octo-nobody", new(2026, 3, 2))], completeTo: new(2026, 3, 9));

        report.DaysAdded.ShouldBe(1);
        report.UnmappedRows.ShouldBe(1);
        report.CompleteTo.ShouldBe(new LocalDate(2026, 3, 9));
        (await DaysAsync(company)).ShouldBe(["anna@example.com 2026-03-02 copilot telemetry 4"]);
    }
}
