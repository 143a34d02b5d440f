using NodaTime;
using NudgeBot.Usage;

namespace NudgeBot.Tests.Usage;

public class SeatImportTests
{
    static string Seat(string login, string createdAt, string more = "") =>
        $$"""{"created_at":"{{createdAt}}","assignee":{"login":"{{login}}","id":1},"plan_type":"business"{{more}}}""";

    static string Page(params string[] seats) => $$"""{"total_seats":{{seats.Length}},"seats":[{{string.Join(',', seats)}}]}""";

    static async Task<Company> WithPeopleAsync()
    {
        var company = await Company.CreateAsync();
        await company.ImportPeopleAsync("""
            email,time_zone,github_login,licensed_since
            anna@example.com,Europe/Berlin,Octo-Anna,
            bob@example.com,Europe/Paris,octo-bob,2025-01-01
            """);
        return company;
    }

    static Task<string[]> SeatsAsync(Company company) => company.ListAsync<string>("""
        select concat_ws(' ', login, p.email, since) from seats left join persons p on p.id = person_id order by 1
        """);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reads_pages_one_after_the_other_and_in_an_array(bool inArray)
    {
        await using var company = await WithPeopleAsync();
        var pages = new[] { Page(Seat("octo-ANNA", "2026-01-05T23:30:00-05:00")), Page(), Page(Seat("octo-bob", "2026-01-07T09:00:00Z"), Seat("nobody", "2026-01-08T09:00:00Z")) };

        var report = await company.ImportUsageAsync(UsageFormat.GithubSeats, inArray ? $"[{string.Join(',', pages)}]" : string.Join("\n", pages));

        report.Rows.ShouldBe(3);
        report.Seats.ShouldBe(new SeatCounts(Logins: 3, LicencesDated: 1));
        report.Unmapped.ShouldBe([new UnmappedIdentity("nobody", 1)]);
        (await SeatsAsync(company)).ShouldBe(["nobody 2026-01-08", "octo-anna anna@example.com 2026-01-06", "octo-bob bob@example.com 2026-01-07"]);
        (await company.ListAsync<LocalDate>("select licensed_since from persons order by email")).ShouldBe([new(2026, 1, 6), new(2025, 1, 1)]);
    }

    [Fact]
    public async Task Of_several_seats_of_a_login_the_first_licence_and_the_last_activity_count()
    {
        await using var company = await WithPeopleAsync();

        await company.ImportUsageAsync(UsageFormat.GithubSeats, Page(
            Seat("octo-anna", "2026-01-07T09:00:00Z", ""","last_activity_at":"2026-02-20T10:00:00Z","last_activity_editor":"vscode/1.90","pending_cancellation_date":"2026-04-01" """),
            Seat("octo-anna", "2026-01-05T09:00:00Z", ""","last_activity_at":null,"last_activity_editor":null"""),
            Seat("octo-anna", "2026-01-06T09:00:00Z", ""","last_activity_at":"2026-02-10T10:00:00Z","last_activity_editor":"vim/9" """)));

        (await SeatsAsync(company)).ShouldBe(["octo-anna anna@example.com 2026-01-05"]);
        (await company.QueryAsync<string>("select concat_ws(' ', last_activity_at at time zone 'utc', last_activity_editor, plan, pending_cancellation) from seats"))
            .ShouldBe("2026-02-20 10:00:00 vscode/1.90 business");
    }

    [Fact]
    public async Task Activity_is_never_counted_as_use_and_no_feed_becomes_complete()
    {
        await using var company = await WithPeopleAsync();

        await company.ImportUsageAsync(UsageFormat.GithubSeats, Page(Seat("octo-anna", "2026-01-07T09:00:00Z", ""","last_activity_at":"2026-02-20T10:00:00Z" """)));

        (await company.QueryAsync<long>("select (select count(*) from usage_days) + (select count(*) from usage_feeds)")).ShouldBe(0);
    }

    [Fact]
    public async Task A_second_import_changes_what_changed()
    {
        await using var company = await WithPeopleAsync();
        await company.ImportUsageAsync(UsageFormat.GithubSeats, Page(Seat("octo-anna", "2026-01-05T09:00:00Z"), Seat("octo-bob", "2026-01-05T09:00:00Z")));
        var first = company.Clock.Now;
        company.Clock.MoveTo(first + Duration.FromDays(1));

        var report = await company.ImportUsageAsync(UsageFormat.GithubSeats, Page(Seat("octo-anna", "2026-02-05T09:00:00Z")));

        report.Seats!.LicencesDated.ShouldBe(0);
        (await SeatsAsync(company)).ShouldBe(["octo-anna anna@example.com 2026-02-05", "octo-bob bob@example.com 2026-01-05"]);
        (await company.ListAsync<Instant>("select seen_at from seats order by login")).ShouldBe([company.Clock.Now, first]);
    }

    [Fact]
    public async Task A_seat_that_cannot_be_read_is_reported_and_the_others_taken()
    {
        await using var company = await WithPeopleAsync();

        var report = await company.ImportUsageAsync(UsageFormat.GithubSeats, Page(
            """{"created_at":"2026-01-05T09:00:00Z","assignee":null}""",
            Seat("octo-anna", "last year"),
            """{"created_at":5,"assignee":{"login":"octo-anna"}}""",
            Seat("octo-bob", "2026-01-05T09:00:00Z")).Replace(",{", ",\n{"));

        report.Problems.Select(p => (p.Line, p.Column)).ShouldBe([(1, "assignee.login"), (2, "created_at"), (3, "created_at")]);
        report.Seats!.Logins.ShouldBe(1);
    }
}
