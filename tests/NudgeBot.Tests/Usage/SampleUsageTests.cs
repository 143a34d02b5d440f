using CsvHelper;
using NudgeBot.People;
using NudgeBot.Usage;

namespace NudgeBot.Tests.Usage;

public class SampleUsageTests
{
    [Fact]
    public async Task The_sample_goes_in_whole_and_shows_the_drop_from_80_to_40_to_20_percent()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var company = await Company.CreateAsync(now: "2026-05-16T12:00:00Z");
        await company.RosterImport.RunAsync(company.Id, Sample.Path("roster.csv"), new RosterOptions(), stop: stop);

        var report = await new UsageImport(company.Source, company.Clock)
            .RunAsync(company.Id, "copilot", UsageFormat.GithubCopilot, Sample.Path("copilot-usage.ndjson"), stop: stop);

        report.DaysAdded.ShouldBe(report.Rows);
        report.CompleteTo.ShouldBe(new(2026, 5, 15));
        var shares = await company.ListAsync<int>("""
            with people as (
              select id, greatest(licensed_since, date '2026-03-02') as day_zero
              from persons p
              where github_login is not null
                and not exists (select 1 from usage_days u where u.person_id = p.id and u.day < greatest(licensed_since, date '2026-03-02'))
            )
            select round(100.0 * count(*) filter (where exists (
              select 1 from usage_days u where u.person_id = people.id and u.day - day_zero between 7 * week - 6 and 7 * week)) / count(*))::int
            from people, generate_series(1, 3) as week group by week order by week
            """);
        shares[0].ShouldBeInRange(75, 85);
        shares[1].ShouldBeInRange(35, 45);
        shares[2].ShouldBeInRange(15, 25);
    }

    [Fact]
    public async Task The_sample_answers_are_given_by_people_of_the_sample_roster()
    {
        await using var company = await Company.CreateAsync();
        await company.RosterImport
            .RunAsync(company.Id, Sample.Path("roster.csv"), new RosterOptions(), stop: TestContext.Current.CancellationToken);
        var people = await company.ListAsync<string>("select email from persons");
        using var answers = CsvReader.FromFile(Sample.Path("answers.csv"));

        while (answers.Read())
        {
            people.ShouldContain(answers.GetString("email"));
            answers.GetString("answer").ShouldBeOneOf("worked", "not-useful", "not-yet", "blocked", "snooze", "stop", "text");
            (answers.GetString("text").Length > 0).ShouldBe(answers.GetString("answer") == "text");
        }
    }
}
