using System.Text.Json;
using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Slack.Rendering;

namespace NudgeBot.Slack.Tests.Rendering;

public class ModalsTests
{
    static readonly Form Form = new("win.form", "12", "A win that has a title that is too long", "Send",
    [
        new Field.Line("what", "What went well?", Required: true, Multiline: true, MaxLength: 5000, Initial: new string('x', 4000)) { Hint = "Leave out **keys**." },
        new Field.Number("minutes", "Minutes", Required: false, Min: 0, Max: 60, Initial: 5),
        new Field.Choice("tool", "Tool", Required: true, [new Option("copilot", "Copilot"), new Option("claude", "Claude")], "claude"),
        new Field.Choice("nothing", "Nothing to choose from", Required: false, []),
    ]);

    static readonly FormContext Context = new("win.form", "12", "D1", "1700000000.000100", "https://hooks.slack.example/actions/1");

    [Fact]
    public void A_form_is_a_modal_within_the_limits()
    {
        var view = Modals.View(Form, Context);
        var blocks = view["blocks"]!.AsArray();

        SlackRules.Broken(blocks, 100).ShouldBeEmpty();
        ((string)view["title"]!["text"]!).ShouldBe("A win that has a title …");
        ((string)view["private_metadata"]!).Length.ShouldBeLessThanOrEqualTo(3000);
        blocks.Select(block => (string)block!["block_id"]!).ShouldBe(["what", "minutes", "tool"]);
        blocks.Select(block => (bool)block!["optional"]!).ShouldBe([false, true, false]);
        ((string)blocks[0]!["hint"]!["text"]!).ShouldBe("Leave out keys.");
        ((int)blocks[0]!["element"]!["max_length"]!).ShouldBe(3000);
        ((string)blocks[0]!["element"]!["initial_value"]!).Length.ShouldBe(3000);
        ((string)blocks[1]!["element"]!["initial_value"]!).ShouldBe("5");
        ((string)blocks[2]!["element"]!["initial_option"]!["value"]!).ShouldBe("claude");
    }

    [Fact]
    public void What_is_sent_comes_back_with_the_form_it_belongs_to()
    {
        var submitted = SubmittedView.Of(Sent("""
            {"what": {"value": {"type": "plain_text_input", "value": "Grüße\nan alle"}},
             "prompt": {"value": {"type": "plain_text_input", "value": null}},
             "minutes": {"value": {"type": "number_input", "value": "30"}},
             "unsaid": {"value": {"type": "number_input"}},
             "tool": {"value": {"type": "static_select", "selected_option": {"text": {"type": "plain_text", "text": "Copilot"}, "value": "copilot"}}},
             "other": {"value": {"type": "static_select", "selected_option": null}}}
            """));

        submitted.Context.ShouldBe(Context);
        submitted.Values.OrderBy(value => value.Key).Select(value => $"{value.Key}={value.Value}")
            .ShouldBe(["minutes=30", "other=", "prompt=", "tool=copilot", "unsaid=", "what=Grüße\nan alle"]);
    }

    static JsonElement Sent(string values)
    {
        var view = Modals.View(Form, Context);
        view["state"] = new JsonObject { ["values"] = JsonNode.Parse(values) };
        return JsonSerializer.SerializeToElement(view);
    }

    [Fact]
    public void A_command_has_no_message_that_it_came_from() =>
        FormContext.Read(new FormContext("win.form", "").Write()).ShouldBe(new FormContext("win.form", ""));

    [Fact]
    public void The_longest_payload_fits_whatever_its_letters_are()
    {
        var context = Context with { Payload = new string('ä', 2000) };
        FormContext.Read(context.Write()).ShouldBe(context);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"action": "win.form"}""")]
    [InlineData("[]")]
    public void A_view_that_is_not_ours_is_said_to_be_none(string metadata) => Should.Throw<JsonException>(() => FormContext.Read(metadata));

    [Fact]
    public void Errors_stand_at_their_fields() =>
        FieldErrors.Of(new Dictionary<string, string> { ["what"] = "Write a sentence." }).ToJsonString()
            .ShouldBe("""{"response_action":"errors","errors":{"what":"Write a sentence."}}""");

    [Fact]
    public void A_number_outside_its_range_is_not_proposed()
    {
        var view = Modals.View(new Form("a", "", "t", "s", [new Field.Number("n", "n", true, 1, 5, Initial: 9)]), new FormContext("a", ""));
        view["blocks"]![0]!["element"]!["initial_value"].ShouldBeNull();
    }
}
