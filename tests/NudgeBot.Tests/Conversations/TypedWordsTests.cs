using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Conversations;

/// <summary>Words that are typed to the bot where no slash stands before a command.</summary>
public class TypedWordsTests
{
    static async Task<NudgedCompany> WithAnnaAsync()
    {
        var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna");
        return company;
    }

    [Theory]
    [InlineData("snoze 3", "snooze 3")]
    [InlineData("Setings", "Settings")]
    [InlineData("menu", "home")]
    [InlineData("unsubscribe", "stop")]
    [InlineData("stop sending me these", "“sending” is more than `stop` takes")]
    [InlineData("snooze 3 weeks", "“weeks” is more than `snooze` takes")]
    public async Task What_looks_like_a_command_that_was_meant_is_answered_with_it_and_kept(string typed, string meant)
    {
        await using var company = await WithAnnaAsync();

        var anna = company.With("anna");

        await anna.Types(typed);

        anna.Hears("If it was an answer: that is noted, too.");
        anna.Hears(meant);
        (await company.List<string>("select value from responses where organization_id = @id")).ShouldBe([typed]);
    }

    [Theory]
    [InlineData("It worked, thank you")]
    [InlineData("no")]
    [InlineData("one")]
    [InlineData("he showed it me")]
    [InlineData("I am on holiday")]
    [InlineData("great")]
    [InlineData("The task was too hard")]
    [InlineData("used it for the invoices, took an hour less")]
    public async Task What_somebody_tells_in_their_own_words_is_only_noted(string typed)
    {
        await using var company = await WithAnnaAsync();

        var anna = company.With("anna");

        await anna.Types(typed);

        anna.Heard.Trim().ShouldBe("Thank you, noted.");
    }
}
