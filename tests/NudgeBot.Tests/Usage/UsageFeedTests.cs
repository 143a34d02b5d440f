using NodaTime;
using NudgeBot.Usage;

namespace NudgeBot.Tests.Usage;

public class UsageFeedTests
{
    static string Row(string day, string more = "") => $$"""{"day":"{{day}}","user_login":"octo"{{more}}}""";

    static async Task<LocalDate?> AfterImportOf(Company company, string text, LocalDate? completeTo = null) =>
        (await company.ImportUsageAsync(UsageFormat.GithubCopilot, text, completeTo)).CompleteTo;

    [Fact]
    public async Task A_feed_is_complete_to_the_last_day_in_it_whether_or_not_somebody_was_active()
    {
        await using var company = await Company.CreateAsync();

        (await AfterImportOf(company, $"{Row("2026-02-27", ""","used_chat":true""")}\n{Row("2026-02-28")}")).ShouldBe(new LocalDate(2026, 2, 28));

        (await company.QueryAsync<string>("select concat_ws(' ', tool, format, identity, complete_to) from usage_feeds")).ShouldBe("copilot github-copilot login 2026-02-28");
        (await company.QueryAsync<Instant>("select imported_at from usage_feeds")).ShouldBe(company.Clock.Now);
    }

    [Fact]
    public async Task An_older_file_takes_nothing_back()
    {
        await using var company = await Company.CreateAsync();
        await AfterImportOf(company, Row("2026-02-28"));

        (await AfterImportOf(company, Row("2026-02-10"))).ShouldBe(new LocalDate(2026, 2, 28));
        (await AfterImportOf(company, "")).ShouldBe(new LocalDate(2026, 2, 28));
        (await AfterImportOf(company, Row("2026-03-01"))).ShouldBe(new LocalDate(2026, 3, 1));
    }

    [Fact]
    public async Task The_end_of_the_report_counts_where_it_is_given()
    {
        await using var company = await Company.CreateAsync();

        (await AfterImportOf(company, Row("2026-02-10", ""","report_end_day":"2026-02-28" """))).ShouldBe(new LocalDate(2026, 2, 28));
        (await AfterImportOf(company, Row("2026-02-10", ""","report_end_day":"2062-02-28" """))).ShouldBe(new LocalDate(2026, 2, 28));
    }

    [Fact]
    public async Task An_empty_file_of_a_day_on_which_nobody_was_active_needs_to_be_told_its_day()
    {
        await using var company = await Company.CreateAsync();
        (await AfterImportOf(company, "")).ShouldBeNull();

        var report = await company.ImportUsageAsync(UsageFormat.GithubCopilot, "", completeTo: new LocalDate(2026, 3, 1));

        report.CompleteTo.ShouldBe(new LocalDate(2026, 3, 1));
        report.Expected.ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_is_complete_to_a_date_in_the_future()
    {
        await using var company = await Company.CreateAsync();

        await Should.ThrowAsync<FutureDateException>(() => AfterImportOf(company, "", completeTo: new LocalDate(2026, 3, 5)));
    }

    [Fact]
    public async Task Feeds_of_one_tool_are_complete_each_for_itself()
    {
        await using var company = await Company.CreateAsync();
        await AfterImportOf(company, Row("2026-02-28"));

        var csv = await company.ImportUsageAsync(UsageFormat.Csv, "email,day,tool,count\na@example.com,2026-02-10,copilot,0\na@example.com,2026-02-11,cursor,3");

        csv.CompleteTo.ShouldBe(new LocalDate(2026, 2, 10));
        (await company.QueryAsync<string>("select identity from usage_feeds where format = 'csv'")).ShouldBe("email");
    }
}
