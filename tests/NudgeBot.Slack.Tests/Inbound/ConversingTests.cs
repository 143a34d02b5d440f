using System.Text.Json;
using System.Text.Json.Nodes;
using NudgeBot.Conversations;
using NudgeBot.Inbox;
using NudgeBot.Slack.Inbound;

namespace NudgeBot.Slack.Tests.Inbound;

public sealed class ConversingTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_event_delivered_twenty_times_at_once_to_two_replicas_is_answered_once()
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        var other = company.NewProduct();
        await company.StartReplicaAsync(other);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => company.EventAsync(SlackCompany.Words("it helped a lot"), "Ev1", i % 2)));
        await Task.WhenAll(company.Product.InboxWorker.WhenIdleAsync(), other.InboxWorker.WhenIdleAsync());

        (await company.QueryAsync<string>("select value from responses")).ShouldBe(["it helped a lot"]);
        company.Slack.Only("chat.postMessage").Text("channel").ShouldBe("D1");
        (await company.QueryAsync<string?>("select payload from inbox")).ShouldBe([null]);
    }

    [Fact]
    public async Task What_a_replica_took_before_it_died_is_answered_by_another()
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        var dead = company.NewProduct();
        await dead.Inbox.TakeAsync(new InboxEntry(
            "slack", "Ev1", new(1, 1), "U1", dead.Clock.Now, StoredInput.Write(new SlackInput.Words("U1", "it helped", new SlackPlace("D1") { IsDirect = true }))));
        await company.QueryAsync<int>("update inbox set leased_until = '2000-01-01Z'");

        await company.Product.InboxWorker.RunAsync(Cancellation);

        (await company.QueryAsync<string>("select value from responses")).ShouldBe(["it helped"]);
        company.Slack.Methods.ShouldBe(["chat.postMessage"]);
    }

    [Fact]
    public async Task What_bots_say_and_what_was_edited_or_deleted_is_none_of_ours()
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        JsonObject With(string name, JsonNode value)
        {
            var words = SlackCompany.Words("help");
            words[name] = value;
            return words;
        }

        await company.EventAsync(With("bot_id", "B1"), "Ev1");
        await company.EventAsync(With("subtype", "message_changed"), "Ev2");
        await company.EventAsync(With("subtype", "message_deleted"), "Ev3");
        await company.EventAsync(With("subtype", "bot_message"), "Ev4");
        await company.EventAsync(With("channel_type", "channel"), "Ev5");
        await company.EventAsync(new JsonObject { ["type"] = "reaction_added", ["user"] = "U1" }, "Ev6");
        await company.Product.InboxWorker.WhenIdleAsync();

        company.Slack.Calls.ShouldBeEmpty();
        (await company.QueryAsync<string>("select key from inbox")).ShouldBeEmpty("nothing of it is kept");
    }

    [Fact]
    public async Task Words_in_the_thread_below_a_nudge_answer_that_nudge_and_are_thanked_for_there()
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        await company.WelcomeAsync();

        await company.EventAsync(SlackCompany.Words("help &amp; me", thread: "1800000000.000100"));
        await company.Product.InboxWorker.WhenIdleAsync();

        (await company.QueryAsync<(string, string, bool)>("select kind, value, enrollment_id is not null from responses")).ShouldBe([("text", "help & me", true)]);
        company.Slack.Only("chat.postMessage").Text("thread_ts").ShouldBe("1800000000.000100");
    }

    [Fact]
    public async Task A_mention_in_a_channel_is_a_command_and_its_answer_for_the_asker_alone()
    {
        await using var company = await SlackCompany.WithReplicaAsync();

        await company.EventAsync(new JsonObject { ["type"] = "app_mention", ["channel"] = "C1", ["user"] = "U1", ["text"] = "<@UBOT> settings" });
        await company.Product.InboxWorker.WhenIdleAsync();

        var told = company.Slack.Only("chat.postEphemeral");
        told.Text("channel").ShouldBe("C1");
        told.Text("user").ShouldBe("U1");
    }

    [Fact]
    public async Task Where_the_bot_is_no_member_the_answer_goes_to_the_direct_messages()
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        company.Slack.Answers["chat.postEphemeral"] = new JsonObject { ["ok"] = false, ["error"] = "not_in_channel" };

        await company.EventAsync(new JsonObject { ["type"] = "app_mention", ["channel"] = "C1", ["user"] = "U1", ["text"] = "<@UBOT> settings" });
        await company.Product.InboxWorker.WhenIdleAsync();

        company.Slack.Only("chat.postMessage").Text("channel").ShouldBe("U1");
    }

    [Fact]
    public async Task The_home_shows_the_settings_when_it_is_opened()
    {
        await using var company = await SlackCompany.WithReplicaAsync();

        await company.EventAsync(new JsonObject { ["type"] = "app_home_opened", ["user"] = "U1", ["tab"] = "messages" }, "Ev1");
        await company.EventAsync(new JsonObject { ["type"] = "app_home_opened", ["user"] = "U1", ["tab"] = "home" }, "Ev2");
        await company.Product.InboxWorker.WhenIdleAsync();

        var home = company.Slack.Calls.ShouldHaveSingleItem();
        home.Method.ShouldBe("views.publish");
        home.Arguments.Text("user_id").ShouldBe("U1");
        home.Arguments.At("view", "blocks")!.Value.GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task An_uninstalled_app_is_marked_and_one_that_was_installed_since_is_not()
    {
        await using var company = await SlackCompany.WithReplicaAsync();

        await company.EventAsync(new JsonObject { ["type"] = "tokens_revoked", ["tokens"] = new JsonObject { ["oauth"] = new JsonArray("U1") } }, "Ev1");
        await company.Product.InboxWorker.WhenIdleAsync();
        (await company.QueryAsync<bool>("select revoked_at is null from slack_installations")).ShouldBe([true]);

        await company.QueryAsync<int>("update slack_installations set installed_at = installed_at + interval '1 hour'");
        await company.EventAsync(new JsonObject { ["type"] = "app_uninstalled" }, "Ev2");
        await company.Product.InboxWorker.WhenIdleAsync();
        (await company.QueryAsync<bool>("select revoked_at is null from slack_installations")).ShouldBe([true]);

        await company.QueryAsync<int>("update slack_installations set installed_at = installed_at - interval '1 hour'");
        await company.EventAsync(new JsonObject { ["type"] = "app_uninstalled" }, "Ev3");
        await company.Product.InboxWorker.WhenIdleAsync();
        (await company.QueryAsync<bool>("select revoked_at is null from slack_installations")).ShouldBe([false]);
    }

    [Fact]
    public async Task A_command_is_acknowledged_with_nothing_and_answered_to_its_response_url()
    {
        await using var company = await SlackCompany.WithReplicaAsync();

        (await company.CommandAsync("/nudge", "settings")).ShouldBeEmpty();
        await company.Product.InboxWorker.WhenIdleAsync();

        var told = company.Slack.Only("response_url");
        told.Text("response_type").ShouldBe("ephemeral");
        company.Slack.Methods.ShouldBe(["response_url"]);
    }

    [Fact]
    public async Task Somebody_who_is_new_is_found_by_the_e_mail_that_Slack_has_and_hears_nudges_from_then_on()
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        company.Slack.Answers["users.info"] = User("Bob@Acme.com");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => company.CommandAsync("/nudge", "settings", "U2", $"trigger-{i}")));
        await company.Product.InboxWorker.WhenIdleAsync();

        company.Slack.Methods.Count(method => method == "response_url").ShouldBe(10);
        (await company.QueryAsync<(string, bool)>("select a.external_id, p.account_id = a.id from persons p join accounts a on a.person_id = p.id where p.email = 'bob@acme.com'"))
            .ShouldBe([("U2", true)]);
    }

    [Fact]
    public async Task Somebody_who_is_on_no_roster_is_told_so_kindly()
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        company.Slack.Answers["users.info"] = User("stranger@elsewhere.com");

        await company.CommandAsync("/nudge", "stop", "U3");
        await company.Product.InboxWorker.WhenIdleAsync();

        company.Slack.Only("response_url").Text("text").ShouldBe(Phrases.Say("en", "not-on-roster"));
        (await company.QueryAsync<string>("select external_id from accounts")).ShouldBe(["U1"]);
    }

    [Fact]
    public async Task Somebody_is_not_called_a_stranger_because_Slack_gave_no_answer()
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        company.Slack.Answers["users.info"] = new JsonObject { ["ok"] = false, ["error"] = "internal_error" };
        await company.CommandAsync("/nudge", "settings", "U2");
        await company.Product.InboxWorker.WhenIdleAsync();
        company.Slack.Methods.ShouldBe(["users.info"]);

        company.Slack.Answers["users.info"] = User("bob@acme.com");
        await company.QueryAsync<int>("update inbox set leased_until = '2000-01-01Z'");
        await company.Product.InboxWorker.RunAsync(Cancellation);

        company.Slack.Only("response_url").Text("text").ShouldNotBe(Phrases.Say("en", "not-on-roster"));
    }

    [Fact]
    public async Task An_answer_by_button_changes_the_message_that_carried_it()
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        var nudge = await company.WelcomeAsync();

        (await company.InteractAsync(SlackCompany.Press(ActionIds.Snooze, nudge))).ShouldBeEmpty();
        await company.Product.InboxWorker.WhenIdleAsync();

        company.Slack.Methods.ShouldBe(["chat.update", "chat.postMessage"]);
        company.Slack.Only("chat.update").Text("ts").ShouldBe("1800000000.000100");
        (await company.QueryAsync<string>("select kind from responses")).ShouldBe(["snooze"]);
    }

    [Fact]
    public async Task An_answer_in_a_message_that_only_one_sees_changes_it_by_its_response_url()
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        var nudge = await company.WelcomeAsync();

        await company.InteractAsync(SlackCompany.Press(ActionIds.Blocked, nudge, ephemeral: true, responseUrl: company.Slack.ResponseUrl));
        await company.Product.InboxWorker.WhenIdleAsync();

        company.Slack.Only("response_url").Is("replace_original").ShouldBeTrue();
        company.Slack.Methods.ShouldNotContain("chat.update");
    }

    [Fact]
    public async Task A_choice_brings_its_payload_and_what_was_chosen()
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        var nudge = await company.WelcomeAsync();

        await company.InteractAsync(SlackCompany.Press(ActionIds.BlockedWhy, nudge, chosen: "no-time"));
        await company.Product.InboxWorker.WhenIdleAsync();

        (await company.QueryAsync<(string, string)>("select kind, value from responses")).ShouldBe([("blocked-why", "no-time")]);
    }

    [Fact]
    public async Task Options_are_what_may_follow_in_a_command()
    {
        await using var company = await SlackCompany.WithReplicaAsync();

        var body = await company.InteractAsync(new JsonObject { ["type"] = "block_suggestion", ["action_id"] = "command", ["value"] = "sno" }, "/slack/options");

        var option = JsonDocument.Parse(body).RootElement.GetProperty("options").EnumerateArray().ShouldHaveSingleItem();
        option.Text("value").ShouldBe("snooze");
        option.Text("text", "text").ShouldBe("snooze");
    }

    static JsonObject User(string email) => new() { ["ok"] = true, ["user"] = new JsonObject { ["id"] = "U2", ["profile"] = new JsonObject { ["email"] = email } } };
}
