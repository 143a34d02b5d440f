using System.Text.Json;
using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.Slack.Tests.Fake;

public class FakeWebApiTests
{
    [Fact]
    public async Task A_message_posted_as_a_form_is_found_in_the_history_with_its_metadata()
    {
        await using var slack = await SlackForTests.StartAsync();
        var channel = await slack.DirectChannelAsync(slack.Ada);

        var posted = await slack.FormAsync("chat.postMessage", new()
        {
            ["token"] = slack.Token,
            ["channel"] = channel,
            ["text"] = "Hello & welcome",
            ["blocks"] = """[{"type":"section","text":{"type":"mrkdwn","text":"*Hello*"}}]""",
            ["metadata"] = """{"event_type":"nudge","event_payload":{"id":"n-1"}}""",
        });

        posted.GetProperty("ok").GetBoolean().ShouldBeTrue();
        posted.GetProperty("message").GetProperty("blocks")[0].GetProperty("block_id").GetString().ShouldNotBeNullOrEmpty();
        var with = await slack.CallAsync("conversations.history", new { channel, include_all_metadata = true });
        with.GetProperty("messages")[0].GetProperty("metadata").GetProperty("event_payload").GetProperty("id").GetString().ShouldBe("n-1");
        with.GetProperty("messages")[0].GetProperty("ts").GetString().ShouldBe(posted.GetProperty("ts").GetString());
        var without = await slack.CallAsync("conversations.history", new { channel });
        without.GetProperty("messages")[0].TryGetProperty("metadata", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task History_is_paged_newest_first_and_bounded_by_oldest_and_latest()
    {
        await using var slack = await SlackForTests.StartAsync(new() { Limits = new() { Enforced = false } });
        var channel = await slack.DirectChannelAsync(slack.Ada);
        List<string> all = [];
        for (var i = 0; i < 7; i++) all.Add((await slack.CallAsync("chat.postMessage", new { channel, text = $"{i}" })).GetProperty("ts").GetString()!);

        List<string?> seen = [];
        string? cursor = null;
        do
        {
            var page = await slack.CallAsync("conversations.history", new { channel, limit = 3, cursor });
            seen.AddRange(Timestamps(page));
            cursor = page.TryGetProperty("response_metadata", out var metadata) ? metadata.GetProperty("next_cursor").GetString() : null;
            page.GetProperty("has_more").GetBoolean().ShouldBe(cursor is not null);
        }
        while (cursor is not null);

        seen.ShouldBe(Enumerable.Reverse(all));
        Timestamps(await slack.CallAsync("conversations.history", new { channel, oldest = all[2], latest = all[4] })).ShouldBe([all[3]]);
        Timestamps(await slack.CallAsync("conversations.history", new { channel, oldest = all[2], latest = all[4], inclusive = true })).ShouldBe([all[4], all[3], all[2]]);
    }

    [Fact]
    public async Task Replies_stand_in_their_thread_only()
    {
        await using var slack = await SlackForTests.StartAsync();
        var channel = await slack.DirectChannelAsync(slack.Ada);
        var root = (await slack.CallAsync("chat.postMessage", new { channel, text = "root" })).GetProperty("ts").GetString();
        await slack.CallAsync("chat.postMessage", new { channel, text = "reply", thread_ts = root });

        var history = await slack.CallAsync("conversations.history", new { channel });
        Timestamps(history).ShouldBe([root]);
        history.GetProperty("messages")[0].GetProperty("reply_count").GetInt32().ShouldBe(1);
        (await slack.CallAsync("conversations.replies", new { channel, ts = root })).GetProperty("messages").GetArrayLength().ShouldBe(2);
        (await slack.ErrorAsync("conversations.replies", new { channel, ts = "1.000001" })).ShouldBe("thread_not_found");
    }

    [Fact]
    public async Task Users_are_listed_by_cursor_and_looked_up_by_email_without_regard_to_case()
    {
        await using var slack = await SlackForTests.StartAsync();
        for (var i = 0; i < 5; i++) slack.Server.World.AddUser(slack.Team, $"Person {i}");

        List<string?> seen = [];
        var cursor = "";
        do
        {
            var page = await slack.CallAsync("users.list", new { limit = 3, cursor });
            seen.AddRange(page.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("id").GetString()));
            cursor = page.GetProperty("response_metadata").GetProperty("next_cursor").GetString()!;
        }
        while (cursor.Length > 0);

        seen.ShouldBe(slack.Team.Users.Select(user => user.Id));
        (await slack.CallAsync("users.lookupByEmail", new { email = "ADA@acme.example" })).GetProperty("user").GetProperty("id").GetString().ShouldBe(slack.Ada.Id);
        (await slack.ErrorAsync("users.lookupByEmail", new { email = "nobody@acme.example" })).ShouldBe("users_not_found");
        (await slack.ErrorAsync("users.list", new { cursor = "nonsense" })).ShouldBe("invalid_cursor");
    }

    [Fact]
    public async Task Somebody_s_zone_and_locale_come_with_their_info()
    {
        await using var slack = await SlackForTests.StartAsync(new() { Time = new ManualTime() });
        var user = slack.Server.World.AddUser(slack.Team, new User { Id = "", TeamId = "", Name = "kim", RealName = "Kim", Tz = "Asia/Seoul", Locale = "ko-KR" });

        var info = (await slack.CallAsync("users.info", new { user = user.Id, include_locale = true })).GetProperty("user");

        info.GetProperty("tz").GetString().ShouldBe("Asia/Seoul");
        info.GetProperty("tz_offset").GetInt32().ShouldBe(9 * 3600);
        info.GetProperty("locale").GetString().ShouldBe("ko-KR");
        (await slack.CallAsync("users.info", new { user = user.Id })).GetProperty("user").TryGetProperty("locale", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Refuses_in_slack_s_words()
    {
        await using var slack = await SlackForTests.StartAsync(new() { Limits = new() { Enforced = false } });
        var world = slack.Server.World;
        var gone = world.AddUser(slack.Team, new User { Id = "", TeamId = "", Name = "gone", RealName = "Gone", Deleted = true });
        var channel = await slack.DirectChannelAsync(slack.Ada);
        var elsewhere = world.AddChannel(slack.Team, "elsewhere");
        var secret = world.AddChannel(slack.Team, "secret", ChannelKind.Private, slack.Ada);
        var old = world.AddChannel(slack.Team, "old", ChannelKind.Public, slack.Team.Bot!);
        old.IsArchived = true;

        (await slack.ErrorAsync("conversations.open", new { users = "U404" })).ShouldBe("user_not_found");
        (await slack.ErrorAsync("conversations.open", new { users = gone.Id })).ShouldBe("user_disabled");
        (await slack.ErrorAsync("conversations.open", new { users = slack.Team.Bot!.Id })).ShouldBe("cannot_dm_bot");
        (await slack.ErrorAsync("conversations.open", new { channel = elsewhere.Id })).ShouldBe("method_not_supported_for_channel_type");
        (await slack.ErrorAsync("conversations.join", new { channel })).ShouldBe("method_not_supported_for_channel_type");
        (await slack.ErrorAsync("chat.postMessage", new { channel = "C404", text = "x" })).ShouldBe("channel_not_found");
        (await slack.ErrorAsync("chat.postMessage", new { channel = secret.Id, text = "x" })).ShouldBe("channel_not_found");
        (await slack.ErrorAsync("chat.postMessage", new { channel = elsewhere.Id, text = "x" })).ShouldBe("not_in_channel");
        (await slack.ErrorAsync("chat.postMessage", new { channel = old.Id, text = "x" })).ShouldBe("is_archived");
        (await slack.ErrorAsync("chat.postMessage", new { channel })).ShouldBe("no_text");
        (await slack.ErrorAsync("chat.postMessage", new { channel, text = new string('x', 40_001) })).ShouldBe("msg_too_long");
        (await slack.ErrorAsync("chat.update", new { channel, ts = "1.000001", text = "x" })).ShouldBe("message_not_found");
        (await slack.ErrorAsync("nothing.here", new { })).ShouldBe("unknown_method");
    }

    [Fact]
    public async Task A_token_must_be_there_known_alive_and_have_the_scope()
    {
        await using var slack = await SlackForTests.StartAsync();
        (await slack.FormAsync("auth.test", [])).GetProperty("error").GetString().ShouldBe("not_authed");

        var narrow = slack.Server.World.Install(slack.Team, ["chat:write", "users:read"]);
        slack.Token = narrow.Value;
        var refused = await slack.CallAsync("conversations.open", new { users = slack.Ada.Id });
        refused.GetProperty("error").GetString().ShouldBe("missing_scope");
        refused.GetProperty("needed").GetString().ShouldBe("im:write");
        refused.GetProperty("provided").GetString().ShouldBe("chat:write,users:read");
        (await slack.CallAsync("users.info", new { user = slack.Ada.Id })).GetProperty("user").GetProperty("profile").TryGetProperty("email", out _).ShouldBeFalse();

        (await slack.CallAsync("auth.revoke", new { })).GetProperty("revoked").GetBoolean().ShouldBeTrue();
        (await slack.ErrorAsync("auth.test", new { })).ShouldBe("token_revoked");
        slack.Token = "xoxb-unknown";
        (await slack.ErrorAsync("auth.test", new { })).ShouldBe("invalid_auth");
    }

    [Fact]
    public async Task A_rotating_token_expires_and_its_refresh_token_works_once()
    {
        var time = new ManualTime();
        await using var slack = await SlackForTests.StartAsync(new() { Time = time, App = new FakeApp { RotatesTokens = true } });
        var app = slack.Server.App;
        Dictionary<string, string> Secrets(params (string, string)[] more) =>
            new(more.Select(one => KeyValuePair.Create(one.Item1, one.Item2)).Append(new("client_id", app.ClientId)).Append(new("client_secret", app.ClientSecret)));

        var code = slack.Server.World.GrantCode(slack.Team, slack.Ada);
        var installed = await slack.FormAsync("oauth.v2.access", Secrets(("code", code)));
        installed.GetProperty("expires_in").GetInt32().ShouldBe(43_200);
        installed.GetProperty("authed_user").GetProperty("id").GetString().ShouldBe(slack.Ada.Id);
        (await slack.FormAsync("oauth.v2.access", Secrets(("code", code)))).GetProperty("error").GetString().ShouldBe("invalid_code");

        slack.Token = installed.GetProperty("access_token").GetString()!;
        (await slack.CallAsync("auth.test", new { })).GetProperty("ok").GetBoolean().ShouldBeTrue();
        time.Move(TimeSpan.FromHours(12));
        (await slack.ErrorAsync("auth.test", new { })).ShouldBe("token_expired");

        var refresh = Secrets(("grant_type", "refresh_token"), ("refresh_token", installed.GetProperty("refresh_token").GetString()!));
        slack.Token = (await slack.FormAsync("oauth.v2.access", refresh)).GetProperty("access_token").GetString()!;
        (await slack.CallAsync("auth.test", new { })).GetProperty("ok").GetBoolean().ShouldBeTrue();
        (await slack.FormAsync("oauth.v2.access", refresh)).GetProperty("error").GetString().ShouldBe("invalid_refresh_token");
    }

    [Fact]
    public async Task Only_its_own_messages_can_be_changed_and_deleted_by_the_app()
    {
        await using var slack = await SlackForTests.StartAsync();
        var channel = await slack.DirectChannelAsync(slack.Ada);
        var ts = (await slack.CallAsync("chat.postMessage", new { channel, text = "first" })).GetProperty("ts").GetString();

        (await slack.CallAsync("chat.update", new { channel, ts, text = "second" })).GetProperty("text").GetString().ShouldBe("second");
        slack.Server.MessagesWith(slack.Ada).ShouldHaveSingleItem().Text.ShouldBe("second");
        (await slack.CallAsync("chat.delete", new { channel, ts })).GetProperty("ok").GetBoolean().ShouldBeTrue();
        slack.Server.MessagesWith(slack.Ada).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_ephemeral_message_is_seen_by_its_person_and_in_no_history()
    {
        await using var slack = await SlackForTests.StartAsync();
        var channel = slack.Server.World.AddChannel(slack.Team, "team", ChannelKind.Public, slack.Ada, slack.Bob, slack.Team.Bot!);

        (await slack.CallAsync("chat.postEphemeral", new { channel = channel.Id, user = slack.Ada.Id, text = "psst" })).GetProperty("ok").GetBoolean().ShouldBeTrue();

        slack.Server.MessagesIn(channel, slack.Ada).Count.ShouldBe(1);
        slack.Server.MessagesIn(channel, slack.Bob).ShouldBeEmpty();
        (await slack.CallAsync("conversations.history", new { channel = channel.Id })).GetProperty("messages").GetArrayLength().ShouldBe(0);
    }

    static List<string?> Timestamps(JsonElement page) => [.. page.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("ts").GetString())];
}
