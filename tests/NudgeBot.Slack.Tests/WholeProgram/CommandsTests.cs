using NudgeBot.Conversations;

namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>What people begin by themselves, wherever they are in Slack.</summary>
public class CommandsTests
{
    [Fact]
    public async Task A_command_is_answered_to_whoever_gave_it_and_a_slip_of_the_finger_with_what_was_meant()
    {
        await using var town = await SlackTown.InstalledAsync();
        var general = town.Slack.World.AddChannel(town.Acme, "general", members: [town.Anna.User, town.Eve.User]);

        await town.Anna.Commands("/nudge help", general);
        town.Anna.Sees("snooze", general);
        town.Slack.MessagesIn(general, town.Eve.User).ShouldBeEmpty();

        await town.Anna.Commands("/nudge snoze 3", general);
        await town.Anna.Presses("snooze 3", general);
        town.Anna.Sees("Quiet until 2027-01-13.", general);

        await town.Anna.Commands("/nudge stop", general);
        town.Anna.Sees(Phrases.Say("en", "stopped"), general);
        await town.MoveToAsync("2027-01-11 10:00");
        town.Anna.Heard.ShouldBeEmpty();
        town.Eve.Heard.ShouldHaveSingleItem();

        await town.Anna.Types("resume");
        town.Anna.Sees("Welcome back.");
        town.NothingWentWrong();
    }

    [Fact]
    public async Task Somebody_who_is_held_out_is_answered_too_and_a_stranger_is_told_why_not()
    {
        await using var town = await SlackTown.InstalledAsync();

        await town.Hana.Types("settings");
        town.Hana.Sees("Messages are on.");
        await town.Stranger.Commands("/nudge settings");
        town.Stranger.Sees(Phrases.Say("en", "not-on-roster"));
        town.NothingWentWrong();
    }

    [Fact]
    public async Task The_home_shows_how_things_stand_each_time_that_it_is_opened()
    {
        await using var town = await SlackTown.InstalledAsync();

        await town.Anna.OpensHome();
        town.Anna.Home.ShouldContain("role developer. Messages are on.");
        await town.Anna.Commands("/nudge stop");
        await town.Anna.OpensHome();
        town.Anna.Home.ShouldContain("Messages are off.");
        town.NothingWentWrong();
    }

    [Fact]
    public async Task Words_in_the_thread_below_a_message_answer_it_there()
    {
        await using var town = await SlackTown.InstalledAsync();
        await town.MoveToAsync("2027-01-11 10:00");
        var welcome = town.Slack.MessagesWith(town.Eve.User).ShouldHaveSingleItem();

        await town.Eve.Types("tests & <docs>, see https://acme.com", thread: welcome.Ts);

        (await town.QueryAsync<string>("select kind || ' ' || value || ' ' || (step_id is not null) from responses")).ShouldBe(["text tests & <docs>, see https://acme.com true"]);
        town.Slack.MessagesWith(town.Eve.User)[^1].ThreadTs.ShouldBe(welcome.Ts);
        town.Eve.Sees("Thank you, noted.");
        town.NothingWentWrong();
    }

    [Fact]
    public async Task A_mention_is_answered_to_its_author_alone()
    {
        await using var town = await SlackTown.InstalledAsync();
        var team = town.Channel("payments", town.Anna, town.Eve);

        await town.Anna.Mentions("settings", team);

        town.Anna.Sees("Messages are on.", team);
        town.Slack.MessagesIn(team, town.Eve.User).ShouldHaveSingleItem().UserId.ShouldBe(town.Anna.User.Id);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task Somebody_who_writes_faster_than_a_channel_takes_answers_is_answered_each_time_and_nobody_else_waits()
    {
        await using var town = await SlackTown.InstalledAsync();

        foreach (var words in new[] { "one", "two", "three", "four", "five" }) await town.Anna.Types(words);

        town.Anna.Heard.ShouldBe(Enumerable.Repeat("Thank you, noted.", 5));
        town.NothingWentWrong();
    }
}
