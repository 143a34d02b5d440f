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

    [Theory]
    [InlineData("de-DE", "de")]
    [InlineData("de", "de")]
    [InlineData("en-GB", "en")]
    [InlineData("ja-JP", "en")]
    public async Task A_stranger_is_told_so_in_the_language_of_the_profile(string locale, string language)
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        company.Slack.Answers["users.info"] = User("stranger@elsewhere.com", locale: locale);

        await company.CommandAsync("/nudge", "guide", "U3");
        await company.Product.InboxWorker.WhenIdleAsync();

        company.Slack.Only("users.info").Text("include_locale").ShouldBe("true");
        company.Slack.Only("response_url").Text("text").ShouldBe(Phrases.Say(language, "not-on-roster"));
    }

    [Theory]
    [InlineData("is_restricted")]
    [InlineData("is_ultra_restricted")]
    [InlineData("is_bot")]
    [InlineData("deleted")]
    public async Task A_guest_or_bot_with_an_e_mail_of_the_roster_is_a_stranger_and_nobody_is_reached_there(string flag)
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        company.Slack.Answers["users.info"] = User("bob@acme.com", flag);

        await company.CommandAsync("/nudge", "guide", "U2");
        await company.Product.InboxWorker.WhenIdleAsync();

        company.Slack.Only("response_url").Text("text").ShouldBe(Phrases.Say("en", "not-on-roster"));
        (await company.QueryAsync<string>("select a.external_id from persons p join accounts a on a.id = p.account_id")).ShouldBe(["U1"]);
        (await company.QueryAsync<string>("select external_id from accounts where unreachable is null")).ShouldBe(["U1"]);
    }

    [Fact]
    public async Task Somebody_who_was_not_reached_and_speaks_is_looked_at_again()
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        await company.QueryAsync<int>("with gone as (update accounts set unreachable = 'deactivated' returning person_id) update persons set account_id = null, workspace_id = null from gone where id = person_id");
        company.Slack.Answers["users.info"] = User("anna@acme.com", id: "U1");

        await company.CommandAsync("/nudge", "settings", "U1");
        await company.Product.InboxWorker.WhenIdleAsync();

        company.Slack.Only("response_url").Text("text").ShouldNotBe(Phrases.Say("en", "not-on-roster"));
        (await company.QueryAsync<(string?, bool)>("select a.unreachable, p.account_id = a.id from accounts a join persons p on p.id = a.person_id")).ShouldBe([(null, true)]);
    }

    [Fact]
    public async Task A_change_of_somebody_that_Slack_does_not_tell_now_is_left_to_the_daily_reading()
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        company.Slack.Answers["users.info"] = new JsonObject { ["ok"] = false, ["error"] = "ratelimited" };

        await company.EventAsync(new JsonObject { ["type"] = "user_change", ["user"] = new JsonObject { ["id"] = "U2" } });
        await company.Product.InboxWorker.WhenIdleAsync();

        company.Slack.Only("users.info");
        (await company.QueryAsync<bool>("select handled_at is not null from inbox")).ShouldBe([true]);
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
    public async Task Options_are_what_may_follow_in_a_command()
    {
        await using var company = await SlackCompany.WithReplicaAsync();

        var body = await company.InteractAsync(new JsonObject { ["type"] = "block_suggestion", ["action_id"] = "command", ["value"] = "sno" }, "/slack/options");

        var option = JsonDocument.Parse(body).RootElement.GetProperty("options").EnumerateArray().ShouldHaveSingleItem();
        option.Text("value").ShouldBe("snooze");
        option.Text("text", "text").ShouldBe("snooze");
    }

    static JsonObject User(string email, string flag = "is_app_user", string id = "U2", string locale = "en-US") => new()
    {
        ["ok"] = true,
        ["user"] = new JsonObject { ["id"] = id, ["locale"] = locale, [flag] = flag != "is_app_user", ["profile"] = new JsonObject { ["email"] = email } },
    };
}
