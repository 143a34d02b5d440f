using NodaTime;
using NudgeBot.People;

namespace NudgeBot.Tests.People;

public class AbsenceTests
{
    /// <summary>It is already 3 March in Kolkata and still 2 March in New York.</summary>
    static async Task<Company> WithFivePeopleAsync()
    {
        var company = await Company.CreateAsync(now: "2026-03-02T20:00:00Z");
        await company.ImportPeopleAsync("""
            email,time_zone,left_on
            asha@example.com,Asia/Kolkata,
            ben@example.com,America/New_York,
            cleo@example.com,Europe/Paris,2026-12-31
            gone@example.com,Europe/Paris,2026-01-31
            stays@example.com,Europe/Paris,
            """);
        await company.EnrollAsync("asha@example.com", new LocalDate(2026, 3, 2));
        return company;
    }

    static Task<string[]> LeftAsync(Company company) =>
        company.ListAsync<string>("select email || ' ' || left_on from persons where left_on is not null order by 1");

    const string OnlyOne = "email,time_zone\nstays@example.com,Europe/Paris";

    [Fact]
    public async Task Lists_who_is_absent_from_a_complete_roster_and_has_not_left()
    {
        await using var company = await WithFivePeopleAsync();

        var report = await company.ImportPeopleAsync(OnlyOne, new RosterOptions(Complete: true));

        report.Absentees!.Emails.ShouldBe(["asha@example.com", "ben@example.com", "cleo@example.com"]);
        report.Absentees.MarkedAsLeft.ShouldBeFalse();
        (await LeftAsync(company)).ShouldBe(["cleo@example.com 2026-12-31", "gone@example.com 2026-01-31"]);
    }

    [Fact]
    public async Task Marks_them_as_having_left_on_the_date_of_their_zone_once_confirmed()
    {
        await using var company = await WithFivePeopleAsync();

        var report = await company.ImportPeopleAsync(OnlyOne, new RosterOptions(Complete: true, Confirm: true));

        report.Absentees!.MarkedAsLeft.ShouldBeTrue();
        (await LeftAsync(company)).ShouldBe(["asha@example.com 2026-03-03", "ben@example.com 2026-03-02", "cleo@example.com 2026-03-02", "gone@example.com 2026-01-31"]);
        (await company.QueryAsync<LocalDate>("select left_on from enrollments")).ShouldBe(new LocalDate(2026, 3, 3));

        var again = await company.ImportPeopleAsync(OnlyOne, new RosterOptions(Complete: true, Confirm: true));
        again.Absentees!.Emails.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("email,time_zone\nstays@example.com,Europe/Paris\nasha@example,Asia/Kolkata")]
    [InlineData("email,time_zone\nstays@example.com,Europe/Paris\nstays@example.com,Asia/Kolkata")]
    [InlineData("email,time_zone\nstays@example.com,Europe/Paris\nasha@example.com")]
    public async Task Marks_nobody_while_a_row_is_refused_for_its_e_mail(string roster)
    {
        await using var company = await WithFivePeopleAsync();

        var report = await company.ImportPeopleAsync(roster, new RosterOptions(Complete: true, Confirm: true));

        report.Absentees!.Emails.Count().ShouldBe(3);
        report.Absentees.MarkedAsLeft.ShouldBeFalse();
        report.Absentees.NotMarkedBecause!.ShouldStartWith("A row of the file was refused for its e-mail");
        (await LeftAsync(company)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_is_named_in_a_row_that_was_refused_for_something_else_is_not_absent()
    {
        await using var company = await WithFivePeopleAsync();

        var report = await company.ImportPeopleAsync(OnlyOne + "\nasha@example.com,Asia/Calcuta", new RosterOptions(Complete: true, Confirm: true));

        report.Refused.ShouldBe(1);
        report.Absentees!.MarkedAsLeft.ShouldBeTrue();
        report.Absentees.Emails.ShouldBe(["ben@example.com", "cleo@example.com"]);
    }

    [Fact]
    public async Task A_file_that_names_nobody_marks_nobody()
    {
        await using var company = await WithFivePeopleAsync();

        var report = await company.ImportPeopleAsync("email,time_zone\n", new RosterOptions(Complete: true, Confirm: true));

        report.Absentees!.NotMarkedBecause.ShouldBe("The file names nobody.");
    }

    [Fact]
    public async Task A_roster_that_is_not_said_to_be_complete_says_nothing_about_the_others()
    {
        await using var company = await WithFivePeopleAsync();

        (await company.ImportPeopleAsync(OnlyOne)).Absentees.ShouldBeNull();
    }
}
