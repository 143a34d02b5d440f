using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using NudgeBot.Commands;
using NudgeBot.Conversations;
using NudgeBot.Teams.Tests.Inbound;

namespace NudgeBot.Teams.Tests.Manifest;

/// <summary>What an administrator gives to Teams is what the program does.</summary>
public sealed class ManifestTests
{
    /// <summary>Teams' documents; the schema would take 12.</summary>
    const int MostCommands = 10;

    /// <summary>Teams shows no more of a title; the schema would take 128.</summary>
    const int LongestTitle = 32;

    // As PNG numbers them.
    const int TrueColor = 2;
    const int TrueColorWithAlpha = 6;

    public static TheoryData<string> Scopes => ["personal", "team", "groupChat"];

    [Fact]
    public void Is_of_this_version_of_the_product_and_asks_for_no_permission()
    {
        var manifest = TeamsAppFiles.Manifest;

        ((string?)manifest["version"]).ShouldBe(typeof(TeamsApp).Assembly.GetName().Version!.ToString(3));
        ((string?)manifest["manifestVersion"]).ShouldBe("1.30");
        ((string?)manifest["$schema"])!.ShouldContain("/v1.30/");
        string[] permissions = ["authorization", "permissions", "devicePermissions", "validDomains"];
        permissions.ShouldAllBe(name => !manifest.ContainsKey(name));
    }

    /// <summary>Without that, Microsoft Graph would not know the app as the one that may install itself.</summary>
    [Fact]
    public void Says_which_application_it_is_to_Microsoft_Graph() =>
        ((string?)TeamsAppFiles.Manifest["webApplicationInfo"]!["id"]).ShouldBe((string?)TeamsAppFiles.Manifest["bots"]![0]!["botId"]);

    [Fact]
    public void Is_for_people_teams_and_group_chats_each_with_one_menu()
    {
        var bot = TeamsAppFiles.Manifest["bots"]!.AsArray().ShouldHaveSingleItem()!;

        TeamsAppFiles.Scopes(bot).ShouldBe(["personal", "team", "groupChat"]);
        TeamsAppFiles.CommandLists.SelectMany(TeamsAppFiles.Scopes).ShouldBe(["personal", "team", "groupChat"]);
        bot["supportsFiles"]!.GetValue<bool>().ShouldBeTrue();
        bot["isNotificationOnly"]!.GetValue<bool>().ShouldBeFalse("people answer it");
    }

    [Theory]
    [MemberData(nameof(Scopes))]
    public void Every_command_of_a_menu_is_one_of_the_grammar_in_the_words_of_its_help(string scope)
    {
        var commands = TeamsAppFiles.CommandsIn(scope);

        commands.Count.ShouldBeInRange(1, MostCommands);
        commands.Select(command => command.Title).ShouldBeUnique();
        foreach (var (title, description) in commands)
        {
            Grammar.Chat.Read(title, Needs.Person).ShouldNotBeOfType<Reading.Rejected>(title);
            title.Length.ShouldBeLessThanOrEqualTo(LongestTitle);
            description.ShouldBe(Grammar.Chat.Root.Below().Single(verb => verb.Path == title).Description!.Replace("`", ""), "the menu knows no Markdown");
        }
    }

    /// <summary>A menu has ten places. What is left out is below another one, such as <c>win list</c>, or stands in what <c>home</c> shows.</summary>
    [Fact]
    public void The_personal_menu_has_every_command_that_everybody_may_give() =>
        TeamsAppFiles.CommandsIn("personal").Select(command => command.Title).Append("settings")
            .ShouldBe(Grammar.Chat.Root.Verbs.Where(verb => verb.IsOffered(Needs.Person)).Select(verb => verb.Name), ignoreOrder: true);

