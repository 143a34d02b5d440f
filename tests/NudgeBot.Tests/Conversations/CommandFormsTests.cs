using NudgeBot.Chat;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Conversations;

public sealed class CommandFormsTests
{
    const string Pilot = """
        - {key: hello, day: 0, at: "10:00", kind: guide, text: day-1}
        """;

    [Fact]
    public async Task A_command_that_misses_something_opens_its_form_and_is_read_back_as_a_line()
    {
        await using var company = await AdministeredByAnnaAsync();
        var anna = company.With("anna");

        await anna.Types("owner set");
        var fields = anna.Form.ShouldNotBeNull().Fields;
        fields[0].ShouldBeOfType<Field.Choice>().Options.Select(option => option.Value).ShouldBe(["pilot"]);
        fields[1].ShouldBeOfType<Field.Line>().Required.ShouldBeTrue();
        await anna.Sends("pilot", "bob@acme.com");

        anna.Hears("**pilot** is bob@acme.com's campaign now.");
        anna.Hears("As a line: `/nudge owner set pilot bob@acme.com`");
    }

    [Fact]
    public async Task What_the_line_says_already_is_not_asked_again()
    {
        await using var company = await AdministeredByAnnaAsync();
        var anna = company.With("anna");
        await anna.Types("owner set pilot");
        anna.Form.ShouldNotBeNull().Fields.ShouldHaveSingleItem().Id.ShouldBe("WHO");
        await anna.Sends("bob@acme.com");
        anna.Hears("As a line: `/nudge owner set pilot bob@acme.com`");
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_and_the_form_stays()
    {
        await using var company = await AdministeredByAnnaAsync();
        var anna = company.With("anna");
        await anna.Types("owner set");
        await anna.Sends("pilot", "nobody@acme.com");
        anna.Last.Parts.ShouldHaveSingleItem().ShouldBeOfType<ReplyPart.Errors>().ByField.Keys.ShouldBe(["WHO"]);
        anna.Hears("There is nobody with the e-mail nobody@acme.com on the roster.");
        await anna.Sends("pilot", "");
        anna.Hears("This is needed.");
        await anna.Sends("pilot", "bob@acme.com");
        anna.Hears("**pilot** is bob@acme.com's campaign now.");
    }

    [Fact]
    public async Task Who_lost_the_right_meanwhile_changes_nothing()
    {
        await using var company = await AdministeredByAnnaAsync();
        var anna = company.With("anna");
        await anna.Types("champion add");
        await company.Execute("update persons set admin = false where organization_id = @id");
        await anna.Sends("bob@acme.com");
        anna.Hears("`/nudge champion add` is for administrators");
        (await company.Query<bool>("select bool_or(champion) from persons where organization_id = @id")).ShouldBeFalse();
    }

    [Fact]
    public async Task Values_with_blanks_and_quotes_come_as_they_were_filled_in()
    {
        await using var company = await AdministeredByAnnaAsync();
        await company.Execute("""update workspaces set name = 'Ann"s own place' where organization_id = @id""");
        var anna = company.With("anna");
        await anna.Types("pause workspace");
        await anna.Sends("Ann\"s own place");
        anna.Hears("As a line: `/nudge pause workspace 'Ann\"s own place'`");
        await anna.Types("resume workspace 'Ann\"s own place'");
        anna.Hears("go on.");
    }

    [Theory]
    [InlineData("campaign list", false)]
    [InlineData("owner set", true)]
    [InlineData("/nudge owner set pilot", true)]
    [InlineData("owner set pilot bob@acme.com", false)]
    [InlineData("win", true)]
    [InlineData("settings", false)]
    [InlineData("what a day", false)]
    public void It_is_known_beforehand_which_lines_open_forms(string line, bool opens) => NudgeBot.Conversations.FormOpeners.IsLine(line).ShouldBe(opens);

    static async Task<NudgedCompany> AdministeredByAnnaAsync()
    {
        var company = await NudgedCompany.WithAsync(CampaignYaml.Of(Pilot), "anna", "bob");
        await company.MakeAdmin("anna");
        return company;
    }
}
