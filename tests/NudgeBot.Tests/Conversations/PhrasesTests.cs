using System.Text.RegularExpressions;
using NudgeBot.Conversations;

namespace NudgeBot.Tests.Conversations;

public partial class PhrasesTests
{
    [Fact]
    public void Every_language_has_the_same_phrases_with_the_same_placeholders()
    {
        foreach (var locale in Phrases.Locales)
        {
            Phrases.Keys(locale).Order().ShouldBe(Phrases.Keys("en").Order(), locale);
            foreach (var key in Phrases.Keys("en"))
                PlaceholdersOf(Phrases.Say(locale, key)).ShouldBe(PlaceholdersOf(Phrases.Say("en", key)), $"{locale} {key}");
        }
    }

    [Fact]
    public void English_and_German_are_there() => Phrases.Locales.Order().ShouldBe(["de", "en"]);

    [Theory]
    [InlineData("de", "Senden")]
    [InlineData("de-AT", "Senden")]
    [InlineData("DE-at", "Senden")]
    [InlineData("fr", "Send")]
    [InlineData("", "Send")]
    public void Fall_back_from_the_region_to_the_language_to_English(string locale, string send) => Phrases.Say(locale, "send").ShouldBe(send);

    static string[] PlaceholdersOf(string phrase) => [.. InBraces().Matches(phrase).Select(match => match.Value).Order()];

    [GeneratedRegex(@"\{[a-z_]+\}")]
    private static partial Regex InBraces();
}