    [Fact]
    public async Task Every_command_of_the_personal_menu_is_answered()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        foreach (var (title, _) in TeamsAppFiles.CommandsIn("personal"))
        {
            var before = company.SaidTo(company.Anna).Count;
            await company.Teams.Acting.SayAsync(company.Anna, title);
            await company.IdleAsync();

            company.SaidTo(company.Anna).Count.ShouldBe(before + 1, title);
            company.SaidTo(company.Anna)[^1].ShouldNotBe(Phrases.Say("en", "text-thanks"), $"'{title}' was taken for an answer in words");
        }
    }

    [Fact]
    public async Task Every_command_of_a_teams_menu_is_answered_in_the_personal_chat()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        await company.Teams.Acting.InstallAsync(company.Engines, company.Anna);
        foreach (var (title, _) in TeamsAppFiles.CommandsIn("team"))
        {
            var before = company.SaidTo(company.Anna).Count;
            await company.Teams.Acting.MentionAsync(company.Anna, company.General, title);
            await company.IdleAsync();

            company.SaidTo(company.Anna).Count.ShouldBe(before + 1, title);
        }
    }

    /// <summary>The name stays, and so do the titles: they are what is sent, and the grammar has one language.</summary>
    [Fact]
    public void German_has_every_text_but_the_commands_themselves()
    {
        ((string?)TeamsAppFiles.German["name.short"]).ShouldBe((string?)TeamsAppFiles.Manifest["name"]!["short"]);
        var german = TeamsAppFiles.German.Where(text => text.Key is not ("$schema" or "name.short")).ToDictionary(text => text.Key, text => (string)text.Value!);
        var english = Texts().ToDictionary(text => text.Key, text => text.Value);

        german.Keys.ShouldBe(english.Keys, ignoreOrder: true);
        german.ShouldAllBe(text => text.Value.Length > 0 && text.Value != english[text.Key]);
        english.GroupBy(text => text.Value, text => german[text.Key]).ShouldAllBe(told => told.Distinct().Count() == 1, "one command is told in one way");
    }

    [Fact]
    public void Languages_are_those_that_the_product_speaks()
    {
        var languages = TeamsAppFiles.Manifest["localizationInfo"]!;

        ((string?)languages["defaultLanguageTag"]).ShouldBe("en");
        var (tag, file) = languages["additionalLanguages"]!.AsArray().Select(language => ((string?)language!["languageTag"], (string?)language["file"])).ShouldHaveSingleItem();
        (tag, file).ShouldBe(("de", "de.json"));
    }

    [Theory]
    [InlineData("color", 192, TrueColor)]
    [InlineData("outline", 32, TrueColorWithAlpha)]
    public void Icons_are_of_the_size_and_kind_that_Teams_wants(string icon, int size, int kind)
    {
        var file = (string)TeamsAppFiles.Manifest["icons"]![icon]!;
        var png = File.ReadAllBytes(Path.Combine(TeamsAppFiles.Folder, file));

        png[..8].ShouldBe([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "a PNG begins so");
        Encoding.ASCII.GetString(png, 12, 4).ShouldBe("IHDR");
        BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)).ShouldBe(size);
        BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)).ShouldBe(size);
        ((int)png[24]).ShouldBe(8, "bits of a colour");
        ((int)png[25]).ShouldBe(kind);
        File.Exists(Path.Combine(TeamsAppFiles.Folder, Path.ChangeExtension(file, ".svg"))).ShouldBeTrue("what it was drawn from stands beside it");
    }

    /// <summary>Whatever a person reads, by the name that a language file calls it by.</summary>
    static IEnumerable<KeyValuePair<string, string>> Texts()
    {
        var manifest = TeamsAppFiles.Manifest;
        yield return new("description.short", (string)manifest["description"]!["short"]!);
        yield return new("description.full", (string)manifest["description"]!["full"]!);
        for (var list = 0; list < TeamsAppFiles.CommandLists.Count; list++)
        {
            var commands = (JsonArray)TeamsAppFiles.CommandLists[list]["commands"]!;
            for (var index = 0; index < commands.Count; index++)
                yield return new($"bots[0].commandLists[{list}].commands[{index}].description", (string)commands[index]!["description"]!);
        }
        var share = manifest["composeExtensions"]![0]!["commands"]!.AsArray().ShouldHaveSingleItem()!;
        foreach (var text in new[] { "title", "description" }) yield return new($"composeExtensions[0].commands[0].{text}", (string)share[text]!);
    }
}
