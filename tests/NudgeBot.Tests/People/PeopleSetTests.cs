using NudgeBot.Chat;
using NudgeBot.Governance;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.People;

public sealed class PeopleSetTests
{
    const string Daily = """
        - {key: hello, day: 0, at: "10:00", kind: welcome, text: welcome}
        - {key: task, day: 2, at: "10:00", kind: guide, text: day-1}
        """;

    const string Header = "email,name,time_zone,country,role,team,location,locale,github_login,licensed_since,left_on";

    [Theory]
    [InlineData("--role qa", "bob@acme.com,bob,Europe/Berlin,,qa,Payments,,en,,,")]
    [InlineData("--role -", "bob@acme.com,bob,Europe/Berlin,,,Payments,,en,,,")]
    [InlineData("--team Search --location Lyon", "bob@acme.com,bob,Europe/Berlin,,developer,Search,Lyon,en,,,")]
    [InlineData("--team -", "bob@acme.com,bob,Europe/Berlin,,developer,,,en,,,")]
    [InlineData("--time-zone America/New_York", "bob@acme.com,bob,America/New_York,,developer,Payments,,en,,,")]
    [InlineData("--time-zone -", "bob@acme.com,bob,,,developer,Payments,,en,,,")]
    [InlineData("--country at", "bob@acme.com,bob,Europe/Berlin,AT,developer,Payments,,en,,,")]
    [InlineData("--locale DE-at", "bob@acme.com,bob,Europe/Berlin,,developer,Payments,,de-AT,,,")]
    [InlineData("--locale -", "bob@acme.com,bob,Europe/Berlin,,developer,Payments,,,,,")]
    [InlineData("--name \"Bob Baker\" --github-login bob-b", "bob@acme.com,Bob Baker,Europe/Berlin,,developer,Payments,,en,bob-b,,")]
    [InlineData("--licensed-since 2026-03-02", "bob@acme.com,bob,Europe/Berlin,,developer,Payments,,en,,2026-03-02,")]
    [InlineData("--left today", "bob@acme.com,bob,Europe/Berlin,,developer,Payments,,en,,,2026-03-10")]
    [InlineData("--left 2026-12-01", "bob@acme.com,bob,Europe/Berlin,,developer,Payments,,en,,,2026-12-01")]
    public async Task Does_what_a_row_of_the_roster_does(string options, string row)
    {
        await using var byRoster = await RunningAsync();
        await using var byCommand = await RunningAsync();

        var before = await StateAsync(byCommand);

        await byRoster.Import($"{Header}\n{row}");
        await byCommand.With("anna").Types($"people set bob@acme.com {options}");

        (await StateAsync(byCommand)).ShouldBe(await StateAsync(byRoster));
        (await StateAsync(byCommand)).ShouldNotBe(before);
        await byRoster.Through("2026-03-13T18:00");
        await byCommand.Through("2026-03-13T18:00");
        (await byCommand.Nudges("bob")).ShouldBe(await byRoster.Nudges("bob"));
    }

