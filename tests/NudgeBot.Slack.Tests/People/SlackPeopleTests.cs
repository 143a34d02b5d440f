using System.Text.Json.Nodes;
using NudgeBot.Limits;
using NudgeBot.Slack.Installing;
using NudgeBot.Slack.People;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Tests.People;

public class SlackPeopleTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static JsonObject User(string id, string? email = null, string? flag = null)
    {
        var user = new JsonObject { ["id"] = id, ["profile"] = new JsonObject { ["email"] = email } };
        if (flag is not null) user[flag] = true;
        return user;
    }

    static async Task<SlackCompany> CompanyAsync(params string[] emails)
    {
        var company = await SlackCompany.CreateAsync();
        await company.Import(emails);
        return company;
    }

    static SlackPeople People(SlackCompany company) => new(company.Calls, company.Source, company.Clock);

    static Task Read(SlackCompany company) => People(company).ReadAsync(company.Workspace, company.Product.Profiles, Cancellation);

    static Task ReadOne(SlackCompany company, string user) => People(company).ReadOneAsync(company.Workspace, company.Product.Profiles, user, Urgency.Interactive, Cancellation);

    static Task<string[]> Reached(SlackCompany company) =>
        company.List<string>("select p.email || ' ' || a.external_id from persons p join accounts a on a.id = p.account_id where p.organization_id = @id order by 1");

    static async Task<string[]> Unreached(SlackCompany company) =>
        [.. (await company.Product.Preflight.CheckAsync(company.Workspace.OrganizationId, Cancellation)).Unreached.Select(one => $"{one.Email} {one.Reason}")];

    [Fact]
    public async Task Accounts_are_linked_by_e_mail_whatever_its_case_and_others_are_left_out()
    {
        await using var company = await CompanyAsync("anna@acme.com", "bob@acme.com", "carl@acme.com", "dora@acme.com", "eve@acme.com");
        company.Slack.Users.AddRange(
        [
            User("U1", "Anna@ACME.com"), User("U2", "bob@acme.com", "deleted"), User("U3", "carl@acme.com", "is_bot"), User("U4", "dora@acme.com", "is_ultra_restricted"),
            User("U5", "stranger@else.com"), User("U6"), User("USLACKBOT", "eve@acme.com"),
        ]);

        await Read(company);

        (await Reached(company)).ShouldBe(["anna@acme.com U1"]);
        (await Unreached(company)).ShouldBe(["bob@acme.com deactivated", "carl@acme.com bot", "dora@acme.com guest", "eve@acme.com bot"]);
    }

    [Fact]
    public async Task Who_is_deactivated_is_reached_no_more_and_again_when_back()
    {
        await using var company = await CompanyAsync("anna@acme.com");
        company.Slack.Users.Add(User("U1", "anna@acme.com"));
        await Read(company);
        company.Slack.Users[0] = User("U1", "anna@acme.com", "deleted");
        company.Clock.MoveTo(company.Clock.Now + NodaTime.Duration.FromDays(1));
        await Read(company);

        (await Reached(company)).ShouldBeEmpty();
        (await Unreached(company)).ShouldBe(["anna@acme.com deactivated"]);

        company.Slack.Users[0] = User("U1", "anna@acme.com");
        await ReadOne(company, "U1");
        (await Reached(company)).ShouldBe(["anna@acme.com U1"]);
        (await Unreached(company)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_e_mail_makes_it_another_persons_account()
    {
        await using var company = await CompanyAsync("anna@acme.com", "anna.b@acme.com");
        company.Slack.Users.Add(User("U1", "anna@acme.com"));
        await Read(company);
        company.Slack.Users[0] = User("U1", "anna.b@acme.com");
        company.Clock.MoveTo(company.Clock.Now + NodaTime.Duration.FromDays(1));
        await Read(company);

        (await Reached(company)).ShouldBe(["anna.b@acme.com U1"]);
    }

    [Fact]
    public async Task Reading_goes_on_at_the_page_where_it_was_broken_off_and_is_done_once_a_day()
    {
        await using var company = await CompanyAsync("p0@acme.com", "p1@acme.com", "p2@acme.com");
        company.Slack.Users.AddRange(Enumerable.Range(0, 3).Select(i => User($"U{i}", $"p{i}@acme.com")));
        company.Slack.PageSize = 1;
        company.Slack.Script = async (request, context) =>
        {
            if (company.Slack.Calls("users.list").Count != 2) return false;
            context.Response.StatusCode = 500;
            await ScriptedSlack.WriteAsync(context, "");
            return true;
        };
        await Read(company);
        (await Reached(company)).ShouldBe(["p0@acme.com U0"]);

        await company.Execute("delete from rate_budgets where organization_id = @id");
        await Read(company);
        (await Reached(company)).ShouldBe(["p0@acme.com U0", "p1@acme.com U1", "p2@acme.com U2"]);
        company.Slack.Calls("users.list").Select(call => call.Text("cursor")).ShouldBe(["", "1", "1", "2"]);

        company.Clock.MoveTo(company.Clock.Now + NodaTime.Duration.FromHours(23));
        await Read(company);
        company.Slack.Calls("users.list").Count.ShouldBe(4);
    }

    [Fact]
    public async Task What_the_roster_leaves_open_is_the_profiles()
    {
        await using var company = await CompanyAsync();
        await company.ImportText("email,time_zone,locale\nanna@acme.com,,\nbob@acme.com,Europe/Berlin,fr\ncarl@acme.com,,\n");
        company.Slack.Users.AddRange([User("U1", "anna@acme.com"), User("U2", "bob@acme.com"), User("U3", "carl@acme.com", "deleted")]);
        foreach (var user in company.Slack.Users) (user["tz"], user["locale"]) = ("America/New_York", "de-DE");

        await Read(company);

        company.Slack.Calls("users.list").ShouldHaveSingleItem().Text("include_locale").ShouldBe("true");
        (await Places(company)).ShouldBe(["anna@acme.com America/New_York de-DE", "bob@acme.com Europe/Berlin fr", "carl@acme.com UTC en"]);

        (company.Slack.Users[0]["tz"], company.Slack.Users[0]["locale"]) = ("Asia/Tokyo", "ja-JP");
        await ReadOne(company, "U1");
        company.Slack.Calls("users.info").ShouldHaveSingleItem().Text("include_locale").ShouldBe("true");
        (await Places(company))[0].ShouldBe("anna@acme.com Asia/Tokyo ja-JP");
    }

    [Fact]
    public async Task An_install_while_a_page_is_under_way_begins_the_reading_anew()
    {
        await using var company = await CompanyAsync("p0@acme.com", "p1@acme.com", "p2@acme.com");
        company.Slack.Users.AddRange(Enumerable.Range(0, 3).Select(i => User($"U{i}", $"p{i}@acme.com")));
        company.Slack.PageSize = 1;
        var installations = new SlackInstallations(company.Source, SlackCompany.Secrets, company.Clock);
        company.Slack.Script = async (_, _) =>
        {
            if (company.Slack.Calls("users.list").Count == 2)
                await installations.InstallAsync(company.Workspace.OrganizationId, new SlackGrant("T1", "Acme", "A1", "UBOT", "", new TokenPair(SlackCompany.Token, null, null)), Cancellation);
            return false;
        };

        await Read(company);
        (await Reached(company)).ShouldBe(["p0@acme.com U0", "p1@acme.com U1"]);

        await company.Execute("delete from rate_budgets where organization_id = @id");
        await Read(company);
        company.Slack.Calls("users.list").Select(call => call.Text("cursor")).ShouldBe(["", "1", "", "1", "2"]);
    }

    static Task<string[]> Places(SlackCompany company) =>
        company.List<string>("select email || ' ' || time_zone || ' ' || locale from persons where organization_id = @id order by email");

    [Fact]
    public async Task A_cursor_that_died_begins_the_reading_anew()
    {
        await using var company = await CompanyAsync("anna@acme.com");
        company.Slack.Users.Add(User("U1", "anna@acme.com"));
        await company.Execute("insert into people_reads (organization_id, workspace_id, cursor) values (@id, @workspaceId, 'dead')");
        company.Slack.NextSays("users.list", """{"ok":false,"error":"invalid_cursor"}""");
        await Read(company);
        await Read(company);

        (await Reached(company)).ShouldBe(["anna@acme.com U1"]);
    }

    [Fact]
    public async Task Where_the_app_is_gone_nobody_is_reached()
    {
        await using var company = await CompanyAsync("anna@acme.com");
        company.Slack.Users.Add(User("U1", "anna@acme.com"));
        await Read(company);
        await company.Execute("update slack_installations set revoked_at = installed_at where organization_id = @id");

        (await Unreached(company)).ShouldBe(["anna@acme.com not-installed"]);
    }
}
