using NodaTime;
using NudgeBot.People;

namespace NudgeBot.Tests.People;

public class RosterImportTests
{
    sealed record Person(
        string Email, string FirstEmail, string Name, string Role, string Team, string Location, string? Country, string TimeZone, string Locale,
        string? GithubLogin, LocalDate? LicensedSince, LocalDate? LeftOn, bool Champion);

    static Task<Person?> PersonAsync(Company company, string email) => company.QueryAsync<Person>("""
        select email, first_email, name, role, team, location, country, time_zone, locale, github_login, licensed_since, left_on, champion
        from persons join segments on segments.id = segment_id where email = @email
        """, new { email });

    static string Counts(RosterReport report) => $"{report.Added} added, {report.Changed} changed, {report.Unchanged} unchanged, {report.Refused} refused";

    const string Everything = """
        email,name,role,team,location,country,time_zone,locale,github_login,licensed_since,left_on,champion
        anna@example.com,Anna Adler,developer,Checkout,Berlin,DE,Europe/Berlin,de,octo-anna,2026-03-02,2026-04-30,yes
        """;

    [Fact]
    public async Task Writes_every_column()
    {
        await using var company = await Company.CreateAsync();

        Counts(await company.ImportPeopleAsync(Everything)).ShouldBe("1 added, 0 changed, 0 unchanged, 0 refused");

        (await PersonAsync(company, "anna@example.com")).ShouldBe(new Person("anna@example.com", "anna@example.com", "Anna Adler",
            "developer", "Checkout", "Berlin", "DE", "Europe/Berlin", "de", "octo-anna", new(2026, 3, 2), new(2026, 4, 30), true));
    }

    [Fact]
    public async Task Needs_only_e_mail_and_time_zone()
    {
        await using var company = await Company.CreateAsync();

        await company.ImportPeopleAsync("email,time_zone\n Anna@Example.COM ,Europe/Berlin");

        (await PersonAsync(company, "anna@example.com")).ShouldBe(
            new Person("anna@example.com", "anna@example.com", "", "", "", "", null, "Europe/Berlin", "en", null, null, null, false));
    }

    [Fact]
    public async Task The_same_file_a_second_time_changes_no_row()
    {
        await using var company = await Company.CreateAsync();
        await company.ImportPeopleAsync(Everything);
        var before = await company.ListAsync<string>("select xmin::text || ctid::text from persons union all select xmin::text || ctid::text from segments");

        Counts(await company.ImportPeopleAsync(Everything)).ShouldBe("0 added, 0 changed, 1 unchanged, 0 refused");

        (await company.ListAsync<string>("select xmin::text || ctid::text from persons union all select xmin::text || ctid::text from segments")).ShouldBe(before);
    }

    [Fact]
    public async Task An_empty_cell_clears_the_value()
    {
        await using var company = await Company.CreateAsync();
        await company.ImportPeopleAsync(Everything);

        Counts(await company.ImportPeopleAsync("""
            email,name,role,team,location,country,time_zone,locale,github_login,licensed_since,left_on,champion
            anna@example.com,,,,,,Europe/Berlin,,,,,
            """)).ShouldBe("0 added, 1 changed, 0 unchanged, 0 refused");

        (await PersonAsync(company, "anna@example.com")).ShouldBe(
            new Person("anna@example.com", "anna@example.com", "", "", "", "", null, "Europe/Berlin", "en", null, null, null, false));
    }

    [Fact]
    public async Task An_absent_column_leaves_the_value()
    {
        await using var company = await Company.CreateAsync();
        await company.ImportPeopleAsync(Everything);
        var before = await PersonAsync(company, "anna@example.com");

        Counts(await company.ImportPeopleAsync("email,time_zone\nanna@example.com,Europe/Berlin")).ShouldBe("0 added, 0 changed, 1 unchanged, 0 refused");
        await company.ImportPeopleAsync("email,time_zone,team\nanna@example.com,Europe/Berlin,Search");

        (await PersonAsync(company, "anna@example.com")).ShouldBe(before! with { Team = "Search" });
    }

