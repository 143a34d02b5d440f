using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.Limits;
using NudgeBot.FakeSlack.World;
using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Slack.Tests.WholeProgram;

public class LongAnswersTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_of_a_long_answer_is_shown_in_as_many_messages_as_it_takes_with_the_buttons_in_the_last(bool inChannel)
    {
        await using var town = await SlackTown.InstalledAsync(new FakeSlackOptions { Limits = new RateLimitOptions { Times = 100 } });
        await LongAnswers.PrepareAsync(town);
        var channel = inChannel ? town.Channel("office", town.Anna, town.Eve) : null;
        IReadOnlyList<Message> Said() => channel is null ? town.Slack.MessagesWith(town.Anna.User) : town.Slack.MessagesIn(channel, town.Anna.User);

        foreach (var (line, words) in LongAnswers.All)
        {
            var before = Said().Count;
            await town.Anna.Commands($"/nudge {line}", channel);

            var answer = Said().Skip(before).ToList();
            var all = string.Join('\n', answer.Select(Shown.Text));
            foreach (var one in words) all.ShouldContain(one, customMessage: line);
            all.ShouldNotContain(LongAnswers.Cut, customMessage: line);
            answer.SkipLast(1).ShouldAllBe(message => message.Blocks!.All(block => (string)block!["type"]! != "actions"), line);
        }
        town.NothingWentWrong();
    }
}
