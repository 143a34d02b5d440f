using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.People;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.People;

/// <summary>What a chat platform tells of people, beside what the roster tells. Times are Berlin's: New York is five hours behind.</summary>
public class ProfilesTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static async Task<NudgedCompany> WithAsync(string roster)
    {
        var company = await NudgedCompany.CreateAsync();
        await company.Import(roster);
        await company.OpenAccounts();
        return company;
    }

    static async Task Tell(NudgedCompany company, string name, string? zone, string? locale)
    {
        var workspace = await company.Query<int>("select id from workspaces where organization_id = @id");
        await using var connection = await company.Source.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await ImportLock.TakeAsync(connection, transaction, company.Id, Cancellation);
        await company.Product.Profiles.TakeAsync(connection, transaction, new Workspace(company.Id, workspace), [Profile.Of(NudgedCompany.Email(name), zone, locale)]);
        await transaction.CommitAsync(Cancellation);
    }

    static Task<string> Anna(NudgedCompany company) =>
        company.Query<string>("select time_zone || ' ' || locale from persons where organization_id = @id and email = 'anna@acme.com'");

    [Theory]
    [InlineData(",", "America/New_York de-AT")]
    [InlineData("Europe/Paris,", "Europe/Paris de-AT")]
    [InlineData(",fr", "America/New_York fr")]
    [InlineData("Europe/Paris,fr", "Europe/Paris fr")]
    [InlineData("Europe/Paris,en", "Europe/Paris en")]
    public async Task The_profile_fills_what_the_roster_leaves_open(string cells, string then)
    {
        await using var company = await WithAsync($"email,time_zone,locale\nanna@acme.com,{cells}");

        await Tell(company, "anna", "America/New_York", "de-AT");

        (await Anna(company)).ShouldBe(then);
    }

    [Fact]
    public async Task A_roster_without_the_column_leaves_the_locale_to_the_profile()
    {
        await using var company = await WithAsync("email,time_zone\nanna@acme.com,Europe/Paris");
        await Tell(company, "anna", "America/New_York", "de");

        (await company.Import("email,time_zone,name\nanna@acme.com,Europe/Paris,Anna")).Changed.ShouldBe(1);

        (await Anna(company)).ShouldBe("Europe/Paris de");
    }

    [Fact]
    public async Task Reading_the_roster_again_with_empty_cells_leaves_what_the_profile_told_and_changes_nothing()
    {
        const string roster = "email,time_zone,locale\nanna@acme.com,,";
        await using var company = await WithAsync(roster);
        await Tell(company, "anna", "America/New_York", "de-AT");

        var report = await company.Import(roster);

        (report.Changed, report.Unchanged, report.Moved.Count).ShouldBe((0, 1, 0));
        (await Anna(company)).ShouldBe("America/New_York de-AT");
    }

    [Fact]
    public async Task A_cell_that_is_filled_later_counts_and_one_that_is_emptied_waits_for_the_profile()
    {
        await using var company = await WithAsync("email,time_zone,locale\nanna@acme.com,,");
        await Tell(company, "anna", "America/New_York", "de");

        (await company.Import("email,time_zone,locale\nanna@acme.com,Europe/Paris,fr")).Moved.Count.ShouldBe(1);
        await Tell(company, "anna", "America/New_York", "de");
        (await Anna(company)).ShouldBe("Europe/Paris fr");

        var report = await company.Import("email,time_zone,locale\nanna@acme.com,,");
        report.Moved.ShouldBeEmpty("where the person is instead, nobody knows yet");
        (await Anna(company)).ShouldBe("Europe/Paris en");
        await Tell(company, "anna", "America/New_York", "de");
        (await Anna(company)).ShouldBe("America/New_York de");
    }

    [Theory]
    [InlineData("Mars/Base", "de-DE", "UTC de-DE")]
    [InlineData("UTC+3", "DE-de", "UTC de-DE")]
    [InlineData("W. Europe Standard Time", "zh-Hans-CN", "Europe/Berlin zh")]
    [InlineData("Customized Time Zone", "zh-Hans-CN", "UTC zh")]
    [InlineData("europe/berlin", "es-LA", "UTC es-LA")]
    [InlineData("", "", "UTC en")]
    [InlineData(null, null, "UTC en")]
    [InlineData("Europe/Berlin", "german", "Europe/Berlin en")]
    [InlineData("Asia/Calcutta", "<b>", "Asia/Calcutta en")]
    public async Task What_is_no_zone_or_locale_is_passed_over_and_Windows_names_are_known(string? zone, string? locale, string then)
    {
        await using var company = await WithAsync("email,time_zone,locale\nanna@acme.com,,");

        await Tell(company, "anna", zone, locale);

        (await Anna(company)).ShouldBe(then);
    }

    [Fact]
    public async Task A_new_zone_moves_what_is_to_come_as_one_in_the_roster_does_and_the_same_one_moves_nothing()
    {
        await using var company = await WithAsync("email,time_zone\nanna@acme.com,");
        await Tell(company, "anna", "Europe/Berlin", "en");
        await company.Launch(CampaignYaml.Of(CampaignYaml.Daily("welcome", "guide")));
        await company.At("2026-03-09T09:59");
        (await company.Due("anna")).ShouldBe("2026-03-09T10:00");
        var floor = await company.Query<string>("select floor_at::text from enrollments where organization_id = @id");

        await Tell(company, "anna", "Europe/Berlin", "en-GB");
        (await company.Query<string>("select floor_at::text from enrollments where organization_id = @id")).ShouldBe(floor);

        await Tell(company, "anna", "America/New_York", "en-GB");
        (await company.Due("anna")).ShouldBe("2026-03-09T15:00");
        await company.Through("2026-03-10T15:00");
        (await company.Nudges()).ShouldBe(["anna step-0 sent", "anna step-1 sent"]);
    }

    [Fact]
    public async Task Only_the_account_where_the_person_is_reached_tells()
    {
        await using var company = await WithAsync("email,time_zone\nanna@acme.com,");
        await company.Execute("""
            insert into accounts (organization_id, workspace_id, person_id, external_id)
            select organization_id, workspace_id, person_id, 'old@acme.com' from accounts where organization_id = @id
            """);

        await Tell(company, "old", "Asia/Tokyo", "ja");

        (await Anna(company)).ShouldBe("UTC en");
    }

    [Fact]
    public async Task An_import_says_how_many_have_no_zone()
    {
        await using var company = await NudgedCompany.CreateAsync();

        var report = await company.Import("email,time_zone\nanna@acme.com,\nbob@acme.com,Europe/Berlin\ncarl@acme.com,");

        report.Warnings.ShouldHaveSingleItem().ShouldStartWith("2 rows name no time zone.");
    }
}
