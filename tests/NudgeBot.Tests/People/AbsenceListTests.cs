using NodaTime;
using NudgeBot.Chat;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.People;

/// <summary>A complete roster came in by chat: who is missing has left once that is confirmed below the list.</summary>
public sealed class AbsenceListTests
{
    static readonly AttachedFile Complete = new AttachedFile.Text("email,name,time_zone\nanna@acme.com,anna,Europe/Berlin\neve@acme.com,eve,Europe/Berlin\n");

    [Fact]
    public async Task Those_who_are_shown_are_marked_by_a_button_and_the_file_is_not_sent_again()
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");

        await anna.Types("people import --complete", Complete);
        anna.Hears("2 are not in the file. Nothing is changed for them yet:");
        anna.Hears("bob\\@acme\\.com");
        anna.Hears("carl\\@acme\\.com");
        (await LeftAsync(company)).ShouldBeEmpty();
        await anna.Presses("All 2 have left");

        anna.Hears("2 have left, as of today.");
        (await LeftAsync(company)).ShouldBe(["bob 2026-03-08", "carl 2026-03-08"]);
        await anna.Types("audit");
        anna.Hears("people\\.left, left: 2");
        await anna.Presses("All 2 have left");
        anna.Hears("That was confirmed already.");
        (await company.Query<int>("select count(*) from audit_entries where organization_id = @id and action = 'people.left'")).ShouldBe(1);
    }

    [Fact]
    public async Task Who_came_after_it_was_shown_or_has_left_meanwhile_is_not_marked()
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");
        await anna.Types("people import --complete", Complete);
        await company.Execute("""
            insert into persons (organization_id, segment_id, email, first_email, time_zone, locale)
            select organization_id, segment_id, 'late@acme.com', 'late@acme.com', time_zone, locale from persons where organization_id = @id and email = 'bob@acme.com'
            """);
        await anna.Types("people set bob@acme.com --left 2026-03-02");

        await anna.Presses("All 2 have left");

        anna.Hears("1 have left, as of today.");
        (await LeftAsync(company)).ShouldBe(["bob 2026-03-02", "carl 2026-03-08"]);
    }

    [Fact]
    public async Task Another_roster_makes_the_list_void_whoever_imports_it()
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");
        await anna.Types("people import --complete", Complete);
        await company.Import("email,name,time_zone\nbob@acme.com,bob,Europe/Berlin");

        await anna.Presses("All 2 have left");

        anna.Hears("Another roster has come in since, so that list is void. Nobody was marked; `people import --complete` makes a new list.");
        (await LeftAsync(company)).ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_day_it_is_too_old_and_after_a_week_it_is_forgotten()
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");
        await anna.Types("people import --complete", Complete);
        company.Clock.MoveTo(company.Clock.Now + Duration.FromDays(1));
        await anna.Presses("All 2 have left");
        anna.Hears("That list is older than a day.");

        company.Clock.MoveTo(company.Clock.Now + Duration.FromDays(7));
        await anna.Types("people import --complete", Complete);
        await anna.Types("people left 1 --confirm");
        anna.Hears("There is no such list.");
        (await LeftAsync(company)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_else_confirms_it()
    {
        await using var company = await CompanyAsync();
        await company.MakeAdmin("eve");
        await company.With("anna").Types("people import --complete", Complete);

        var eve = company.With("eve");
        await eve.Types("people left 1 --confirm");
        eve.Hears("Somebody else has imported that roster");
        await eve.Types("people left 1");
        eve.Heard.ShouldNotContain("bob");
        var bob = company.With("bob");
        await bob.Types("people left 1 --confirm");
        bob.Hears("is for administrators");

        (await LeftAsync(company)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_who_press_at_once_mark_once()
    {
        await using var company = await CompanyAsync();
        await company.With("anna").Types("people import --complete", Complete);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => company.With("anna").Types("people left 1 --confirm")));

        (await LeftAsync(company)).Length.ShouldBe(2);
        (await company.Query<int>("select count(*) from audit_entries where organization_id = @id and action = 'people.left'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_long_list_has_pages_and_all_of_it_is_marked()
    {
        await using var company = await CompanyAsync();
        await company.Import("email,time_zone\n" + string.Join('\n', Enumerable.Range(0, 100).Select(number => $"p{number:000}@acme.com,Europe/Berlin")));
        var anna = company.With("anna");

        await anna.Types("people import --complete", Complete);
        anna.Hears("Page 1 of 3");
        anna.Heard.ShouldNotContain("p099");
        await anna.Presses("Next page →");
        await anna.Presses("Next page →");
        anna.Hears("p099");
        await anna.Presses("All 102 have left");

        (await LeftAsync(company)).Length.ShouldBe(102);
    }

    [Theory]
    [InlineData("email,name,time_zone\nanna@acme.com,anna,Europe/Berlin\nbob@acme,bob,Europe/Berlin\n", "A row of the file was refused for its e-mail")]
    [InlineData("email,name,time_zone\n", "The file names nobody.")]
    public async Task What_cannot_be_confirmed_has_no_button(string roster, string told)
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");

        await anna.Types("people import --complete", new AttachedFile.Text(roster));

        anna.Hears(told);
        anna.Hears("bob");
        anna.Heard.ShouldNotContain("have left");
        (await company.Query<int>("select count(*) from absence_lists where organization_id = @id")).ShouldBe(0);
    }

    static Task<string[]> LeftAsync(NudgedCompany company) => company.List<string>(
        "select split_part(email, '@', 1) || ' ' || left_on from persons where organization_id = @id and left_on is not null order by 1");

    static async Task<NudgedCompany> CompanyAsync()
    {
        var company = await NudgedCompany.CreateAsync("2026-03-08T12:00");
        foreach (var name in new[] { "anna", "bob", "carl", "eve" }) await company.Hire(name);
        await company.MakeAdmin("anna");
        return company;
    }
}
