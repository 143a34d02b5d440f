using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.AspNetCore.Http;
using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.Calling;

namespace NudgeBot.Slack.Tests.Fake;

public class FakeCallingTests
{
    static FakeSlackOptions Quiet => new() { TellsAppOfItsOwnMessages = false };

    const string Buttons = """
        [{"type":"section","block_id":"s","text":{"type":"mrkdwn","text":"Did it work?"}},
         {"type":"actions","block_id":"b","elements":[
            {"type":"button","action_id":"worked","value":"42","text":{"type":"plain_text","text":"It worked"}},
            {"type":"static_select","action_id":"why","placeholder":{"type":"plain_text","text":"Why?"},"options":[
                {"text":{"type":"plain_text","text":"No time"},"value":"time"}]}]}]
        """;

    const string Modal = """
        {"type":"modal","callback_id":"win","title":{"type":"plain_text","text":"A win"},"submit":{"type":"plain_text","text":"Send"},"private_metadata":"m","blocks":[
            {"type":"input","block_id":"what","label":{"type":"plain_text","text":"What?"},"element":{"type":"plain_text_input","action_id":"text","max_length":20}},
            {"type":"input","block_id":"tools","optional":true,"label":{"type":"plain_text","text":"With?"},"element":{"type":"checkboxes","action_id":"tool","options":[
                {"text":{"type":"plain_text","text":"A"},"value":"a"},{"text":{"type":"plain_text","text":"B"},"value":"b"}]}}]}
        """;

    [Fact]
    public async Task What_somebody_says_is_told_as_a_signed_and_escaped_event()
    {
        await using var slack = await SlackForTests.StartAsync(Quiet);
        await using var app = await AppForTests.StartAsync(slack.Server);

        var told = await slack.Server.Acting.SayAsync(slack.Ada, "1 < 2 & @bob.noyce, see https://example.com?a=1&b=2");

        var got = app.Requests.ShouldHaveSingleItem();
        var timestamp = got.Headers["X-Slack-Request-Timestamp"];
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(slack.Server.App.SigningSecret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{got.Body}"));
        got.Headers["X-Slack-Signature"].ShouldBe("v0=" + Convert.ToHexStringLower(mac));
        var body = JsonDocument.Parse(got.Body).RootElement;
        body.GetProperty("type").GetString().ShouldBe("event_callback");
        body.GetProperty("event").GetProperty("channel_type").GetString().ShouldBe("im");
        body.GetProperty("event").GetProperty("text").GetString().ShouldBe($"1 &lt; 2 &amp; <@{slack.Bob.Id}>, see <https://example.com?a=1&amp;b=2>");
        told!.Acknowledged.ShouldBeTrue();
    }

    [Fact]
    public async Task An_event_that_is_not_acknowledged_comes_three_times_more_with_the_reason()
    {
        await using var slack = await SlackForTests.StartAsync(Quiet with { TimeFactor = 1000 });
        await using var app = await AppForTests.StartAsync(slack.Server);
        app.Answer = (_, http) =>
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };

        // A factor of 1000 leaves 3 ms for an answer: an attempt may fail by time-out as well.
        var told = (await slack.Server.Acting.SayAsync(slack.Ada, "hello"))!;
        await told.Settled;

        told.Attempts.Select(attempt => attempt.Retry).ShouldBe([0, 1, 2, 3]);
        told.Acknowledged.ShouldBeFalse();
        told.Attempts[1].Request!.Headers["X-Slack-Retry-Num"].ShouldBe("1");
        told.Attempts[1].Request!.Headers["X-Slack-Retry-Reason"].ShouldBe(told.Attempts[0].Failure);
    }

    [Fact]
    public async Task An_app_may_forbid_retries()
    {
        await using var slack = await SlackForTests.StartAsync(Quiet);
        await using var app = await AppForTests.StartAsync(slack.Server);
        app.Answer = (_, http) =>
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            http.Response.Headers["X-Slack-No-Retry"] = "1";
            return Task.CompletedTask;
        };

