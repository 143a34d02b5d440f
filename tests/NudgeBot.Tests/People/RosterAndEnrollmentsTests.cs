using NodaTime;

namespace NudgeBot.Tests.People;

public class RosterAndEnrollmentsTests
{
    static readonly LocalDate DayZero = new(2026, 3, 2);

    static async Task<Company> WithTwoPeopleAsync()
    {
        var company = await Company.CreateAsync();
        await company.ImportPeopleAsync("""
            email,time_zone,country,team
            anna@example.com,Europe/Berlin,DE,Checkout
            bob@example.com,Europe/Paris,FR,Search
            """);
        await company.EnrollAsync("anna@example.com", DayZero);
        await company.EnrollAsync("anna@example.com", dayZero: null);
        await company.EnrollAsync("bob@example.com", DayZero);
        return company;
    }

    static Task<string[]> EnrollmentsAsync(Company company) => company.ListAsync<string>("""
        select concat_ws(' ', p.email, e.state, s.team, coalesce(e.left_on::text, '-'))
        from enrollments e join persons p on p.id = e.person_id join segments s on s.id = e.segment_id order by 1
        """);

    static Task<string[]> DueNowAsync(Company company) => company.ListAsync<string>($"""
        select p.email from enrollments e join persons p on p.id = e.person_id
        where next_due_at = timestamptz '{company.Clock.Now}' and floor_at = next_due_at order by 1
        """);

    [Fact]
    public async Task Enrollments_follow_the_segment_and_the_last_day()
    {
        await using var company = await WithTwoPeopleAsync();

        await company.ImportPeopleAsync("email,time_zone,team,left_on\nanna@example.com,Europe/Berlin,Payments,2026-04-30\nbob@example.com,Europe/Paris,Search,");

        (await EnrollmentsAsync(company)).ShouldBe([
            "anna@example.com active Payments 2026-04-30", "anna@example.com waiting Payments 2026-04-30", "bob@example.com active Search -"]);
    }

    [Theory]
    [InlineData("email,time_zone\nanna@example.com,America/New_York\nbob@example.com,Europe/Paris")]
    [InlineData("email,time_zone,country\nanna@example.com,Europe/Berlin,AT\nbob@example.com,Europe/Paris,FR")]
    public async Task A_change_of_zone_or_country_asks_for_a_new_plan(string roster)
    {
        await using var company = await WithTwoPeopleAsync();

        var report = await company.ImportPeopleAsync(roster);

        report.Moved.ShouldBe([await company.QueryAsync<long>("select id from persons where email = 'anna@example.com'")]);
        (await DueNowAsync(company)).ShouldBe(["anna@example.com"]);
    }

    [Fact]
    public async Task Other_changes_leave_the_plan()
    {
        await using var company = await WithTwoPeopleAsync();

        var report = await company.ImportPeopleAsync("email,time_zone,team,locale\nanna@example.com,Europe/Berlin,Payments,de");

        report.Changed.ShouldBe(1);
        report.Moved.ShouldBeEmpty();
        (await DueNowAsync(company)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_enrollment_with_nothing_more_to_plan_stays_as_it_is()
    {
        await using var company = await WithTwoPeopleAsync();
        await company.ExecuteAsync("update enrollments set next_due_at = null");

        await company.ImportPeopleAsync("email,time_zone\nanna@example.com,America/New_York");

        (await DueNowAsync(company)).ShouldBeEmpty();
    }
}
