using NudgeBot.Chat;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Conversations;

public sealed class MentionedPeopleTests
{
    static readonly Mention Bob = new("@Bob Noyce", "bob@acme.com");

    [Theory]
    [InlineData("champion add @Bob Noyce", "bob@acme.com")]
    [InlineData("champion add \"@Bob Noyce\"", "bob@acme.com")]
    [InlineData("people show @Bob Noyce", "bob@acme.com")]
    [InlineData("audit --by @Bob Noyce", "")]
    [InlineData("nudge champion add @Bob Noyce", "bob@acme.com")]
    public async Task A_mention_in_a_command_about_somebody_is_their_e_mail(string line, string heard)
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");

        await anna.Types(line, file: null, Bob);

        anna.Hears(heard);
        anna.Heard.ShouldNotContain("@Bob");
        anna.Heard.ShouldNotContain("takes", Case.Sensitive, "it was read as one person");
    }

    [Fact]
    public async Task A_mention_works_in_a_slash_command_and_in_an_option_that_takes_somebody()
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");

        await anna.Commands("campaign create autumn --tool copilot --start monday --owner @bob", file: null, new Mention("@bob", "bob@acme.com"));

        (await company.Query<string>("select owner_email from campaigns where organization_id = @id and key = 'autumn'")).ShouldBe("bob@acme.com");
    }

    [Fact]
    public async Task Two_mentions_each_stand_for_their_own_person()
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");

        await anna.Commands("audit --by @Carl @Carl", file: null, new Mention("@Carl", "carl@acme.com"), new Mention("@Carl", "bob@acme.com"));

        anna.Hears("bob\\@acme");
    }

    [Fact]
    public async Task Who_has_no_account_here_stays_as_typed_and_is_asked_for_by_e_mail()
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");

        await anna.Types("champion add @Zed Young", file: null, new Mention("@Zed Young", "zed"));

        anna.Hears("I do not know who @Zed Young is. Give the e-mail");
    }

    [Fact]
    public async Task An_account_of_another_workspace_names_nobody_here()
    {
        await using var company = await CompanyAsync();
        await company.Execute("""
            with other as (insert into workspaces (organization_id, platform, external_id, name) values (@id, 'slack', 'T9', 'Other') returning id)
            insert into accounts (organization_id, workspace_id, person_id, external_id)
            select @id, other.id, p.id, 'U9' from other, persons p where p.organization_id = @id and p.email = 'bob@acme.com'
            """);
        var anna = company.With("anna");

        await anna.Types("champion add @bob", file: null, new Mention("@bob", "U9"));

        anna.Hears("I do not know who @bob is");
    }

    [Fact]
    public async Task Personal_words_stay_as_they_were_typed()
    {
        await using var company = await CompanyAsync();
        var anna = company.With("anna");

        await anna.Types("win @Bob Noyce showed me how", file: null, Bob);
        anna.Form!.Fields.OfType<Field.Line>().ShouldContain(field => field.Initial == "@Bob Noyce showed me how");
        await anna.Types("thanks @Bob Noyce", file: null, Bob);

        (await company.Query<string>("select value from responses where organization_id = @id and kind = 'text'")).ShouldBe("thanks @Bob Noyce");
    }

    [Fact]
    public async Task Who_may_not_give_the_command_learns_nobodys_address()
    {
        await using var company = await CompanyAsync();
        var bob = company.With("bob");

        await bob.Types("people show @Carl Gauss", file: null, new Mention("@Carl Gauss", "carl@acme.com"));

        bob.Heard.ShouldNotContain("carl");
    }

    static async Task<NudgedCompany> CompanyAsync()
    {
        var company = await NudgedCompany.CreateAsync("2026-03-08T12:00");
        foreach (var name in new[] { "anna", "bob", "carl" }) await company.Hire(name);
        await company.MakeAdmin("anna");
        return company;
    }
}