        var told = (await slack.Server.Acting.SayAsync(slack.Ada, "hello"))!;
        await told.Settled;
        told.Attempts.ShouldHaveSingleItem().Failure.ShouldBe("http_error");
    }

    [Fact]
    public async Task Events_come_twice_and_out_of_order_on_demand()
    {
        await using var slack = await SlackForTests.StartAsync(Quiet);
        await using var app = await AppForTests.StartAsync(slack.Server);
        slack.Server.Events.DuplicateNext();
        await slack.Server.Acting.SayAsync(slack.Ada, "one");
        slack.Server.Events.Hold();
        await slack.Server.Acting.SayAsync(slack.Ada, "two");
        await slack.Server.Acting.SayAsync(slack.Ada, "three");
        await slack.Server.Events.ReleaseAsync(lastFirst: true);

        var events = app.Requests.Select(got => JsonDocument.Parse(got.Body).RootElement).ToList();
        events.Select(body => body.GetProperty("event").GetProperty("text").GetString()).ShouldBe(["one", "one", "three", "two"]);
        events[0].GetProperty("event_id").GetString().ShouldBe(events[1].GetProperty("event_id").GetString());
    }

    [Fact]
    public async Task A_button_opens_a_modal_by_its_trigger_once()
    {
        await using var slack = await SlackForTests.StartAsync(Quiet);
        await using var app = await AppForTests.StartAsync(slack.Server);
        var message = await PostAsync(slack);

        await slack.Server.Acting.PressAsync(slack.Ada, message, "worked");

        var payload = PayloadOf(app);
        payload.GetProperty("type").GetString().ShouldBe("block_actions");
        var action = payload.GetProperty("actions")[0];
        (action.GetProperty("action_id").GetString(), action.GetProperty("value").GetString(), action.GetProperty("block_id").GetString()).ShouldBe(("worked", "42", "b"));
        payload.GetProperty("message").GetProperty("ts").GetString().ShouldBe(message.Ts);
        var opening = new { trigger_id = payload.GetProperty("trigger_id").GetString(), view = JsonNode.Parse(Modal) };
        (await slack.CallAsync("views.open", opening)).GetProperty("view").GetProperty("state").GetProperty("values").GetProperty("what").GetProperty("text").GetProperty("type").GetString().ShouldBe("plain_text_input");
        (await slack.ErrorAsync("views.open", opening)).ShouldBe("exchanged_trigger_id");
        (await slack.ErrorAsync("views.open", new { trigger_id = "1.2.3", view = JsonNode.Parse(Modal) })).ShouldBe("invalid_trigger_id");
    }

    [Fact]
    public async Task A_trigger_dies_after_three_seconds()
    {
        var time = new ManualTime();
        await using var slack = await SlackForTests.StartAsync(Quiet with { Time = time });
        await using var app = await AppForTests.StartAsync(slack.Server);
        await slack.Server.Acting.PressAsync(slack.Ada, await PostAsync(slack), "worked");
        var trigger = PayloadOf(app).GetProperty("trigger_id").GetString();
        time.Move(TimeSpan.FromSeconds(3.1));
        (await slack.ErrorAsync("views.open", new { trigger_id = trigger, view = JsonNode.Parse(Modal) })).ShouldBe("expired_trigger_id");
    }

    [Fact]
    public async Task A_select_brings_its_option_and_the_message_s_state()
    {
        await using var slack = await SlackForTests.StartAsync(Quiet);
        await using var app = await AppForTests.StartAsync(slack.Server);
        await slack.Server.Acting.ChooseAsync(slack.Ada, await PostAsync(slack), "why", "time");

        var payload = PayloadOf(app);
        payload.GetProperty("actions")[0].GetProperty("selected_option").GetProperty("value").GetString().ShouldBe("time");
        payload.GetProperty("state").GetProperty("values").GetProperty("b").GetProperty("why").GetProperty("selected_option").GetProperty("text").GetProperty("text").GetString().ShouldBe("No time");
    }

    [Fact]
    public async Task A_modal_is_filled_in_checked_by_the_app_and_closed()
    {
        await using var slack = await SlackForTests.StartAsync(Quiet);
        await using var app = await AppForTests.StartAsync(slack.Server);
        await slack.Server.Acting.PressAsync(slack.Ada, await PostAsync(slack), "worked");
        await slack.CallAsync("views.open", new { trigger_id = PayloadOf(app).GetProperty("trigger_id").GetString(), view = JsonNode.Parse(Modal) });
        var view = slack.Server.ModalOf(slack.Ada)!;

        await Should.ThrowAsync<InvalidOperationException>(() => slack.Server.Acting.SubmitViewAsync(slack.Ada, view));
        app.Answer = (_, http) => http.Response.WriteAsJsonAsync(new { response_action = "errors", errors = new { what = "Say more." } });
        await slack.Server.Acting.SubmitViewAsync(slack.Ada, view, ("text", "short"));
        slack.Server.ModalOf(slack.Ada)!.Errors!["what"]!.GetValue<string>().ShouldBe("Say more.");

        app.Answer = (_, _) => Task.CompletedTask;
        await slack.Server.Acting.SubmitViewAsync(slack.Ada, view, ("text", "a longer text"), ("tool", "a"), ("tool", "b"));
        slack.Server.ModalOf(slack.Ada).ShouldBeNull();
        var values = PayloadOf(app).GetProperty("view").GetProperty("state").GetProperty("values");
        values.GetProperty("what").GetProperty("text").GetProperty("value").GetString().ShouldBe("a longer text");
        values.GetProperty("tools").GetProperty("tool").GetProperty("selected_options").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task A_command_is_a_form_and_its_answer_is_seen_by_who_typed_it()
    {
        await using var slack = await SlackForTests.StartAsync(Quiet);
        await using var app = await AppForTests.StartAsync(slack.Server);
        app.Answer = (_, http) => http.Response.WriteAsJsonAsync(new { text = "Here is your guide." });

        await slack.Server.Acting.CommandAsync(slack.Ada, "/nudge", "ask @bob.noyce why?");

        var form = HttpUtility.ParseQueryString(app.Requests.Single().Body);
        (form["command"], form["text"], form["channel_name"]).ShouldBe(("/nudge", $"ask <@{slack.Bob.Id}|bob.noyce> why?", "directmessage"));
        slack.Server.MessagesWith(slack.Ada).ShouldHaveSingleItem().EphemeralFor.ShouldBe(slack.Ada.Id);
    }

    [Fact]
    public async Task A_response_url_works_five_times_within_thirty_minutes()
    {
        var time = new ManualTime();
        await using var slack = await SlackForTests.StartAsync(Quiet with { Time = time });
        await using var app = await AppForTests.StartAsync(slack.Server);
        var message = await PostAsync(slack);
        await slack.Server.Acting.PressAsync(slack.Ada, message, "worked");
        var url = PayloadOf(app).GetProperty("response_url").GetString()!;

        (await StatusAsync(new { replace_original = true, text = "Thanks" })).ShouldBe(HttpStatusCode.OK);
        slack.Server.MessagesWith(slack.Ada).ShouldHaveSingleItem().Text.ShouldBe("Thanks");
        (await StatusAsync(new { delete_original = true })).ShouldBe(HttpStatusCode.OK);
        slack.Server.MessagesWith(slack.Ada).ShouldBeEmpty();
        for (var i = 0; i < 3; i++) (await StatusAsync(new { text = "more" })).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(new { text = "too many" })).ShouldBe(HttpStatusCode.NotFound);
        slack.Server.MessagesWith(slack.Ada).Count.ShouldBe(3);

        await slack.Server.Acting.CommandAsync(slack.Ada, "/nudge");
        url = HttpUtility.ParseQueryString(app.Requests.Last().Body)["response_url"]!;
        time.Move(TimeSpan.FromMinutes(30));
        (await StatusAsync(new { text = "late" })).ShouldBe(HttpStatusCode.NotFound);

        async Task<HttpStatusCode> StatusAsync(object body)
        {
            using var answer = await slack.PostAsync(url, body);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Taking_the_app_out_kills_its_token_and_tells_it()
    {
        await using var slack = await SlackForTests.StartAsync(Quiet);
        await using var app = await AppForTests.StartAsync(slack.Server);

        await slack.Server.Acting.UninstallAsync(slack.Team);

        app.Requests.Select(got => JsonDocument.Parse(got.Body).RootElement.GetProperty("event").GetProperty("type").GetString()).ShouldBe(["tokens_revoked", "app_uninstalled"]);
        (await slack.ErrorAsync("auth.test", new { })).ShouldBe("token_revoked");
    }

    [Fact]
    public async Task Mentions_homes_changes_and_shortcuts_have_their_types()
    {
        await using var slack = await SlackForTests.StartAsync(Quiet);
        await using var app = await AppForTests.StartAsync(slack.Server);
        var channel = slack.Server.World.AddChannel(slack.Team, "team", members: [slack.Ada, slack.Team.Bot!]);
        var acting = slack.Server.Acting;

        await acting.MentionAsync(slack.Ada, channel, "guide");
        await acting.OpenHomeAsync(slack.Ada);
        await acting.UserChangedAsync(slack.Ada with { Tz = "America/New_York" });
        await acting.TeamJoinAsync(slack.Server.World.AddUser(slack.Team, "Cy New"));
        await acting.ShortcutAsync(slack.Ada, slack.Server.MessagesIn(channel, slack.Ada)[0], "share_as_win");

        slack.Server.Deliveries.Where(one => one.Kind == DeliveryKind.Event).Select(one => (string?)one.Payload["event"]!["type"])
            .ShouldBe(["app_mention", "app_home_opened", "user_change", "team_join"]);
        PayloadOf(app).GetProperty("callback_id").GetString().ShouldBe("share_as_win");
    }

    static async Task<NudgeBot.FakeSlack.World.Message> PostAsync(SlackForTests slack)
    {
        var channel = await slack.DirectChannelAsync(slack.Ada);
        (await slack.CallAsync("chat.postMessage", new { channel, text = "Did it work?", blocks = JsonNode.Parse(Buttons) })).GetProperty("ok").GetBoolean().ShouldBeTrue();
        return slack.Server.MessagesWith(slack.Ada)[^1];
    }

    static JsonElement PayloadOf(AppForTests app) => JsonDocument.Parse(HttpUtility.ParseQueryString(app.Requests.Last().Body)["payload"]!).RootElement;
}
