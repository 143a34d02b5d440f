using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Governance;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Campaigns;

public sealed class CampaignDeskTests
{
    const string Steps = """
        - {key: hello, day: 0, at: "10:00", kind: welcome, text: welcome}
        - {key: task, day: 1, at: "10:00", kind: guide, text: day-1}
        - {key: ask, day: 3, at: "10:00", kind: check-in, text: check-in-day-3, only_if: {no_use_in: 2}}
        """;

    [Fact]
    public async Task Show_is_the_journey_with_what_each_step_reached()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna", team: "Payments");
        await company.Hire("bob", team: "Payments");
        await company.OpenChannel("Payments");
        await company.Launch(CampaignYaml.Of("""
            - {key: hello, day: 0, at: "10:00", kind: guide, text: day-1}
            - {key: lines, day: 1, at: "10:00", kind: wins, text: wins}
            """));
        await company.Through("2026-03-10T10:00");
        await company.With("anna").Presses("It worked");

        var shown = await company.Operator("campaign", "show", "pilot");

        shown.ShouldContain("day  at     step   sent  answered  skipped  failed  open");
        shown.ShouldContain("  0  10:00  hello     2         1");
        shown.ShouldContain("  1  10:00  lines     1");
        shown.ShouldContain("2 enrolled, of whom 0 are in the holdout, 0 waiting");
    }

    [Fact]
    public async Task A_campaign_is_made_by_a_form_and_read_back_as_a_line()
    {
        await using var company = await AdministeredAsync();
        var anna = company.With("anna");

        await anna.Types("campaign create autumn");
        anna.Form.ShouldNotBeNull().Fields.Select(field => field.Id).ShouldBe(
            ["--tool", "--start", "--owner", "--template", "--name", "--tool-name", "--roles", "--teams", "--locations", "--holdout", "--back-off"]);
        await anna.Sends("copilot", "in 3 days", "bob@acme.com", "pilot", "Autumn", "GitHub Copilot", "", "Payments", "", "20", "");

        anna.Hears("**autumn** is a draft: nobody is taken in before `campaign launch autumn`. It would start on 2026-03-12.");
        anna.Hears("For team Payments: **1 person** today, who can be reached.");
        anna.Hears("As a line: `/nudge campaign create autumn --tool copilot --start \"in 3 days\" --owner bob@acme.com --template pilot");
        var campaign = await LatestAsync(company, "autumn");
        campaign.Steps.Select(step => step.Key).ShouldBe(["hello", "task", "ask"]);
        (campaign.HoldoutPercent, campaign.OwnerEmail, campaign.Name, campaign.RolloutPercent).ShouldBe((20, "bob@acme.com", "Autumn", 10));
    }

    [Fact]
    public async Task What_cannot_be_a_campaign_is_said_at_its_field()
    {
        await using var company = await AdministeredAsync();
        var anna = company.With("anna");
        await anna.Types("campaign create autumn");
        await anna.Sends("copilot", "someday", "bob@acme.com");
        anna.Last.Parts.ShouldHaveSingleItem().ShouldBeOfType<ReplyPart.Errors>().ByField.Keys.ShouldBe(["--start"]);
        await anna.Sends("copilot", "2026-03-01", "bob@acme.com");
        anna.Hears("2026-03-01 has passed.");
        await anna.Sends("copilot", "monday", "nobody@acme.com");
        anna.Last.Parts.ShouldHaveSingleItem().ShouldBeOfType<ReplyPart.Errors>().ByField.Keys.ShouldBe(["--owner"]);
        await anna.Types("campaign create pilot --tool copilot --start monday --owner bob@acme.com");
        anna.Hears("There is a campaign pilot already.");
        await anna.Types("campaign create Bad_Key --tool copilot --start monday --owner bob@acme.com");
        anna.Hears("must be lower-case letters");
    }

    [Fact]
    public async Task A_step_is_changed_in_a_form_that_shows_how_it_is()
    {
        await using var company = await AdministeredAsync();
        var anna = company.With("anna");
        await anna.Types("campaign step pilot ask");
        anna.Form.ShouldNotBeNull().Fields.OfType<Field.Line>().ToDictionary(field => field.Id, field => field.Initial)
            .ShouldBe(new Dictionary<string, string> { ["--day"] = "3", ["--at"] = "10:00", ["--text"] = "check-in-day-3", ["--only-if"] = "{no_use_in: 2}", ["--otherwise"] = "", ["--entries"] = "all" }, ignoreOrder: true);
        await anna.Sends("4", "11:30", "check-in-day-3", "{any: [{no_use_in: 5}, used_since_day_0]}", "", "new, lapsed", "yes");

        anna.Hears("**pilot** has version 2 now.");
        var ask = (await LatestAsync(company, "pilot")).StepWith("ask");
        (ask.Day, ask.At.Hour, ask.Essential).ShouldBe((4, 11, true));
        ask.Entries.ShouldBe([Entry.New, Entry.Lapsed]);
        ask.OnlyIf.ShouldBeOfType<Condition.Any>();
    }

    [Theory]
    [InlineData("campaign step pilot ask --at 18:30", "is not in the sending window")]
    [InlineData("campaign step pilot ask --only-if \"{no_use: 5}\"", "'no_use' is not known here.")]
    [InlineData("campaign step pilot ask --text nothing-like-it", "the text 'nothing-like-it' is needed")]
    [InlineData("campaign step pilot ask --entries old", "`--entries` takes new, lapsed, active or `all`, not old.")]
    [InlineData("campaign step pilot aks --day 3", "has no step aks. There are: hello, task, ask.")]
    [InlineData("campaign edit pilot --back-off 99", "`--back-off` takes a whole number from 1 to 20, or `never`.")]
    [InlineData("campaign edit polit --holdout 5", "There is no campaign 'polit'")]
    public async Task What_the_file_would_refuse_is_refused_here(string line, string because)
    {
        await using var company = await AdministeredAsync();
        var anna = company.With("anna");
        await anna.Types(line);
        anna.Hears(because);
        (await company.Query<int>("select count(*) from journey_versions where organization_id = @id")).ShouldBe(1);
    }

    [Fact]
    public async Task The_second_of_two_who_edit_at_once_is_told_and_loses_nothing()
    {
        await using var company = await AdministeredAsync();
        await company.MakeAdmin("bob");
        var (anna, bob) = (company.With("anna"), company.With("bob"));
        await anna.Types("campaign edit pilot");
        await bob.Types("campaign edit pilot");
        await anna.Sends("By Anna", "Copilot", "all", "all", "all", "2026-03-16", "0", "3");
        await bob.Sends("By Bob", "Copilot", "all", "all", "all", "2026-03-16", "0", "3");

        bob.Hears("was changed meanwhile: it has version 2 now, and this was made from version 1.");
        bob.Form.ShouldNotBeNull();
        (await LatestAsync(company, "pilot")).Name.ShouldBe("By Anna");
    }

    [Fact]
    public async Task The_words_of_a_step_are_changed_for_this_campaign_alone()
    {
        await using var company = await AdministeredAsync();
        var anna = company.With("anna");
        await anna.Types("campaign text pilot task --role developer");
        var shown = anna.Form.ShouldNotBeNull().Fields.ShouldHaveSingleItem().ShouldBeOfType<Field.Line>();
        shown.Multiline.ShouldBeTrue();
        shown.Initial.ShouldContain("~~~prompt");
        await anna.Sends("Good morning {name}. Try {tool} on this:\n\n~~~prompt\nExplain this function.\n~~~");
        anna.Hears("**pilot** has version 2 now.");

        await anna.Types("campaign preview pilot task --role developer");
        anna.Hears("Good morning Anna. Try Copilot on this:");
        anna.Hears("Explain this function.");
        await anna.Types("campaign preview pilot task --role qa");
        anna.Heard.ShouldNotContain("Good morning Anna");
        await anna.Types("campaign text pilot task");
        await anna.Sends("# A heading");
        anna.Hears("A heading begins with ##");
        await anna.Types("campaign text pilot task --role developer --words default");
        (await LatestAsync(company, "pilot")).Texts.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_exported_and_applied_again_changes_nothing()
    {
        await using var company = await AdministeredAsync();
        var anna = company.With("anna");
        await anna.Types("campaign text pilot hello --words \"Hello {name}.\"");
        await anna.Types("campaign export pilot");
        var yaml = anna.Heard;

        await anna.Types($"campaign apply\n```\n{yaml}\n```");
        anna.Hears("**pilot** is like that already; nothing was changed.");
        await anna.Types($"campaign apply {yaml.Replace("day: 3", "day: 5")}");
        anna.Hears("**pilot** has version 3 now.");
        await anna.Types($"campaign apply {yaml.Replace("day: 3", "day: three")}");
        anna.Hears("'three' is not a whole number from 0 to 120.");
    }

    [Fact]
    public async Task Who_is_under_way_goes_over_when_it_is_said()
    {
        await using var company = await AdministeredAsync();
        await StartAsync(company, "2026-03-16T12:00");
        var anna = company.With("anna");
        await anna.Types("campaign step pilot task --day 2 --at 14:00");
        await anna.Types("campaign move pilot");
        anna.Hears("2 went over to the newest version of **pilot**.");
        await company.Through("2026-03-18T15:00");
        (await company.Query<string>("select string_agg(distinct to_char(decided_at at time zone 'Europe/Berlin', 'DD HH24:MI'), ',') from nudges n join steps s on s.id = n.step_id where n.organization_id = @id and s.key = 'task' and outcome = 'sent'"))
            .ShouldBe("18 14:00");
        await anna.Types("campaign move pilot");
        anna.Hears("Everybody under way has the newest version");
    }

    [Fact]
    public async Task A_step_that_somebody_had_is_not_sent_again_wherever_it_stands_in_the_new_order()
    {
        await using var company = await AdministeredAsync();
        await StartAsync(company, "2026-03-17T12:00");
        var anna = company.With("anna");
        await anna.Types("campaign step pilot hello --day 5");
        await anna.Types("campaign move pilot");
        await company.Through("2026-04-01T12:00");
        (await company.Query<int>("select count(*) from nudges n join steps s on s.id = n.step_id where n.organization_id = @id and s.key in ('hello', 'task')")).ShouldBe(4);
    }

    [Fact]
    public async Task Who_started_has_a_start_that_stays()
    {
        await using var company = await AdministeredAsync();
        await StartAsync(company, "2026-03-16T12:00");
        var anna = company.With("anna");
        await anna.Types("campaign edit pilot --start 2026-05-01");
        anna.Hears("**pilot** has started: its start stays what it is.");
    }

    [Fact]
    public async Task Long_lists_have_pages()
    {
        await using var company = await AdministeredAsync();
        var anna = company.With("anna");
        for (var number = 10; number < 23; number++) await anna.Types($"campaign create c-{number} --tool copilot --start monday --owner bob@acme.com --template pilot");
        await anna.Types("campaign list");
        anna.Hears("Page 1 of 2");
        await anna.Presses("Next page →");
        anna.Hears("c-22");
        anna.Hears("Page 2 of 2");
        await anna.Types("campaign list --page 7");
        anna.Hears("There are 2 pages.");
    }

    [Fact]
    public async Task An_owner_changes_their_own_and_nobody_elses()
    {
        await using var company = await AdministeredAsync();
        await company.Operator("owner", "set", "pilot", "bob@acme.com");
        await company.With("anna").Types("campaign create other --tool copilot --start monday --owner anna@acme.com --template pilot");
        var bob = company.With("bob");
        await bob.Types("campaign edit pilot --holdout 5");
        bob.Hears("has version 3 now");
        await bob.Types("campaign edit other --holdout 5");
        bob.Hears("**other** is anna@acme.com's campaign; ask there.");
        (await company.Operator("audit")).ShouldContain("refused");
    }

    [Fact]
    public async Task A_forecast_is_asked_for_and_shown_when_it_is_there()
    {
        await using var company = await AdministeredAsync();
        var anna = company.With("anna");
        await anna.Types("campaign forecast pilot");
        await anna.Presses("How far is it?");
        anna.Hears("0 %.");
        await company.Product.ForecastRuns.RunAsync(company.Id, TestContext.Current.CancellationToken);
        await anna.Presses("How far is it?");
        anna.Hears("hello");
        (await company.Query<int>("select count(*) from enrollments where organization_id = @id")).ShouldBe(0);
    }

    static async Task<Campaign> LatestAsync(NudgedCompany company, string key) =>
        (await company.Product.Journeys.LatestAsync(company.Id, key, TestContext.Current.CancellationToken)).Campaign;

    static async Task StartAsync(NudgedCompany company, string until)
    {
        company.Clock.MoveTo(NudgedCompany.Moment("2026-03-16T00:00"));
        await company.Enroll();
        await company.Through(until);
    }

    /// <summary>Monday 9 March; the pilot starts a week later. Anna is an administrator.</summary>
    static async Task<NudgedCompany> AdministeredAsync()
    {
        var company = await NudgedCompany.CreateAsync("2026-03-09T12:00");
        await company.Hire("anna", team: "Payments");
        await company.Hire("bob");
        await company.Apply(CampaignYaml.Of(Steps).Replace("start: 2026-03-09", "start: 2026-03-16"));
        await company.MakeAdmin("anna");
        return company;
    }
}
