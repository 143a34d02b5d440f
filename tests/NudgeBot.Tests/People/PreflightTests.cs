using NudgeBot.People;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.People;

public class PreflightTests
{
    static Task<PreflightReport> Check(NudgedCompany company) => company.Product.Preflight.CheckAsync(company.Id, TestContext.Current.CancellationToken);

    /// <summary>Anna is reached; of Bob nobody knows an account, Carl's is deactivated, Dora's workspace has lost the app, Eve's platform has a word of its own.</summary>
    static async Task<NudgedCompany> WithReasonsAsync()
    {
        var company = await NudgedCompany.CreateAsync();
        foreach (var name in new[] { "anna", "carl", "dora", "eve" }) await company.Hire(name);
        await company.Hire("bob", account: false);
        await company.Hire("fred", left: "2026-03-01", account: false);
        await company.Hire("gina", account: false);
        await company.Execute("""
            update persons set opted_out_at = @now where organization_id = @id and email = 'gina@acme.com';
            update accounts set unreachable = 'deactivated' where organization_id = @id and external_id = 'carl@acme.com';
            update accounts set unreachable = 'user_not_visible' where organization_id = @id and external_id = 'eve@acme.com';
            update persons set account_id = null, workspace_id = null where organization_id = @id and email = 'carl@acme.com';
            update persons set account_id = null, workspace_id = null where organization_id = @id and email = 'dora@acme.com';
            with w as (insert into workspaces (organization_id, platform, external_id, name) values (@id, 'slack', 'T1', 'Acme') returning id)
            update accounts set workspace_id = w.id from w where organization_id = @id and external_id = 'dora@acme.com';
            update persons p set account_id = a.id, workspace_id = a.workspace_id from accounts a where a.person_id = p.id and p.email = 'dora@acme.com' and p.organization_id = @id;
            """);
        return company;
    }

    [Fact]
    public async Task Tells_of_everybody_who_would_get_nothing_the_reason()
    {
        await using var company = await WithReasonsAsync();

        var report = await Check(company);

        report.People.ShouldBe(5, "who left or opted out is to get nothing");
        report.Unreached.ShouldBe([new("bob@acme.com", "no-account"), new("carl@acme.com", "deactivated"), new("dora@acme.com", "not-installed"), new("eve@acme.com", "user_not_visible")]);
    }

    [Fact]
    public async Task Once_the_app_is_installed_its_people_are_reached()
    {
        await using var company = await WithReasonsAsync();

        await company.Execute("""
            insert into slack_installations (organization_id, workspace_id, bot_user_id, scopes, bot_token, installed_at)
            select organization_id, id, 'UBOT', '', '', @now from workspaces where organization_id = @id and platform = 'slack'
            """);
        (await Check(company)).Unreached.ShouldNotContain(one => one.Email == "dora@acme.com");

        await company.Execute("update slack_installations set revoked_at = installed_at where organization_id = @id");
        (await Check(company)).Unreached.ShouldContain(new Unreached("dora@acme.com", "not-installed"));
    }

    [Fact]
    public async Task Nothing_of_another_organization_is_told()
    {
        await using var company = await WithReasonsAsync();
        var other = await company.Query<int>("insert into organizations (name, created_at) values ('Other', @now) returning id");

        (await company.Product.Preflight.CheckAsync(other, TestContext.Current.CancellationToken)).People.ShouldBe(0);
    }

    [Fact]
    public void Counts_come_first_the_most_frequent_reason_at_the_top_then_each_with_what_to_do()
    {
        var lines = PreflightText.Lines(new PreflightReport(200, [new("a@acme.com", "guest"), new("bob@acme.com", "no-account"), new("c@acme.com", "no-account")])).ToList();

        lines[..4].ShouldBe(["197 of 200 people can be reached, 3 cannot:", "     2  no account in a connected workspace", "     1  the account is a guest's", ""]);
        lines[4].ShouldStartWith("a@acme.com    the account is a guest's. Guests get no messages");
        lines[5].ShouldStartWith("bob@acme.com  no account in a connected workspace. Compare the e-mail");
        lines.Count.ShouldBe(7);
    }

    [Theory]
    [InlineData(0, "There is nobody to reach: the roster is empty, or all have left or opted out.")]
    [InlineData(1, "1 person can be reached.")]
    [InlineData(2000, "2000 people can be reached.")]
    public void Where_everybody_is_reached_one_line_says_so(int people, string line) =>
        PreflightText.Lines(new PreflightReport(people, [])).ShouldBe([line]);

    [Fact]
    public void Csv_has_the_reason_as_a_word_and_in_words()
    {
        var lines = PreflightText.CsvLines(new PreflightReport(2, [new("a@acme.com", "not-installed"), new("b@acme.com", "team_gone")])).ToList();

        lines.ShouldBe(
        [
            "email,reason,why,what_to_do",
            "a@acme.com,not-installed,the app is not installed in the workspace any more,Install it again.",
            "b@acme.com,team_gone,the platform says team_gone,\"Look at the account there. It is tried again when the people of the workspace are read, once a day.\"",
        ]);
    }
}
