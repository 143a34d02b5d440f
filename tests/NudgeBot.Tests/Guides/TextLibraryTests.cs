using NudgeBot.Campaigns;
using NudgeBot.Guides;
using NudgeBot.Tests.Campaigns;

namespace NudgeBot.Tests.Guides;

public sealed class TextLibraryTests : IDisposable
{
    static readonly string[] Fallback = ["{locale}/any", "en/{role}", "en/any"];

    readonly GuidesFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("de-AT", "qa", "de-AT/qa")]
    [InlineData("de-CH", "qa", "de/qa")]
    [InlineData("de-AT", "QA", "de-AT/QA")]
    [InlineData("de-AT", "designer", "de/any")]
    [InlineData("fr", "qa", "en/qa")]
    [InlineData("fr", "designer", "en/any")]
    [InlineData("de", "", "de/any")]
    [InlineData("en_GB", "qa", "en/qa")]
    public void Finds_the_text_nearest_to_the_person(string locale, string role, string place)
    {
        foreach (var existing in new[] { "de-AT/qa", "de/qa", "de/any", "en/qa", "en/any" }) folder.Guide($"{existing}/day-1");
        var found = folder.Read().Find("day-1", locale, role, Fallback).ShouldNotBeNull();
        found.Place.ShouldBe(place);
        found.Text.Title.ShouldBe($"{place}/day-1", StringCompareShould.IgnoreCase);
    }

    [Fact]
    public void Finds_nothing_only_when_nothing_exists() => folder.Guide("en/any/day-1").Read().Find("day-2", "en", "qa", Fallback).ShouldBeNull();

    [Fact]
    public void Offers_the_roles_chores_in_their_order()
    {
        var library = folder.Chore("en/qa/chores/second", 2).Chore("en/qa/chores/first", 1).Chore("en/any/chores/other", 1).Read();
        library.ChoresFor("qa", "de").Select(c => c.Key).ShouldBe(["first", "second"]);
        library.ChoresFor("qa", "en")[0].Better.ShouldBe(new PromptText("Do it.", "Better prompt!"));
        library.ChoresFor("", "en").Select(c => c.Key).ShouldBe(["other"]);
    }

    [Fact]
    public void Offers_everybodys_chores_in_the_language_before_the_roles_in_english()
    {
        folder.Chore("en/qa/chores/english", 1).Chore("de/any/chores/german", 1);
        folder.Read().ChoresFor("qa", "de-AT").Select(c => c.Key).ShouldBe(["german"]);
    }

    [Fact]
    public void Passes_a_campaign_whose_texts_exist_for_everybody() => folder.Guide("en/any/welcome").Read().Check(Campaign()).ShouldBeEmpty();

    [Fact]
    public void Names_what_exists_when_somebody_would_get_an_empty_message() =>
        folder.Guide("en/qa/welcome").Guide("en/any/pulse").Guide("en/any/day-1").Read().Check(Campaign()).ShouldBe([
            "Step hello: the text 'welcome' is needed in guides/en/any, its last fallback, for whoever has no other; there are: day-1, pulse. It exists as en/qa/welcome."]);

    [Fact]
    public void Wants_a_last_fallback_that_does_not_depend_on_the_person() =>
        folder.Guide("en/any/welcome").Read().Check(Campaign("fallback: \"{locale}/any\"")).ShouldBe([
            "Step hello: its fallback ends with {locale}/any, which does not exist for every locale and role; end it with a place like en/any that has 'welcome'. It exists as en/any/welcome."]);

    [Fact]
    public void Checks_alternatives_too() =>
        folder.Guide("en/any/welcome").Read().Check(Campaign("only_if: answered_earlier\n    otherwise: other"))
            .ShouldHaveSingleItem().ShouldStartWith("Step hello: the text 'other' is needed in guides/en/any");

    [Fact]
    public void Names_malformed_files_with_their_lines() =>
        folder.Guide("en/any/welcome").Guide("en/any/day-1", "Try:\n\n~~~prompt\nWrite").Read().Check(Campaign())
            .ShouldBe(["guides/en/any/day-1.md:6:1: The prompt does not end; it needs a line ~~~."]);

    [Fact]
    public void Tells_which_locales_and_roles_there_are()
    {
        var library = folder.Guide("en/any/welcome").Guide("de/qa/day-1").File("README", "For readers.").Read();
        library.Errors.ShouldBeEmpty();
        library.Locales.ShouldBe(["de", "en"]);
        library.Roles.ShouldBe(["qa"]);
    }

    static Campaign Campaign(string stepField = "essential: true") => CampaignFile.Parse(CampaignText.WithStepField(stepField)).Campaign!;
}
