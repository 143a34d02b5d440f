using System.Text.Json;
using System.Text.Json.Nodes;

namespace NudgeBot.Slack.Tests.Fake;

public class FakeBlockKitTests
{
    static string Section(string text = "x") => $$$"""{"type":"section","text":{"type":"mrkdwn","text":"{{{text}}}"}}""";
    static string Button(string text = "x", string id = "a", string value = "v") =>
        $$$"""{"type":"button","action_id":"{{{id}}}","value":"{{{value}}}","text":{"type":"plain_text","text":"{{{text}}}"}}""";
    static string Actions(params IEnumerable<string> elements) => $$"""{"type":"actions","elements":[{{string.Join(',', elements)}}]}""";
    static string Long(int length) => new('x', length);

    public static TheoryData<string, string> Wrong => new()
    {
        { string.Join(',', Enumerable.Repeat(Section(), 51)), "no more than 50 items allowed [json-pointer:/blocks]" },
        { Section(Long(3001)), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]" },
        { Section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]" },
        { """{"type":"section"}""", "must define either `text` or `fields` [json-pointer:/blocks/0/type]" },
        { """{"type":"carousel3000"}""", "unsupported type: carousel3000 [json-pointer:/blocks/0/type]" },
        { Section() + "," + Actions(Button(Long(76))), "must be less than 76 characters [json-pointer:/blocks/1/elements/0/text/text]" },
        { Actions(Button(value: Long(2001))), "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]" },
        { Actions(Button(id: Long(256))), "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]" },
        { Actions(Button(), Button()), "`action_id` \"a\" already exists [json-pointer:/blocks/0/elements/1/action_id]" },
        { Actions(Enumerable.Range(0, 26).Select(i => Button(id: $"a{i}"))), "no more than 25 items allowed [json-pointer:/blocks/0/elements]" },
        { """{"type":"divider","block_id":"b"},{"type":"divider","block_id":"b"}""", "block_id `b` already exists [json-pointer:/blocks/1/block_id]" },
        { $$$"""{"type":"header","text":{"type":"plain_text","text":"{{{Long(151)}}}"}}""", "must be less than 151 characters [json-pointer:/blocks/0/text/text]" },
        { """{"type":"header","text":{"type":"mrkdwn","text":"x"}}""", "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Blocks_over_a_limit_are_refused_with_the_place(string blocks, string message)
    {
        await using var slack = await SlackForTests.StartAsync();
        var channel = await slack.DirectChannelAsync(slack.Ada);

        var refused = await slack.CallAsync("chat.postMessage", new { channel, text = "x", blocks = JsonNode.Parse($"[{blocks}]") });

        refused.GetProperty("error").GetString().ShouldBe("invalid_blocks");
        Messages(refused).ShouldBe([$"[ERROR] {message}"]);
        slack.Server.MessagesWith(slack.Ada).ShouldBeEmpty();
    }

    [Fact]
    public async Task Blocks_at_their_limits_are_taken()
    {
        await using var slack = await SlackForTests.StartAsync();
        var channel = await slack.DirectChannelAsync(slack.Ada);
        var blocks = string.Join(',', Enumerable.Repeat(Section(Long(3000)), 49).Append(Actions(Enumerable.Range(0, 25).Select(i => Button(Long(75), $"{i}", Long(2000))))));

        (await slack.CallAsync("chat.postMessage", new { channel, blocks = JsonNode.Parse($"[{blocks}]") })).GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Views_have_limits_of_their_own()
    {
        await using var slack = await SlackForTests.StartAsync();
        JsonNode Home(int sections, int length) => JsonNode.Parse($$"""{"type":"home","blocks":[{{string.Join(',', Enumerable.Repeat(Section(Long(length)), sections))}}]}""")!;

        (await slack.CallAsync("views.publish", new { user_id = slack.Ada.Id, view = Home(100, 100) })).GetProperty("ok").GetBoolean().ShouldBeTrue();
        var refused = await slack.CallAsync("views.publish", new { user_id = slack.Ada.Id, view = Home(101, 100) });
        refused.GetProperty("error").GetString().ShouldBe("invalid_arguments");
        Messages(refused).ShouldBe(["[ERROR] no more than 100 items allowed [json-pointer:/view/blocks]"]);
        (await slack.ErrorAsync("views.publish", new { user_id = slack.Ada.Id, view = Home(100, 2900) })).ShouldBe("view_too_large");
    }

    static List<string?> Messages(JsonElement refused) =>
        [.. refused.GetProperty("response_metadata").GetProperty("messages").EnumerateArray().Select(message => message.GetString())];
}
