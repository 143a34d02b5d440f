using System.Text.Json;
using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Teams.Rendering;

namespace NudgeBot.Teams.Tests.Rendering;

public class CardActionTests
{
    [Theory]
    [InlineData("answer.worked", "7-1", null)]
    [InlineData("welcome.role", "3.4.Payments: EU", "qa")]
    [InlineData("command", "", null)]
    [InlineData("command", "win \"größe\" </script> \\ 👩‍👩‍👧\n", "")]
    public void What_is_pressed_comes_back_as_it_was(string actionId, string payload, string? chosen)
    {
        var action = new CardAction(actionId, payload, chosen);
        Read(TeamsJson.Write(action.Write())).ShouldBe(action);
    }

    [Fact]
    public void What_is_chosen_in_a_list_comes_back_beside_the_data()
    {
        var data = new CardAction("welcome.role", "7-1").Write(list: "select-2");
        data["select-2"] = "qa";
        data["select-4"] = "another list's";
        data["prompt-1-0"] = "a text to copy";

        Read(TeamsJson.Write(data)).ShouldBe(new CardAction("welcome.role", "7-1", "qa"));
    }

    [Fact]
    public void A_list_in_which_nothing_is_chosen_has_no_choice() =>
        Read(TeamsJson.Write(new CardAction("welcome.role", "7-1").Write(list: "select-2"))).Chosen.ShouldBeNull();

    [Fact]
    public void What_opens_a_dialog_says_the_same() =>
        Read("""{"msteams":{"type":"task/fetch"},"action":"win.form","payload":"12"}""").ShouldBe(new CardAction("win.form", "12"));

    [Fact]
    public void The_longest_that_is_written_is_read()
    {
        var action = new CardAction(new string('a', 255), new string('ä', 2000), new string('c', 75));
        Read(TeamsJson.Write(action.Write())).ShouldBe(action);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"win.form\"")]
    [InlineData("{}")]
    [InlineData("""{"action":"win.form"}""")]
    [InlineData("""{"payload":"12"}""")]
    [InlineData("""{"action":"","payload":"12"}""")]
    [InlineData("""{"action":null,"payload":"12"}""")]
    [InlineData("""{"action":7,"payload":"12"}""")]
    [InlineData("""{"action":"win.form","payload":12}""")]
    [InlineData("""{"action":"win.form","payload":{"a":"b"}}""")]
    [InlineData("""{"action":"win.form","payload":"12","chosen":["qa"]}""")]
    [InlineData("""{"action":"win.form","payload":"12","chosenIn":5}""")]
    [InlineData("""{"action":"win.form","payload":"\ud83d"}""")]
    [InlineData("""{"action":"welcome.role","payload":"1","chosenIn":"msteams","msteams":{"type":"x"}}""")]
    public void Data_that_is_not_ours_is_said_to_be_none(string data) => Should.Throw<JsonException>(() => Read(data));

    [Fact]
    public void More_than_was_ever_written_is_not_read()
    {
        Should.Throw<JsonException>(() => Read(Data(new string('a', 256), "", ""))).Message.ShouldContain("256");
        Should.Throw<JsonException>(() => Read(Data("a", new string('p', 2001), ""))).Message.ShouldContain("2001");
        Should.Throw<JsonException>(() => Read(Data("a", "", new string('c', 76)))).Message.ShouldContain("76");

        static string Data(string action, string payload, string chosen) => new JsonObject { ["action"] = action, ["payload"] = payload, ["chosen"] = chosen }.ToJsonString();
    }

    [Fact]
    public void What_could_not_come_back_is_a_mistake_and_not_cut()
    {
        Should.Throw<InvalidOperationException>(() => new CardAction("a", new string('x', 2001)).Write()).Message.ShouldContain("2001");
        Should.Throw<InvalidOperationException>(() => new CardAction("a", "", new string('x', 76)).Write()).Message.ShouldContain("76");
        Should.Throw<InvalidOperationException>(() => new CardAction(new string('x', 256), "").Write()).Message.ShouldContain("256");
    }

    static CardAction Read(string json) => CardAction.Read(JsonDocument.Parse(json).RootElement);
}
