using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.Limits;

namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>One workspace by environment, and no address that Slack could call.</summary>
public class SocketModeTests
{
    /// <summary>Slack promises at least one new connection a minute; nobody waits for that here.</summary>
    static readonly RateLimitOptions Patient = new() { CallsPerMinute = new Dictionary<string, int> { ["apps.connections.open"] = 60 } };

    [Fact]
    public async Task A_conversation_over_a_socket_goes_on_over_the_next_ones_and_nothing_is_lost_or_done_twice()
    {
        await using var town = await SlackTown.FoundAsync(new FakeSlackOptions { Limits = Patient });
        town.Slack.App.UsesSocketMode = true;
        await town.StartAsync(town.SocketEnvironment);
        await SlackTown.SoonAsync(() => town.Slack.Sockets.Connections == 1);
        await town.MoveToAsync("2027-01-14 10:00");
        town.Eve.Heard.Count.ShouldBe(3);

        await town.Eve.Presses("It worked");
        town.Eve.Sees("Good to hear. Thank you.");
        await town.Slack.Sockets.DisconnectAsync("warning");
        await town.Eve.Types("it really did");
        town.Eve.Sees("Thank you, noted.");
        await SlackTown.SoonAsync(() => town.Slack.Sockets.Connections == 1 && town.Calls("apps.connections.open") == 2);
        await town.Eve.Presses("Minutes saved?");
        await town.Eve.Sends(("About how many minutes a week does it save you?", "1.5"));
        town.Eve.SeesError("About how many minutes a week does it save you?", "Give a whole number from 0 to 2400.");

        await town.Slack.Sockets.DisconnectAsync();
        await SlackTown.SoonAsync(() => town.Slack.Sockets.Connections == 1);
        await town.Eve.Sends(("About how many minutes a week does it save you?", "90"));
        town.Eve.HasForm.ShouldBeFalse();
        await town.Eve.Commands("/nudge settings");
        town.Eve.Sees("Messages are on.");
        await town.Eve.OpensHome();
        town.Eve.Home.ShouldContain("Messages are on.");

        (await town.QueryAsync<string>("select concat_ws(' ', kind, value, minutes) from responses order by id")).ShouldBe(["worked", "text it really did", "minutes-saved 90"]);
        town.Slack.Deliveries.ShouldAllBe(delivery => delivery.Attempts.All(attempt => attempt.Request == null));
        town.NothingWentWrong();
    }
}
