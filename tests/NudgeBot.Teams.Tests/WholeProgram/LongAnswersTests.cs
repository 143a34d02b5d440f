using NudgeBot.Conversations;
using NudgeBot.FakeTeams.World;
using NudgeBot.Teams.Tests.Rendering;
using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Teams.Tests.WholeProgram;

public class LongAnswersTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_of_a_long_answer_is_shown_in_as_many_messages_as_it_takes_with_the_buttons_in_the_last(bool inChannel)
    {
        await using var town = await TeamsTown.FastAsync();
        await LongAnswers.PrepareAsync(town);
        var channel = inChannel ? await town.ChannelAsync("payments") : null;
        var most = 0;

        foreach (var (line, words) in LongAnswers.All)
        {
            var before = town.Teams.MessagesWith(town.Anna.Person).Count;
            if (channel is null) await town.Anna.Types(line);
            else await town.Anna.Mentions(line, channel);

            var answer = town.Teams.MessagesWith(town.Anna.Person).Skip(before).Where(message => message.From is null).ToList();
            most = Math.Max(most, answer.Count);
            var all = string.Join('\n', answer.Select(message => ShownOnCards.Text(message.Card))).Replace('\u00A0', ' ');
            foreach (var one in words) all.ShouldContain(one, customMessage: line);
            all.ShouldNotContain(LongAnswers.Cut, customMessage: line);
            answer.SkipLast(1).ShouldAllBe(message => !Offers(message), line);
            answer.ShouldAllBe(message => !CardRules.Broken(NudgeBot.Teams.Rendering.AdaptiveCards.Attachment(message.Card!)).Any(), line);
        }
        most.ShouldBeGreaterThan(3);
        if (channel is not null) town.Teams.MessagesIn(channel).Where(message => message.From is null).ShouldBeEmpty();
        town.NothingWentWrong();
    }

    /// <summary>Anything but a text to copy.</summary>
    static bool Offers(Message message) => ShownOnCards.Buttons(message.Card).Any(button => button != Phrases.Say("en", "prompt-copy"));
}
