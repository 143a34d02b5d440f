using NudgeBot.Teams.Inbound;
using NudgeBot.Teams.Rendering;

namespace NudgeBot.Teams.Tests.Inbound;

public class StoredInputTests
{
    static readonly TeamsPlace Place = new(new Uri("https://smba.trafficmanager.net/emea/"), "19:x@thread.tacv2;messageid=1", "2") { IsPersonal = true, Locale = "de-DE", TimeZone = "Europe/Berlin" };

    static readonly TeamsInput[] All =
    [
        new TeamsInput.Words("u", Place, "Tests: 50 % <b> \u2713") { Mentions = [new TeamsMention("Bob Noyce", "29:1", null)], Files = ["https://acme-my.sharepoint.com/1"] },
        new TeamsInput.Mention("u", Place, "") { Mentions = [new TeamsMention("Bob Noyce", "29:1", "b")] },
        new TeamsInput.Pressed("u", Place, "answer.worked", "1-2", Chosen: null),
        new TeamsInput.Submitted("u", Place, "win.form", "", new Dictionary<string, string> { ["what"] = "tests" }, new DialogContext("c", "m", "o")),
        new TeamsInput.Drafted("u", Place, "command.form", "campaign create", new Dictionary<string, string> { ["--teams"] = "" }, new DialogContext("c", "m", "o")),
        new TeamsInput.Installed("u", Place),
        new TeamsInput.Removed("u", Place),
    ];

    [Fact]
    public void Every_input_comes_back_as_it_was()
    {
        All.Select(input => input.GetType()).ShouldBe(typeof(TeamsInput).GetNestedTypes().Where(typeof(TeamsInput).IsAssignableFrom), ignoreOrder: true);
        foreach (var input in All)
        {
            var read = StoredInput.Read(StoredInput.Write(input));
            read.GetType().ShouldBe(input.GetType());
            read.Place.ShouldBe(Place);
            StoredInput.Write(read).ShouldBe(StoredInput.Write(input));
        }
    }
}
