using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.Limits;
using NudgeBot.FakeSlack.World;
using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>From the idea to the report, in Slack.</summary>
public class AdminsScriptTests
{
    /// <summary>Weeks of messages to a hundred people, and nobody here waits for Slack's minutes.</summary>
    static readonly FakeSlackOptions Fast = new() { Limits = new RateLimitOptions { Times = 100 } };

    [Fact]
    public async Task An_administrator_who_has_read_nothing_brings_a_campaign_from_the_idea_to_the_report_in_a_channel_that_sees_nothing_of_it()
    {
        await using var town = await SlackTown.InstalledAsync(Fast);
        await town.CrowdAsync(Autumn.People);
        await Autumn.EndTheShippedCampaignAsync(town);
        var office = town.Channel("office", town.Anna, town.Eve);

        await AdminsScript.PlayAsync(new Window(town, town.Anna, office), Autumn.Company, await Autumn.CodeAsync(town));

        town.Slack.MessagesIn(office, town.Eve.User).ShouldBeEmpty("all of it was for one person");
        town.NothingWentWrong();
    }

    sealed class Window(SlackTown town, SlackPerson person, Channel channel) : IAdminsWindow
    {
        int seen;

        public Task Says(string line) => Does(() => person.Commands($"/nudge {line}", channel));

        public Task Asks(string line, string form) => Does(async () =>
        {
            await person.Commands($"/nudge {line}", channel);
            person.FormTitle.ShouldBe(form);
        });

        public Task Presses(string button) => Does(() => person.Presses(button, channel));

        public Task Chooses(string option) => Does(() => person.Chooses(option, channel));

        public Task SeesForm(string title)
        {
            person.FormTitle.ShouldBe(title);
            return Task.CompletedTask;
        }

        public Task Sends(params (string Label, string Value)[] fields) => Does(() => person.Sends(fields));

        public Task SeesAtField(string label, string words)
        {
            person.SeesAnError(label, words);
            return Task.CompletedTask;
        }

        public Task Sees(params string[] words)
        {
            person.HasForm.ShouldBeFalse();
            foreach (var one in words) Answered.ShouldContain(one, customMessage: Answered);
            return Task.CompletedTask;
        }

        public Task DoesNotSee(params string[] words)
        {
            foreach (var one in words) Answered.ShouldNotContain(one, customMessage: Answered);
            return Task.CompletedTask;
        }

        public async Task Passes(int weeks)
        {
            for (var week = 0; week < weeks; week++) await Autumn.WeekAsync(town);
        }

        IReadOnlyList<Message> Messages => [.. town.Slack.MessagesIn(channel, person.User).Where(message => message.BotId is not null)];

        /// <summary>Without the marks and the characters that keep words from becoming any.</summary>
        string Answered => string.Join('\n', Messages.Skip(seen).Select(Shown.Text))
            .Replace("*", "").Replace("`", "").Replace("\u200B", "").Replace("&gt;", ">").Replace("&lt;", "<").Replace("&amp;", "&");

        async Task Does(Func<Task> act)
        {
            seen = Messages.Count;
            await act();
        }
    }
}
