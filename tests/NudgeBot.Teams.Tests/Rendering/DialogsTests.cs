using System.Text.Json;
using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Teams.Rendering;

namespace NudgeBot.Teams.Tests.Rendering;

public class DialogsTests
{
    static readonly Form Form = new("win.form", "12", "A win", "Send",
    [
        new Field.Line("what", "What went well?", Required: true, Multiline: true, MaxLength: 1000, Initial: "Tests") { Hint = "Leave out **keys**." },
        new Field.Number("minutes", "Minutes", Required: false, Min: 0, Max: 60, Initial: 5),
        new Field.Choice("tool", "Tool", Required: true, [new Option("copilot", "Copilot"), new Option("claude", "Claude")], "claude"),
        new Field.Choice("nothing", "Nothing to choose from", Required: false, []),
    ]);

    static readonly DialogContext Context = new("a:1pL6i0oY3C0K8oAj8", "1773046800000");

    static JsonObject Card(JsonObject response)
    {
        ((string)response["task"]!["type"]!).ShouldBe("continue");
        var attachment = response["task"]!["value"]!["card"]!.AsObject();
        CardRules.Broken(attachment).ShouldBeEmpty();
        return attachment["content"]!.AsObject();
    }

    [Fact]
    public void A_form_is_a_dialog_with_its_fields()
    {
        var response = Dialogs.Task(Form, Context, "en");

        var body = Card(response)["body"]!.AsArray();
        ((string)response["task"]!["value"]!["title"]!).ShouldBe("A win");
        ((int)response["task"]!["value"]!["height"]!).ShouldBeInRange(300, 640);
        body.Select(one => (string)one!["type"]!).ShouldBe(["Input.Text", "RichTextBlock", "Input.Number", "Input.ChoiceSet"]);
        string.Concat(body[1]!["inlines"]!.AsArray().Select(run => (string)run!["text"]!)).ShouldBe("Leave out keys.");
        var inputs = body.Where(one => one!["id"] is not null).ToList();
        inputs.Select(input => (bool)input!["isRequired"]!).ShouldBe([true, false, true]);
        inputs.Select(input => input!["value"]!.ToString()).ShouldBe(["Tests", "5", "claude"]);
        ((int)inputs[0]!["maxLength"]!).ShouldBe(1000);
        ((string)inputs[1]!["errorMessage"]!).ShouldBe("A whole number from 0 to 60, please.");
    }

    [Fact]
    public void Errors_stand_at_their_fields_and_nothing_that_was_filled_in_is_lost()
    {
        var body = Card(Dialogs.Task(Form, Context, "de", Values("what=", "minutes=7", "tool=copilot"), Values("what=Schreib einen Satz.", "nothing=Nichts.", "elsewhere=Zu viel.")))["body"]!.AsArray();

        Text(body[0]).ShouldBe("Zu viel.");
        ((string)body[1]!["value"]!).ShouldBe("");
        Text(body[2]).ShouldBe("Schreib einen Satz.");
        ((string)body[2]!["inlines"]![0]!["color"]!).ShouldBe("Attention");
        ((int)body[4]!["value"]!).ShouldBe(7);
        ((string)body[5]!["value"]!).ShouldBe("copilot");
        Text(body[6]).ShouldBe("Nichts.");
    }

    [Theory]
    [InlineData("many")]
    [InlineData("61")]
    [InlineData("1.5")]
    [InlineData("")]
    public void A_number_that_is_none_is_not_proposed(string value) =>
        Card(Dialogs.Task(Form, Context, "en", Values($"minutes={value}")))["body"]![2]!["value"].ShouldBeNull();

    [Fact]
    public void What_is_sent_comes_back_with_the_form_it_belongs_to()
    {
        var data = Submit();
        data["field.what"] = "Grüße\nan alle";
        data["field.minutes"] = 30;
        data["field.tool"] = "copilot";
        data["field.unknown"] = "not asked for";
        data["what"] = "not a field";

        var sent = SubmittedDialog.Read(JsonSerializer.SerializeToElement(data));

        (sent.ActionId, sent.Payload, sent.Context).ShouldBe(("win.form", "12", Context));
        sent.Values.OrderBy(value => value.Key).Select(value => $"{value.Key}={value.Value}").ShouldBe(["minutes=30", "nothing=", "tool=copilot", "what=Grüße\nan alle"]);
    }

    [Fact]
    public void A_field_may_be_called_what_it_likes()
    {
        var form = new Form("a", "p", "t", "s", [new Field.Line("action", "a", true), new Field.Line("payload", "p", true), new Field.Line("from", "f", true)]);
        var data = (JsonObject)Card(Dialogs.Task(form, new DialogContext(), "en"))["actions"]![0]!["data"]!.DeepClone();
        data["field.action"] = "one";
        data["field.payload"] = "two";

        var sent = SubmittedDialog.Read(JsonSerializer.SerializeToElement(data));

        (sent.ActionId, sent.Payload, sent.Context).ShouldBe(("a", "p", new DialogContext()));
        sent.Values.ShouldBe(Values("action=one", "payload=two", "from="), ignoreOrder: true);
    }

    [Theory]
    [InlineData("from", null)]
    [InlineData("from", "[]")]
    [InlineData("from", """{"conversation": 7}""")]
    [InlineData("fields", null)]
    [InlineData("fields", "{}")]
    [InlineData("fields", "[7]")]
    [InlineData("field.what", "{}")]
    [InlineData("field.what", "true")]
    [InlineData("field.what", "\"\\ud83d\"")]
    [InlineData("action", null)]
    public void What_is_not_ours_is_said_to_be_none(string key, string? value)
    {
        var data = Submit();
        data.Remove(key);
        var json = TeamsJson.Write(data);
        if (value is not null) json = $"{json[..^1]},\"{key}\":{value}}}";

        Should.Throw<JsonException>(() => SubmittedDialog.Read(JsonDocument.Parse(json).RootElement));
    }

    [Fact]
    public void More_than_anybody_types_is_not_read()
    {
        var data = Submit();
        data["field.what"] = new string('x', 20_001);
        Should.Throw<JsonException>(() => SubmittedDialog.Read(JsonSerializer.SerializeToElement(data))).Message.ShouldContain("20001");
    }

    [Fact]
    public void A_dialog_ends_with_words() => Dialogs.Close("Thank you.").ToJsonString().ShouldBe("""{"task":{"type":"message","value":"Thank you."}}""");

    [Fact]
    public void A_press_is_answered_in_the_shapes_that_Teams_knows()
    {
        CardResponse.Card(new JsonObject { ["type"] = "AdaptiveCard" }).ToJsonString()
            .ShouldBe("""{"statusCode":200,"type":"application/vnd.microsoft.card.adaptive","value":{"type":"AdaptiveCard"}}""");
        CardResponse.Words("Noted.").ToJsonString().ShouldBe("""{"statusCode":200,"type":"application/vnd.microsoft.activity.message","value":"Noted."}""");
        CardResponse.Error(400, "BadRequest", "That is no button of mine.").ToJsonString()
            .ShouldBe("""{"statusCode":400,"type":"application/vnd.microsoft.error","value":{"code":"BadRequest","message":"That is no button of mine."}}""");
    }

    static JsonObject Submit() => (JsonObject)Card(Dialogs.Task(Form, Context, "en"))["actions"]![0]!["data"]!.DeepClone();

    static Dictionary<string, string> Values(params string[] values) => values.ToDictionary(value => value[..value.IndexOf('=')], value => value[(value.IndexOf('=') + 1)..]);

    static string Text(JsonNode? block) => (string)block!["inlines"]![0]!["text"]!;
}
