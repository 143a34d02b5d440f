using System.Text.Json;
using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.FakeTeams.World;
using NudgeBot.Teams.Rendering;
using Message = NudgeBot.FakeTeams.World.Message;

namespace NudgeBot.Teams.Tests.Inbound;

public sealed class InvokeTests
{
    static readonly JsonObject Anything = new() { ["action"] = "win.form", ["payload"] = "", ["from"] = new JsonObject(), ["fields"] = new JsonArray("what", "tool") };

    static string Speech(Message message, Person person) => (string)message.CardSeenBy(person)!["speak"]!;

    [Fact]
    public async Task A_press_changes_the_card_in_the_answer_and_the_message_after_it_and_what_else_is_said_follows()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        var nudge = await company.WelcomeAsync();
        var shown = await company.ShowAnnaAsync(ActionIds.Worked, nudge);

        var pressed = await company.Teams.Acting.PressAsync(company.Anna, shown, "Press");
        await company.IdleAsync();

        var answer = JsonNode.Parse(pressed.Attempts[0].Answer)!;
        ((int)answer["statusCode"]!, (string)answer["type"]!).ShouldBe((200, "application/vnd.microsoft.card.adaptive"));
        ((string)answer["value"]!["speak"]!).ShouldContain(Phrases.Say("en", "answer-worked"));
        shown.Edited.ShouldBeTrue("other devices show the message");
        Speech(shown, company.Anna).ShouldContain(Phrases.Say("en", "answer-worked"));
        company.SaidTo(company.Anna)[^1].ShouldStartWith(Phrases.Say("en", "thanks-worked"));
        (await company.QueryAsync<string>("select kind from responses")).ShouldBe(["worked"]);
    }

    [Fact]
    public async Task A_choice_is_taken_from_buttons_and_from_a_list()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        var nudge = await company.WelcomeAsync();
        Option[] options = [.. Enumerable.Range(0, 9).Select(i => new Option($"none-{i}", $"None {i}")), new Option("policy", "Policy")];
        var list = await company.ShowAsync(company.Teams.World.OpenChat(company.Anna), new Block.Select(ActionIds.BlockedWhy, nudge, "Why?", options));

        await company.Teams.Acting.PressAsync(company.Anna, list, Phrases.Say("en", "send"), ("select-0", "policy"));
        await company.IdleAsync();

        Speech(list, company.Anna).ShouldStartWith($"Noted: {Phrases.Say("en", "blocked-policy")}");
        (await company.QueryAsync<string>("select value from responses")).ShouldBe(["policy"]);
    }

    [Fact]
    public async Task A_client_that_sends_a_press_as_a_message_has_its_card_changed_too()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        var nudge = await company.WelcomeAsync();
        var shown = await company.ShowAnnaAsync(ActionIds.NotYet, nudge);
        var press = company.Activity("message");
        press["locale"] = "en-GB";
        press["replyToId"] = shown.Id;
        press["value"] = new CardAction(ActionIds.NotYet, nudge).Write();

        (await company.PostAsync(press.ToJsonString())).ShouldBe((200, ""));
        await company.IdleAsync();

        shown.Edited.ShouldBeTrue();
        Speech(shown, company.Anna).ShouldContain(Phrases.Say("en", "answer-not-yet"));
    }

    [Fact]
    public async Task What_one_presses_in_a_channel_all_see()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        await company.Teams.Acting.InstallAsync(company.Engines, company.Anna);
        await company.QueryAsync<int>("""
            insert into wins (organization_id, workspace_id, person_id, tool, what, prompt, at, due_at)
            select 1, 1, id, 'Copilot', 'Tests', '', '2027-01-10Z', '2027-01-10Z' from persons where email = 'bob@acme.com'
            """);
        var win = await company.ShowAsync(company.General, new Block.Text("A win"), new Block.Buttons(new Button(ActionIds.WinKudos, "1", "Kudos")));

        await company.Teams.Acting.PressAsync(company.Anna, win, "Kudos");
        await company.IdleAsync();

        win.Edited.ShouldBeTrue();
        win.CardSeenBy(company.Bob)!.ToJsonString().ShouldContain($"{Phrases.Say("en", "win-kudos")} 1");
        (await company.QueryAsync<string>("select kind from win_reactions")).ShouldBe(["kudos"]);
    }

    [Fact]
    public async Task A_press_without_a_new_card_says_where_the_answer_is()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        var old = await company.ShowAnnaAsync("of.long-ago", "1-1");

        await company.Teams.Acting.PressAsync(company.Anna, old, "Press");
        await company.IdleAsync();

        company.Teams.World.NoticesOf(company.Anna).ShouldBe([Phrases.Say("en", "answer-in-chat")]);
        company.SaidTo(company.Anna)[^1].ShouldBe(Phrases.Say("en", "gone"));
    }

    [Fact]
    public async Task The_same_press_delivered_to_two_replicas_counts_once()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        var nudge = await company.WelcomeAsync();
        var other = await company.StartReplicaAsync();
        var before = company.SaidTo(company.Anna).Count;
        var press = company.Invoke("adaptiveCard/action", new JsonObject { ["action"] = new JsonObject { ["data"] = new CardAction(ActionIds.Worked, nudge).Write() } }).ToJsonString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => company.PostAsync(press, replica: i % 2)));
        await Task.WhenAll(company.IdleAsync(), other.InboxWorker.WhenIdleAsync());

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Count(answer => Type(answer.Body).EndsWith("card.adaptive", StringComparison.Ordinal)).ShouldBe(1);
        answers.Count(answer => Type(answer.Body).EndsWith("activity.message", StringComparison.Ordinal)).ShouldBe(19);
        (await company.QueryAsync<string>("select kind from responses")).ShouldBe(["worked"]);
        company.SaidTo(company.Anna).Count.ShouldBe(before + 1);

        static string Type(string body) => JsonDocument.Parse(body).RootElement.GetProperty("type").GetString()!;
    }

    /// <summary>What opens a form must be a button that can: otherwise nothing opens.</summary>
    [Fact]
    public async Task Every_button_behind_which_there_is_a_form_opens_it_as_a_dialog()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        var nudge = await company.WelcomeAsync();
        var before = company.SaidTo(company.Anna).Count;
        string[] openers = [ActionIds.WinForm, ActionIds.PulseWorry, ActionIds.WhyNot, ActionIds.MinutesSaved, ActionIds.TaskChange, ActionIds.WinsLine];

        foreach (var actionId in openers)
        {
            await company.Teams.Acting.PressAsync(company.Anna, await company.ShowAnnaAsync(actionId, nudge), "Press");
            company.Teams.DialogOf(company.Anna).ShouldNotBeNull(actionId);
            company.Teams.Acting.CloseDialog(company.Anna);
        }
        await company.IdleAsync();

        company.SaidTo(company.Anna).Count.ShouldBe(before + openers.Length, "nothing but what was shown to be pressed");
    }

    [Fact]
    public async Task A_typed_command_that_needs_a_form_gives_a_button_that_opens_it_with_what_was_typed()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();

        await company.Teams.Acting.SayAsync(company.Anna, "win wrote 20 tests");
        await company.IdleAsync();
        await company.Teams.Acting.PressAsync(company.Anna, company.LastTo(company.Anna), Phrases.Say("en", "win-title"));

        var dialog = company.Teams.DialogOf(company.Anna).ShouldNotBeNull();
        dialog.Title.ShouldBe(Phrases.Say("en", "win-title"));
        dialog.Card.ToJsonString().ShouldContain("wrote 20 tests");
    }

    /// <summary>As a client presses that knows no dialogs.</summary>
    [Fact]
    public async Task A_form_that_no_dialog_can_show_is_a_card_in_the_chat_that_says_what_is_wrong_and_gives_way_to_the_thanks()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        var press = new JsonObject { ["action"] = new JsonObject { ["data"] = new CardAction(ActionIds.WinForm, "").Write() } };
        var pressed = company.Invoke("adaptiveCard/action", press);
        pressed["locale"] = "en-GB";
        (await company.PostAsync(pressed.ToJsonString())).Body.ShouldContain(Phrases.Say("en", "answer-in-chat"));
        await company.IdleAsync();
        var form = company.LastTo(company.Anna);
        var data = form.Card!["actions"]![0]!["data"]!.AsObject();

        var wrong = await SendAsync("f:2", "  ");
        var right = await SendAsync("f:3", "tests");
        var again = await SendAsync("f:4", "tests");
        await company.IdleAsync();

        wrong.ShouldContain(Phrases.Say("en", "win-what-empty"));
        wrong.ShouldContain("\"value\":\"copilot\"");
        right.ShouldContain("Thank you. It is kept");
        again.ShouldContain(Phrases.Say("en", "answered-already"));
        (await company.QueryAsync<string>("select what || ' ' || tool from wins")).ShouldBe(["tests copilot"]);
        company.LastTo(company.Anna).ShouldBe(form, "nothing is said twice");
        Speech(form, company.Anna).ShouldStartWith("Thank you. It is kept");
        (await company.QueryAsync<string>("select payload from inbox where payload is not null")).ShouldBeEmpty();

        async Task<string> SendAsync(string id, string what)
        {
            var filled = data.DeepClone().AsObject();
            (filled["field.what"], filled["field.tool"]) = (what, "copilot");
            var sent = company.Invoke("adaptiveCard/action", new JsonObject { ["action"] = new JsonObject { ["data"] = filled } });
            (sent["id"], sent["replyToId"], sent["locale"]) = (id, form.Id, "en-GB");
            return (await company.PostAsync(sent.ToJsonString())).Body;
        }
    }

    /// <summary>In a chat with a colleague, which is not the bot's: nothing may be sent there.</summary>
    [Fact]
    public async Task A_message_is_shared_as_a_win_by_its_menu_and_the_dialog_closes_with_the_thanks()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        var chat = (await company.QueryAsync<string>("select conversation from accounts"))[0];
        var before = company.SaidTo(company.Anna).Count;

        var opened = JsonNode.Parse(await DoAsync("composeExtension/fetchTask", new JsonObject
        {
            ["commandId"] = "shareAsWin",
            ["commandContext"] = "message",
            ["messagePayload"] = new JsonObject { ["body"] = new JsonObject { ["contentType"] = "html", ["content"] = "<p>An hour &amp; not a day</p>" } },
        }))!["task"]!;
        var card = opened["value"]!["card"]!["content"]!;
        var filled = card["actions"]![0]!["data"]!.DeepClone().AsObject();
        filled["field.what"] = " ";
        var wrong = await DoAsync("composeExtension/submitAction", new JsonObject { ["commandId"] = "shareAsWin", ["data"] = filled.DeepClone() });
        (filled["field.what"], filled["field.tool"]) = ("An hour & not a day", "copilot");
        var thanks = await DoAsync("composeExtension/submitAction", new JsonObject { ["commandId"] = "shareAsWin", ["data"] = filled.DeepClone() });
        var unknown = await DoAsync("composeExtension/fetchTask", new JsonObject { ["commandId"] = "somethingElse" });
        await company.IdleAsync();

        ((string)opened["type"]!).ShouldBe("continue");
        ((string)card["body"]![0]!["value"]!).ShouldBe("An hour & not a day");
        wrong.ShouldContain(Phrases.Say("en", "win-what-empty"));
        ((string)JsonNode.Parse(thanks)!["task"]!["type"]!).ShouldBe("message");
        thanks.ShouldContain("Thank you. It is kept");
        unknown.ShouldContain(Phrases.Say("en", "unknown-action"));
        (await company.QueryAsync<string>("select what from wins")).ShouldBe(["An hour & not a day"]);
        (await company.QueryAsync<string>("select conversation from accounts")).ShouldBe([chat]);
        company.SaidTo(company.Anna).Count.ShouldBe(before);

        async Task<string> DoAsync(string name, JsonObject value)
        {
            var activity = company.Invoke(name, value);
            (activity["id"], activity["locale"]) = ($"f:{Guid.NewGuid()}", "en-GB");
            activity["conversation"]!["id"] = "19:anna-and-bob@unq.gbl.spaces";
            return (await company.PostAsync(activity.ToJsonString())).Body;
        }
    }

    [Fact]
    public async Task A_dialog_shows_its_errors_with_what_was_filled_in_and_closes_when_it_is_right()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        var shown = await company.ShowAnnaAsync(ActionIds.WinForm, "");
        await company.Teams.Acting.PressAsync(company.Anna, shown, "Press");

        // Blanks are something to a client, and nothing to a reader.
        await company.Teams.Acting.SubmitDialogAsync(company.Anna, null, ("field.what", "  "), ("field.tool", "copilot"));
        var wrong = company.Teams.DialogOf(company.Anna).ShouldNotBeNull().Card.ToJsonString();
        wrong.ShouldContain(Phrases.Say("en", "win-what-empty"));
        wrong.ShouldContain("\"copilot\"");
        await company.Teams.Acting.SubmitDialogAsync(company.Anna, null, ("field.what", "tests"));
        await company.IdleAsync();

        company.Teams.DialogOf(company.Anna).ShouldBeNull();
        (await company.QueryAsync<string>("select what || ' ' || tool from wins")).ShouldBe(["tests copilot"]);
        company.SaidTo(company.Anna)[^1].ShouldStartWith("Thank you. It is kept");
        (await company.QueryAsync<string>("select payload from inbox where payload is not null")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dialog_that_is_sent_again_because_the_answer_was_late_is_kept_once()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        var other = await company.StartReplicaAsync();
        var shown = await company.ShowAnnaAsync(ActionIds.WinForm, "");
        await company.Teams.Acting.PressAsync(company.Anna, shown, "Press");
        var data = company.Teams.DialogOf(company.Anna)!.Card["actions"]![0]!["data"]!.DeepClone().AsObject();
        data["field.what"] = "tests";
        data["field.tool"] = "copilot";
        string Sent(int i)
        {
            var submit = company.Invoke("task/submit", new JsonObject { ["data"] = data.DeepClone() });
            submit["id"] = $"f:{i}";
            return submit.ToJsonString();
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => company.PostAsync(Sent(i), replica: i % 2)));
        await Task.WhenAll(company.IdleAsync(), other.InboxWorker.WhenIdleAsync());

        answers.Distinct().ShouldBe([(200, "")]);
        (await company.QueryAsync<string>("select what from wins")).ShouldBe(["tests"]);
    }

    [Fact]
    public async Task Two_wins_of_the_same_words_from_two_dialogs_are_two()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        var shown = await company.ShowAnnaAsync(ActionIds.WinForm, "");

        for (var i = 0; i < 2; i++)
        {
            await company.Teams.Acting.PressAsync(company.Anna, shown, "Press");
            await company.Teams.Acting.SubmitDialogAsync(company.Anna, null, ("field.what", "tests"), ("field.tool", "copilot"));
        }

        (await company.QueryAsync<string>("select what from wins")).ShouldBe(["tests", "tests"]);
    }

    [Fact]
    public async Task Where_there_is_no_form_any_more_the_dialog_says_so()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        var old = await company.ShowAnnaAsync(ActionIds.WhyNot, "77-1");

        await company.Teams.Acting.PressAsync(company.Anna, old, "Press");
        await company.IdleAsync();

        company.Teams.World.NoticesOf(company.Anna).ShouldBe([Phrases.Say("en", "gone")]);
        company.SaidTo(company.Anna)[^1].ShouldBe("Well?", "it was said in the dialog");
    }

    [Fact]
    public async Task A_press_of_somebody_elses_card_is_answered_with_an_error_in_shape()
    {
        await using var company = await TeamsCompany.StartAsync();
        string[] values =
        [
            "null", "7", """{"action":{}}""", """{"action":{"data":{"action":"a"}}}""", """{"action":{"data":{"action":"a","payload":"\u0000"}}}""",
            """{"action":{"data":{"action":"a","payload":"\ud800"}}}""",
        ];

        foreach (var value in values)
        {
            var (status, body) = await company.PostAsync(company.Invoke("adaptiveCard/action", "(here)").ToJsonString().Replace("\"(here)\"", value));
            (status, body).ShouldBe((200, TeamsJson.Write(CardResponse.Error(400, "BadRequest", Phrases.Say("de", "unknown-action")))), value);
        }
    }

    [Fact]
    public async Task A_dialog_that_is_none_of_ours_says_so()
    {
        await using var company = await TeamsCompany.StartAsync();
        (string Name, string Value)[] values =
        [
            ("task/fetch", "{}"), ("task/fetch", """{"data":"text"}"""), ("task/submit", """{"data":{"action":"a","payload":""}}"""),
            ("task/submit", """{"data":{"action":"a","payload":"","from":{},"fields":[7]}}"""),
        ];

        foreach (var (name, value) in values)
        {
            var (status, body) = await company.PostAsync(company.Invoke(name, "(here)").ToJsonString().Replace("\"(here)\"", value));
            (status, body).ShouldBe((200, TeamsJson.Write(Dialogs.Close(Phrases.Say("de", "unknown-action")))), value);
        }
    }

    [Fact]
    public async Task Other_invokes_are_answered_as_the_protocol_says()
    {
        await using var company = await TeamsCompany.StartAsync();
        (string? Name, int Status)[] others = [("signin/verifyState", 403), ("signin/tokenExchange", 403), ("composeExtension/query", 501), ("", 501), (null, 501)];

        foreach (var (name, status) in others)
        {
            var invoke = company.Invoke("task/fetch", new JsonObject());
            invoke["name"] = name;
            (await company.PostAsync(invoke.ToJsonString())).ShouldBe((status, ""), name);
        }
    }

    [Fact]
    public async Task What_fails_is_answered_in_shape_and_what_was_filled_in_stays_on_the_screen()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        await company.QueryAsync<int>("alter table inbox rename to gone");
        var press = new JsonObject { ["action"] = new JsonObject { ["data"] = new CardAction(ActionIds.Worked, "1-1").Write() } };

        var pressed = await company.PostAsync(company.Invoke("adaptiveCard/action", press).ToJsonString());
        var fetched = await company.PostAsync(company.Invoke("task/fetch", new JsonObject { ["data"] = Anything.DeepClone() }).ToJsonString());
        var submitted = await company.PostAsync(company.Invoke("task/submit", new JsonObject { ["data"] = Anything.DeepClone() }).ToJsonString());

        var sorry = Phrases.Say("de", "not-now");
        pressed.ShouldBe((200, TeamsJson.Write(CardResponse.Error(500, "InternalError", sorry))));
        fetched.ShouldBe((200, TeamsJson.Write(Dialogs.Close(sorry))));
        submitted.ShouldBe((503, ""));
        company.Log.All.ShouldNotContain("win.form");
    }

    [Fact]
    public async Task A_stranger_who_presses_is_told_so_too()
    {
        await using var company = await TeamsCompany.StartAsync();
        var stranger = company.Teams.World.AddPerson("Eve", "eve@elsewhere.example");
        await company.Teams.Acting.InstallAsync(stranger);
        var shown = await company.ShowAsync(company.Teams.World.OpenChat(stranger), new Block.Buttons(new Button(ActionIds.Worked, "1-1", "Press")));

        await company.Teams.Acting.PressAsync(stranger, shown, "Press");
        await company.IdleAsync();

        company.SaidTo(stranger)[^1].ShouldBe(Phrases.Say("en", "not-on-roster"));
    }
}
