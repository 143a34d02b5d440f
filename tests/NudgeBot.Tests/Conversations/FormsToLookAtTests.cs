using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Conversations;

/// <summary>Forms that say how many people they are about before they are sent, and lists that are chosen from.</summary>
public sealed class FormsToLookAtTests
{
    [Fact]
    public async Task A_new_campaign_is_for_whom_is_chosen_from_the_rosters_own_lists()
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");

        await anna.Types("campaign create autumn");

        Options(anna, "--roles").ShouldBe(["developer", "qa"]);
        Options(anna, "--teams").ShouldBe(["Payments", "Search and Find"]);
        Options(anna, "--locations").ShouldBe(["Berlin", "Oslo"]);
        anna.Form!.Fields.OfType<Field.Choices>().SelectMany(field => field.Initial).ShouldBeEmpty();
        Said(anna).ShouldBe("For everyone: **4 people** today; 1 of them cannot be reached yet.");
    }

    [Fact]
    public async Task What_is_chosen_is_counted_and_nothing_is_changed_or_lost()
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");
        await anna.Types("campaign create autumn");
        var entries = await company.Query<long>("select count(*) from audit_entries where organization_id = @id");

        await anna.Looks(("--teams", "Payments, Search and Find"), ("--roles", "developer"), ("--tool", "copilot"), ("--name", "In autumn"));

        Said(anna).ShouldBe("For role developer, team Payments or Search and Find: **2 people** today; all of them can be reached.");
        anna.Last.Parts.ShouldHaveSingleItem("nothing is wrong with what is not filled in yet");
        anna.Form!.Fields.Where(field => Conversation.Standing(field).Length > 0).ToDictionary(field => field.Id, Conversation.Standing).ShouldBe(new Dictionary<string, string>
        {
            ["--tool"] = "copilot",
            ["--owner"] = "anna@acme.com",
            ["--name"] = "In autumn",
            ["--roles"] = "developer",
            ["--teams"] = "Payments, Search and Find",
        }, ignoreOrder: true);
        (await company.Query<int>("select count(*) from campaigns where organization_id = @id")).ShouldBe(1);
        (await company.Query<long>("select count(*) from audit_entries where organization_id = @id")).ShouldBe(entries);

        await anna.SendsWith(("--start", "monday"));
        anna.Hears("**autumn** is a draft");
        anna.Hears("For role developer, team Payments or Search and Find: **2 people** today; all of them can be reached.");
        anna.Hears("--roles developer --teams \"Payments, Search and Find\"`");
        (await AudienceAsync(company, "autumn")).Teams.ShouldBe(["Payments", "Search and Find"]);
    }

    [Theory]
    [InlineData("--roles", "qa", "For role qa: **1 person** today, who cannot be reached yet.")]
    [InlineData("--locations", "Oslo", "For location Oslo: **1 person** today, who can be reached.")]
    [InlineData("--teams", "Nobody's", "For team Nobody's: nobody today.")]
    [InlineData("--teams", "all", "For everyone: **4 people** today; 1 of them cannot be reached yet.")]
    [InlineData("--teams", "A, B, C, D", "For 4 teams: nobody today.")]
    [InlineData("--roles", " QA ,", "For role QA: **1 person** today, who cannot be reached yet.")]
    public async Task Whoever_they_are_the_number_is_told_truly(string field, string value, string said)
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");
        await anna.Types("campaign create autumn");
        await anna.Looks((field, value));
        Said(anna).ShouldBe(said);
    }

    [Theory]
    [InlineData("--start", "some day", "--start takes a date")]
    [InlineData("--start", "2026-01-01", "2026-01-01 has passed. Say a date that is still to come.")]
    [InlineData("--owner", "nobody@acme.com", "There is nobody with the e-mail nobody@acme.com")]
    [InlineData("--holdout", "99", "--holdout takes a whole number from 0 to 50")]
    [InlineData("--template", "nothing-like-it", "There is no journey nothing-like-it to take.")]
    public async Task What_is_wrong_so_far_is_told_at_its_field_beside_the_number(string field, string value, string because)
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");
        await anna.Types("campaign create autumn");

        await anna.Looks(("--tool", "copilot"), ("--start", "monday"), ("--teams", "Payments"), (field, value));

        var (at, what) = anna.Last.Parts.OfType<ReplyPart.Errors>().ShouldHaveSingleItem().ByField.ShouldHaveSingleItem();
        at.ShouldBe(field);
        what.ShouldContain(because);
        Said(anna).ShouldContain("For team Payments: **2 people** today");
        (await company.Query<int>("select count(*) from campaigns where organization_id = @id")).ShouldBe(1);
    }

    [Fact]
    public async Task An_edit_shows_what_is_chosen_already_and_goes_back_to_everybody_when_nothing_is()
    {
        await using var company = await CompanyAsync("audience: {team: [payments], location: [Oslo]}");
        var anna = company.With("anna");

        await anna.Types("campaign edit pilot");

        anna.Form!.Fields.OfType<Field.Choices>().ToDictionary(field => field.Id, Conversation.Standing).ShouldBe(
            new Dictionary<string, string> { ["--roles"] = "", ["--teams"] = "Payments", ["--locations"] = "Oslo" }, ignoreOrder: true);
        Said(anna).ShouldBe("For team payments, location Oslo: nobody today.");
        await anna.Looks(("--teams", ""));
        Said(anna).ShouldBe("For location Oslo: **1 person** today, who can be reached.");
        await anna.SendsWith();

        anna.Hears("--teams all --locations Oslo");
        anna.Hears("For location Oslo: **1 person** today");
        var audience = await AudienceAsync(company, "pilot");
        audience.Teams.ShouldBeEmpty();
        audience.Locations.ShouldBe(["Oslo"]);
    }

    [Fact]
    public async Task A_team_that_nobody_belongs_to_any_more_stays_chosen_until_somebody_takes_it_out()
    {
        await using var company = await CompanyAsync("audience: {team: [Payments, Gone]}");
        var anna = company.With("anna");
        await anna.Types("campaign edit pilot");
        Options(anna, "--teams").ShouldBe(["Payments", "Search and Find", "Gone"]);
        await anna.SendsWith(("--name", "Other"));
        (await AudienceAsync(company, "pilot")).Teams.ShouldBe(["Payments", "Gone"]);
    }

    [Theory]
    [InlineData("Search, Find", 0)]
    [InlineData("one more", 100)]
    public async Task A_list_that_no_platform_could_show_is_typed(string team, int more)
    {
        await using var company = await CompanyAsync();
        await company.Execute("insert into segments (organization_id, role, team, location) values (@id, 'developer', @team, '')", new { team });
        await company.Execute("insert into segments (organization_id, role, team, location) select @id, 'developer', 'Team ' || n, '' from generate_series(1, @more) n", new { more });
        var anna = company.With("anna");

        await anna.Types("campaign create autumn");

        var typed = anna.Form!.Fields.Single(field => field.Id == "--teams").ShouldBeOfType<Field.Line>();
        typed.Hint!.ShouldContain("`all` for everybody");
        anna.Form!.Fields.Single(field => field.Id == "--roles").ShouldBeOfType<Field.Choices>();
        await anna.Looks(("--teams", "payments"));
        Said(anna).ShouldContain("For team payments: **2 people** today");
    }

    [Fact]
    public async Task Who_may_not_make_a_campaign_is_not_told_how_many_it_would_be_for_and_that_they_asked_is_kept()
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");
        await anna.Types("campaign create autumn");
        await company.Execute("update persons set admin = false where organization_id = @id");

        await anna.Looks(("--teams", "Payments"));

        anna.Hears("is for administrators");
        anna.Heard.ShouldNotContain("people");
        anna.Form.ShouldBeNull();
        (await company.Operator("audit")).ShouldContain("refused");
    }

    [Fact]
    public async Task An_owner_looks_at_their_own_campaign_and_nobody_elses()
    {
        await using var company = await CompanyAsync();
        await company.With("anna").Types("campaign create other --tool copilot --start monday --owner bob@acme.com --template pilot");
        await company.Operator("owner", "set", "pilot", "anna@acme.com");
        var bob = company.With("bob");

        await bob.Types("campaign edit other");
        await bob.Looks(("--teams", "Payments"));
        Said(bob).ShouldContain("For team Payments");
        await bob.Types("campaign edit pilot");
        await bob.Looks(("--teams", "Payments"));

        bob.Last.Parts.ShouldHaveSingleItem().ShouldBeOfType<ReplyPart.Whisper>();
        bob.Hears("**pilot** is anna@acme.com's campaign; ask there.");
    }

    [Fact]
    public async Task Only_what_has_an_audience_can_be_looked_at_and_nothing_is_done_by_looking()
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");
        await anna.Types("owner set");
        anna.Form!.Look.ShouldBeNull();
        await anna.Looks(("KEY", "pilot"), ("WHO", "bob@acme.com"));
        anna.Form!.Fields.ToDictionary(field => field.Id, Conversation.Standing).ShouldBe(new Dictionary<string, string> { ["KEY"] = "pilot", ["WHO"] = "bob@acme.com" });

        var nothing = await company.Product.Conversations.HandleAsync(
            new ChatEvent.Drafted(await company.SenderOf("anna"), company.Clock.Now, ActionIds.CommandForm, "campaign end pilot", new Dictionary<string, string>()), TestContext.Current.CancellationToken);

        nothing.Parts.ShouldHaveSingleItem().ShouldBeOfType<ReplyPart.Whisper>();
        (await company.Query<string>("select state || owner_email from campaigns where organization_id = @id")).ShouldBe("scheduledowner@acme.com");
    }

    [Fact]
    public async Task What_stood_in_a_file_is_not_told_as_a_line()
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");
        await anna.Types("people import");
        anna.Form!.Fields[0].ShouldBeOfType<Field.Line>().TakesFile.ShouldBeTrue();
        await anna.SendsWith(("CSV", "email,name,role,time_zone\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"p{i}@acme.com,P{i},qa,Europe/Berlin\n"))));
        anna.Hears("200 added");
        anna.Heard.ShouldNotContain("As a line");
    }

    static string Said(Conversation who) => who.Form.ShouldNotBeNull().Look.ShouldNotBeNull().Said;

    static IEnumerable<string> Options(Conversation who, string field) =>
        who.Form!.Fields.Single(one => one.Id == field).ShouldBeOfType<Field.Choices>().Options.Select(option => option.Value);

    static async Task<Audience> AudienceAsync(NudgedCompany company, string key) =>
        (await company.Product.Journeys.LatestAsync(company.Id, key, TestContext.Current.CancellationToken)).Campaign.Audience;

    /// <summary>Anna is an administrator; Dora cannot be reached; Emil has left.</summary>
    static async Task<NudgedCompany> CompanyAsync(string audience = "")
    {
        var company = await NudgedCompany.CreateAsync("2026-03-09T12:00");
        await company.Hire("anna", team: "Payments", location: "Berlin");
        await company.Hire("bob", team: "Search and Find", location: "Oslo");
        await company.Hire("carl", team: "");
        await company.Hire("emil", team: "Payments", left: "2026-03-01");
        await company.Hire("dora", role: "qa", team: "Payments", location: "Berlin", account: false);
        await company.Apply(CampaignYaml.Of(CampaignYaml.Welcome, fields: audience).Replace("start: 2026-03-09", "start: 2026-03-16"));
        await company.MakeAdmin("anna");
        return company;
    }
}
