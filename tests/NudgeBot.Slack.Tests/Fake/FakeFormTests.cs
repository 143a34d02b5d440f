using System.Text.Json;
using System.Text.Json.Nodes;
using NudgeBot.FakeSlack;

namespace NudgeBot.Slack.Tests.Fake;

/// <summary>Modals that change while they are open.</summary>
public class FakeFormTests
{
    static FakeSlackOptions Quiet => new() { TellsAppOfItsOwnMessages = false };


    static string Option(string value) => $$"""{"text":{"type":"plain_text","text":"{{value}}"},"value":"{{value}}"}""";

    static JsonNode Modal(string options, string more = "", string input = "") => JsonNode.Parse($$$"""
        {"type":"modal","title":{"type":"plain_text","text":"T"},"submit":{"type":"plain_text","text":"Send"},"blocks":[
          {"type":"input","block_id":"teams","label":{"type":"plain_text","text":"Teams"},"optional":true{{{input}}},
           "element":{"type":"multi_static_select","action_id":"value","options":[{{{options}}}]{{{more}}}}},
          {"type":"input","block_id":"name","label":{"type":"plain_text","text":"Name"},"optional":true,"element":{"type":"plain_text_input","action_id":"value"}}]}
        """)!;

    [Fact]
    public async Task A_list_has_at_most_a_hundred_options_and_what_is_chosen_is_among_them()
    {
        await using var slack = await SlackForTests.StartAsync(Quiet);
        var many = string.Join(',', Enumerable.Range(0, 101).Select(i => Option($"t{i}")));

        (await RefusedAsync(slack, Modal(many))).ShouldContain("no more than 100 items allowed");
        (await RefusedAsync(slack, Modal(Option("a"), $",\"initial_options\":[{Option("b")}]"))).ShouldContain("must match one of the options");
        (await RefusedAsync(slack, Modal(Option("a"), ",\"initial_options\":[]"))).ShouldContain("no fewer than 1 items allowed");
        (await RefusedAsync(slack, Modal(Option("a"), ",\"max_selected_items\":0"))).ShouldContain("must be more than 0");
        (await RefusedAsync(slack, Modal(Option("a"), input: ",\"dispatch_action\":\"yes\""))).ShouldContain("must be a boolean");
        (await RefusedAsync(slack, Modal(Option("a"), $",\"initial_options\":[{Option("a")}]", ",\"dispatch_action\":true"))).ShouldBe("");
    }

    [Fact]
    public async Task What_is_chosen_is_told_at_once_with_all_that_stands_in_the_modal_where_the_block_says_so()
    {
        await using var slack = await SlackForTests.StartAsync(Quiet);
        await using var app = await AppForTests.StartAsync(slack.Server);
        var open = await OpenAsync(slack, Modal($"{Option("a")},{Option("b")}", input: ",\"dispatch_action\":true"));
        slack.Server.Acting.FillIn(open, (new("value", "name"), "typed"));

        await slack.Server.Acting.ChooseAsync(slack.Ada, open, new("value", "teams"), "a", "b");

        var payload = slack.Server.Deliveries[^1].Payload;
        ((string)payload["type"]!).ShouldBe("block_actions");
        ((string)payload["view"]!["hash"]!).ShouldBe(open.Hash);
        payload["actions"]![0]!["selected_options"]!.AsArray().Count.ShouldBe(2);
        ((string)payload["view"]!["state"]!["values"]!["name"]!["value"]!["value"]!).ShouldBe("typed");
        (await Should.ThrowAsync<InvalidOperationException>(() => slack.Server.Acting.ChooseAsync(slack.Ada, open, new("value", "name"), "x"))).Message.ShouldContain("does not hear");
    }

    [Fact]
    public async Task A_view_that_has_changed_since_is_not_replaced_and_what_was_filled_in_stays_by_its_ids()
    {
        await using var slack = await SlackForTests.StartAsync(Quiet);
        await using var app = await AppForTests.StartAsync(slack.Server);
        var open = await OpenAsync(slack, Modal(Option("a")));
        slack.Server.Acting.FillIn(open, (new("value", "name"), "typed"));
        var (hash, changed) = (open.Hash, Modal(Option("a")));
        changed["blocks"]![1]!["element"]!["initial_value"] = "proposed";

        (await slack.CallAsync("views.update", new { view_id = open.Id, hash, view = changed })).GetProperty("ok").GetBoolean().ShouldBeTrue();
        (await slack.ErrorAsync("views.update", new { view_id = open.Id, hash, view = changed })).ShouldBe("hash_conflict");
        (await slack.CallAsync("views.update", new { view_id = open.Id, view = changed })).GetProperty("ok").GetBoolean().ShouldBeTrue();

        ((string)open.Values["name"]!["value"]!["value"]!).ShouldBe("typed");
    }

    static async Task<FakeSlack.World.View> OpenAsync(SlackForTests slack, JsonNode modal)
    {
        await slack.Server.Acting.CommandAsync(slack.Ada, "/nudge");
        (await slack.CallAsync("views.open", new { trigger_id = (string)slack.Server.Deliveries[^1].Payload["trigger_id"]!, view = modal })).GetProperty("ok").GetBoolean().ShouldBeTrue();
        return slack.Server.ModalOf(slack.Ada)!;
    }

    static async Task<string> RefusedAsync(SlackForTests slack, JsonNode modal)
    {
        await using var app = await AppForTests.StartAsync(slack.Server);
        await slack.Server.Acting.CommandAsync(slack.Ada, "/nudge");
        var answer = await slack.CallAsync("views.open", new { trigger_id = (string)slack.Server.Deliveries[^1].Payload["trigger_id"]!, view = modal });
        return answer.GetProperty("ok").GetBoolean() ? "" : answer.GetProperty("response_metadata").GetRawText();
    }
}
