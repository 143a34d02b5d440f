using NudgeBot.Chat;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Champions;

public class WinFormTests
{
    static async Task<Form> Opened(NudgedCompany company, string line = "win", string name = "anna")
    {
        var person = company.With(name);
        await person.Types(line);
        return person.Form.ShouldNotBeNull();
    }

    static Task<int> Told(NudgedCompany company) => company.Query<int>("select count(*) from wins where organization_id = @id");

    [Fact]
    public async Task Asks_for_what_tool_prompt_and_minutes_and_says_what_never_to_paste()
    {
        await using var company = await TellingCompany.WithAsync("anna");

        var form = await Opened(company);

        form.ActionId.ShouldBe("win.form");
        form.Fields.Select(field => (field.Id, field.Required)).ShouldBe([("what", true), ("tool", true), ("prompt", false), ("minutes", false)]);
        var what = form.Fields[0].ShouldBeOfType<Field.Line>();
        (what.Multiline, what.MaxLength, what.Initial).ShouldBe((true, 1000, ""));
        what.Hint!.ShouldContain("passwords and keys");
        form.Fields[2].ShouldBeOfType<Field.Line>().Multiline.ShouldBeTrue();
        form.Fields[3].ShouldBeOfType<Field.Number>().Max.ShouldBe(10_080);
    }

    [Fact]
    public async Task The_only_tool_is_chosen_already()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        var tool = (await Opened(company)).Fields[1].ShouldBeOfType<Field.Choice>();
        tool.Options.ShouldBe([new Option("copilot", "Copilot")]);
        tool.Initial.ShouldBe("copilot");
    }

    [Fact]
    public async Task Of_several_tools_none_is()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        await company.Apply(CampaignYaml.Of(CampaignYaml.Welcome, key: "again"));
        await company.Apply(CampaignYaml.Of(CampaignYaml.Welcome, key: "other").Replace("tool: copilot", "tool: cursor").Replace("tool_name: Copilot", "tool_name: Cursor"));
        var tool = (await Opened(company)).Fields[1].ShouldBeOfType<Field.Choice>();
        tool.Options.Select(option => option.Label).ShouldBe(["Cursor", "Copilot"]);
        tool.Initial.ShouldBeNull();
    }

    [Fact]
    public async Task Without_a_campaign_the_tool_is_typed()
    {
        await using var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna");
        var anna = company.With("anna");
        await anna.Types("win");
        anna.Form!.Fields[1].ShouldBeOfType<Field.Line>();

        await anna.Sends("Tests", "My *own* tool", "", "");

        (await company.Query<string>("select tool from wins where organization_id = @id")).ShouldBe("My *own* tool");
    }

    [Theory]
    [InlineData("win Tests for the *parser*", "Tests for the *parser*")]
    [InlineData("win “No clicks” – <b>none</b>", "“No clicks” – <b>none</b>")]
    [InlineData("win list comprehensions are quick now", "list comprehensions are quick now")]
    public async Task Words_typed_with_the_command_stand_in_it_and_nothing_is_kept_yet(string line, string what)
    {
        await using var company = await TellingCompany.WithAsync("anna");

        (await Opened(company, line)).Fields[0].ShouldBeOfType<Field.Line>().Initial.ShouldBe(what);

        (await Told(company)).ShouldBe(0);
    }

    [Fact]
    public async Task Too_many_words_typed_with_the_command_are_all_there_to_be_shortened()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        var words = new string('a', 1500);
        var anna = company.With("anna");
        await anna.Types($"win {words}");
        var what = anna.Form!.Fields[0].ShouldBeOfType<Field.Line>();
        (what.Initial, what.MaxLength).ShouldBe((words, 1500));

        await anna.Sends(words, "copilot");

        anna.Hears("That is 1500 characters; 1000 fit.");
        (await Told(company)).ShouldBe(0);
    }

    [Fact]
    public async Task Opens_from_a_button_too()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        var anna = company.With("anna");
        await anna.Presses("win.form", "");
        anna.Form.ShouldNotBeNull();
    }

    [Fact]
    public async Task Errors_stand_at_their_fields_and_nothing_is_kept()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        var anna = company.With("anna");
        await anna.Types("win");

        await anna.Sends(" \n ", "", new string('p', 4001), "half an hour");

        anna.Last.Parts.ShouldHaveSingleItem().ShouldBeOfType<ReplyPart.Errors>().ByField.ShouldBe(new Dictionary<string, string>
        {
            ["what"] = "Write in a sentence or two what went well.",
            ["tool"] = "Say which tool it was.",
            ["prompt"] = "That is 4001 characters; 4000 fit.",
            ["minutes"] = "Give a whole number from 0 to 10080, or leave it empty.",
        }, ignoreOrder: true);
        (await Told(company)).ShouldBe(0);

        // The form is still open.
        await anna.Sends("Tests", "copilot", "", "");
        anna.Hears("Thank you. It stands in the wins channel in a moment.");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("10081")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("99999999999")]
    [InlineData("٣")]
    public async Task Minutes_that_are_no_whole_number_in_range_are_refused(string minutes)
    {
        await using var company = await TellingCompany.WithAsync("anna");
        var anna = company.With("anna");
        await anna.Types("win");
        await anna.Sends("Tests", "copilot", "", minutes);
        anna.Last.Parts.ShouldHaveSingleItem().ShouldBeOfType<ReplyPart.Errors>().ByField.Keys.ShouldBe(["minutes"]);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("0", 0)]
    [InlineData(" 10080 ", 10_080)]
    public async Task A_win_is_kept_as_it_was_told(string minutes, int? kept)
    {
        await using var company = await TellingCompany.WithAsync("anna");

        await company.Tells("anna", " Tests\r\nfor <b>the</b> parser ", "Write\ntests\u0000.", minutes);

        (await company.Query<(string, string, string, int?)>("select what, tool, prompt, minutes from wins where organization_id = @id"))
            .ShouldBe(("Tests\nfor <b>the</b> parser", "Copilot", "Write\ntests .", kept));
    }

    [Fact]
    public async Task Whoever_tells_a_win_was_heard()
    {
        await using var company = await TellingCompany.WithAsync("anna", "bob");
        await company.Tells("anna");
        (await company.List<string>("select name from persons where organization_id = @id and heard_at = @now")).ShouldBe(["anna"]);
    }

    [Fact]
    public async Task Without_a_wins_channel_it_is_kept_and_the_author_is_told()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        await company.Execute("update workspaces set wins_channel = null");

        (await company.Tells("anna")).Hears("It is kept, and `win list` shows it; there is no wins channel yet.");
        await company.Tick();

        (await company.WinOutcomes()).ShouldBe(["failed no-channel"]);
        company.Platform.Asked.ShouldBeEmpty();
        var anna = company.With("anna");
        await anna.Types("win list");
        anna.Hears("Tests in ten minutes");
    }

    [Fact]
    public async Task Speaks_German_to_those_who_do()
    {
        await using var company = await TellingCompany.WithAsync();
        await company.Hire("dora", locale: "de-AT");
        (await Opened(company, name: "dora")).Title.ShouldBe("Ein Erfolg");

        (await company.Tells("dora")).Hears("Gleich steht es im Kanal für Erfolge.");
        await company.Tick();
        company.WinPosts().ShouldHaveSingleItem().Summary.ShouldBe("**Ein Erfolg von dora**, mit Copilot");
    }
}