    [Fact]
    public async Task The_first_e_mail_is_set_once()
    {
        await using var company = await Company.CreateAsync();
        await company.ImportPeopleAsync(Everything);
        await company.ExecuteAsync("update persons set email = 'anna.braun@example.com'");

        await company.ImportPeopleAsync("email,time_zone,name\nanna.braun@example.com,Europe/Berlin,Anna Braun");

        var anna = await PersonAsync(company, "anna.braun@example.com");
        anna!.FirstEmail.ShouldBe("anna@example.com");
        anna.Name.ShouldBe("Anna Braun");
    }

    [Fact]
    public async Task Good_rows_go_in_and_bad_ones_are_reported()
    {
        await using var company = await Company.CreateAsync();

        var report = await company.ImportPeopleAsync("email,time_zone,country\na@example.com,Europe/Berlin,DE\nb@example.com,Europe/Berln,UK\nc@example.com,Europe/Paris,FR");

        Counts(report).ShouldBe("2 added, 0 changed, 0 unchanged, 1 refused");
        report.Problems.Select(p => (p.Line, p.Column)).ShouldBe([(3, "country"), (3, "time_zone")]);
        (await company.ListAsync<string>("select email from persons order by email")).ShouldBe(["a@example.com", "c@example.com"]);
    }

    [Fact]
    public async Task A_login_of_somebody_who_is_not_in_the_file_is_refused()
    {
        await using var company = await Company.CreateAsync();
        await company.ImportPeopleAsync(Everything);

        var report = await company.ImportPeopleAsync("email,time_zone,github_login\nbob@example.com,Europe/Berlin,Octo-Anna\ncy@example.com,Europe/Berlin,cy");

        Counts(report).ShouldBe("1 added, 0 changed, 0 unchanged, 1 refused");
        report.Problems.ShouldHaveSingleItem().ToString().ShouldBe(
            "line 2, github_login: 'Octo-Anna' belongs to anna@example.com. Correct it, or give anna@example.com another login before, or in the same file.");
    }

    [Fact]
    public async Task Two_people_can_swap_their_logins()
    {
        await using var company = await Company.CreateAsync();
        await company.ImportPeopleAsync("email,time_zone,github_login\na@example.com,Europe/Berlin,one\nb@example.com,Europe/Berlin,two\nc@example.com,Europe/Berlin,three");

        var report = await company.ImportPeopleAsync(
            "email,time_zone,github_login\na@example.com,Europe/Berlin,TWO\nb@example.com,Europe/Berlin,one\nc@example.com,Europe/Berlin,\nd@example.com,Europe/Berlin,three");

        Counts(report).ShouldBe("1 added, 3 changed, 0 unchanged, 0 refused");
        (await company.ListAsync<string?>("select github_login from persons order by email")).ShouldBe(["TWO", "one", null, "three"]);
    }

    [Fact]
    public async Task Whoever_waits_for_the_login_of_a_refused_person_is_refused_too()
    {
        await using var company = await Company.CreateAsync();
        await company.ImportPeopleAsync("email,time_zone,github_login\na@example.com,Europe/Berlin,one\nb@example.com,Europe/Berlin,two\nc@example.com,Europe/Berlin,three");

        var report = await company.ImportPeopleAsync("email,time_zone,github_login\na@example.com,Europe/Berlin,two\nb@example.com,Europe/Berlin,three");

        Counts(report).ShouldBe("0 added, 0 changed, 0 unchanged, 2 refused");
        report.Problems.Select(p => p.Line).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task Two_organizations_may_know_the_same_person()
    {
        await using var company = await Company.CreateAsync();
        var other = await company.QueryAsync<int>("insert into organizations (name, created_at) values ('Other', @now) returning id", new { now = company.Clock.Now });
        await company.ImportPeopleAsync(Everything);

        Counts(await company.ImportPeopleAsync(other, Everything)).ShouldBe("1 added, 0 changed, 0 unchanged, 0 refused");
    }

    [Fact]
    public async Task The_sample_goes_in_whole()
    {
        await using var company = await Company.CreateAsync();

        var report = await company.RosterImport.RunAsync(
            company.Id, Sample.Path("roster.csv"), new RosterOptions(), stop: TestContext.Current.CancellationToken);

        Counts(report).ShouldBe("200 added, 0 changed, 0 unchanged, 0 refused");
        report.Warnings.ShouldBeEmpty();
    }
}