    [Fact]
    public async Task Who_leaves_gets_nothing_more_and_who_comes_back_does()
    {
        await using var company = await RunningAsync();
        var anna = company.With("anna");

        await anna.Types("people set bob@acme.com --left today");
        anna.Hears("left on: – → 2026\\-03\\-10");
        await company.Through("2026-03-11T18:00");
        (await company.Nudges("bob")).ShouldBe(["bob hello sent", "bob task skipped ended"]);

        await anna.Types("people set bob@acme.com --left no");
        anna.Hears("left on: 2026\\-03\\-10 → –");
        (await company.Query<bool>("select bool_and(left_on is null) from enrollments where organization_id = @id")).ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_profile_tells_goes_on_being_the_profiles()
    {
        await using var company = await RunningAsync();
        await company.Import("email,time_zone,locale\nbob@acme.com,,");

        await company.With("anna").Types("people set bob@acme.com --team Search");

        (await company.Query<bool>("select time_zone_given or locale_given from persons where organization_id = @id and email = 'bob@acme.com'")).ShouldBeFalse();
        (await company.Query<string>("select time_zone from persons where organization_id = @id and email = 'bob@acme.com'")).ShouldBe("Europe/Berlin");
    }

    [Fact]
    public async Task The_next_roster_overwrites_it_and_the_answer_says_so()
    {
        await using var company = await RunningAsync();
        var anna = company.With("anna");

        await anna.Types("people set bob@acme.com --team Search");
        anna.Hears("**bob@acme.com** is changed:");
        anna.Hears("team: Payments → Search");
        anna.Hears("the next one that says otherwise changes it again");
        await company.Import("email,time_zone,team\nbob@acme.com,Europe/Berlin,Payments");

        await anna.Types("people show bob@acme.com");
        anna.Hears("Payments");
    }

    [Fact]
    public async Task A_move_is_told()
    {
        await using var company = await RunningAsync();
        var anna = company.With("anna");
        await anna.Types("people set bob@acme.com --time-zone Asia/Tokyo --team Search");
        anna.Hears("planned anew");
    }

    [Theory]
    [InlineData("nobody@acme.com --team Search", "There is nobody with the e-mail nobody@acme.com on the roster.", "WHO")]
    [InlineData("bob@acme.com --role develper", "'develper' is a role that neither the guides nor the roster know. Did you mean developer?", "--role")]
    [InlineData("bob@acme.com --role chef", "Known are", "--role")]
    [InlineData("bob@acme.com --country UK", "'UK' is not a country's ISO code. The United Kingdom is GB.", "--country")]
    [InlineData("bob@acme.com --time-zone Europe/Berlim", "'Europe/Berlim' is not a time zone. Did you mean Europe/Berlin?", "--time-zone")]
    [InlineData("bob@acme.com --locale germ-any", "'germ-any' is not a locale.", "--locale")]
    [InlineData("bob@acme.com --github-login @bob", "'@bob' is not a GitHub login.", "--github-login")]
    [InlineData("bob@acme.com --github-login CARL", "'CARL' belongs to carl@acme.com.", "--github-login")]
    [InlineData("bob@acme.com --licensed-since 2026-13-01", "'2026-13-01' is not a date. Write it as yyyy-mm-dd, like 2026-03-02.", "--licensed-since")]
    [InlineData("bob@acme.com --left 2026-01-01 --licensed-since 2026-02-01", "2026-01-01 is before licensed_since, 2026-02-01. Correct one of the two.", "--left")]
    [InlineData("carl@acme.com --left 2026-01-01", "2026-01-01 is before licensed_since, 2026-02-02. Correct one of the two.", "--left")]
    public async Task What_cannot_be_is_refused_at_its_field_and_nothing_is_changed(string line, string told, string field)
    {
        await using var company = await RunningAsync();
        var before = await StateAsync(company);

        var refusal = await Should.ThrowAsync<RefusalException>(() => company.Operator(["people", "set", .. line.Split(' ')]));

        PlainText.Of(Message.Say(refusal.Message)).ShouldContain(told);
        refusal.Symbol.ShouldBe(field);
        (await StateAsync(company)).ShouldBe(before);
        (await company.Query<int>("select count(*) from audit_entries where organization_id = @id")).ShouldBe(0);
    }

    [Fact]
    public async Task The_form_shows_how_the_person_is_and_offers_what_is_known()
    {
        await using var company = await RunningAsync();
        var anna = company.With("anna");

        await anna.Types("people set bob@acme.com");
        var fields = anna.Form.ShouldNotBeNull().Fields.ToDictionary(field => field.Id);
        var role = fields["--role"].ShouldBeOfType<Field.Choice>();
        role.Initial.ShouldBe("developer");
        role.Options.Select(option => option.Value).ShouldContain("qa");
        fields["--team"].ShouldBeOfType<Field.Choice>().Options.Select(option => option.Value).ShouldBe(["Payments", "-"]);
        fields["--locale"].ShouldBeOfType<Field.Choice>().Initial.ShouldBe("en");
        fields["--time-zone"].ShouldBeOfType<Field.Line>().Initial.ShouldBe("Europe/Berlin");
        fields["--left"].ShouldBeOfType<Field.Line>().Initial.ShouldBe("");

        await anna.Sends("qa", "Payments", "", "XX");
        anna.Last.Parts.ShouldHaveSingleItem().ShouldBeOfType<ReplyPart.Errors>().ByField.Keys.ShouldBe(["--country"]);
        await anna.Sends("qa", "Payments", "", "AT");

        anna.Hears("role: developer → qa");
        anna.Heard.ShouldNotContain("team:");
        anna.Hears("As a line: `/nudge people set bob@acme.com --role qa --team Payments --country AT`");
    }

    [Fact]
    public async Task Of_two_who_change_the_same_person_the_second_is_told_and_nothing_is_lost()
    {
        await using var company = await RunningAsync();
        await company.MakeAdmin("carl");
        var (anna, carl) = (company.With("anna"), company.With("carl"));
        await anna.Types("people set bob@acme.com");
        await carl.Types("people set bob@acme.com");
        await carl.SendsWith(("--team", "-"));
        carl.Hears("team: Payments → –");

        await anna.SendsWith(("--role", "qa"));

        anna.Hears("bob@acme.com was changed by somebody meanwhile. Look at it with people show bob@acme.com, then change it anew. Nothing was changed now.");
        anna.Form.ShouldNotBeNull();
        await anna.Types("people set bob@acme.com");
        await anna.SendsWith(("--role", "qa"));
        anna.Hears("role: developer → qa");
        (await company.Query<string>("select s.role || '|' || s.team from persons p join segments s on s.id = p.segment_id where p.organization_id = @id and p.name = 'bob'")).ShouldBe("qa|");
    }

    [Fact]
    public async Task Nothing_said_and_nothing_different_change_nothing()
    {
        await using var company = await RunningAsync();

        (await Should.ThrowAsync<RefusalException>(() => company.Operator("people", "set", "bob@acme.com"))).Message.ShouldStartWith("Say what is to be different");
        (await company.Operator("people", "set", "BOB@acme.com", "--team", "Payments")).ShouldContain("is like that already");

        (await company.Query<int>("select count(*) from audit_entries where organization_id = @id")).ShouldBe(0);
    }

    [Fact]
    public async Task The_log_has_what_was_before_and_after_until_the_person_is_deleted()
    {
        await using var company = await RunningAsync();
        var anna = company.With("anna");
        await anna.Types("people set bob@acme.com --team Search --name Robert --left no");

        await anna.Types("audit");
        anna.Hears("people\\.set");
        anna.Hears("about bob");
        anna.Hears("team: Payments → Search");
        anna.Hears("name: bob → Robert");
        (await company.Query<string>("select before || after from audit_entries where organization_id = @id")).ShouldNotContain("Search");
        await anna.Types("audit verify");
        anna.Hears("The audit log is whole");

        await using (var connection = await company.Source.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await new AuditTrail(connection, company.Clock).ForgetAsync(company.Id, (await company.SenderOf("bob")).PersonId, TestContext.Current.CancellationToken);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }
        await anna.Types("audit");
        anna.Hears("people\\.set");
        anna.Heard.ShouldNotContain("Search");
        anna.Heard.ShouldNotContain("Robert");
    }

    /// <summary>Tuesday morning: hello has been sent, task is planned for Wednesday.</summary>
    static async Task<NudgedCompany> RunningAsync()
    {
        var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna");
        await company.Hire("bob", team: "Payments");
        await company.Hire("carl", login: "carl", licensed: "2026-02-02");
        await company.MakeAdmin("anna");
        await company.Launch(CampaignYaml.Of(Daily));
        await company.Through("2026-03-10T09:30");
        return company;
    }

    static Task<string[]> StateAsync(NudgedCompany company) => company.List<string>("""
        select concat_ws('|', p.email, p.name, s.role, s.team, s.location, p.country, p.time_zone, p.time_zone_given, p.locale, p.locale_given, p.github_login, p.licensed_since,
                         p.left_on, e.state, x.role, x.team, e.left_on, e.next_due_at, e.floor_at, n.planned_at, n.due_at, n.outcome)
        from persons p
        join segments s on s.id = p.segment_id
        join enrollments e on e.person_id = p.id
        join segments x on x.id = e.segment_id
        left join nudges n on n.enrollment_id = e.id
        where p.organization_id = @id
        order by 1
        """);
}
