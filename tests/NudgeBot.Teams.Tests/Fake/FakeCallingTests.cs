using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NudgeBot.FakeTeams.World;

namespace NudgeBot.Teams.Tests.Fake;

public class FakeCallingTests
{
    static readonly object Ask = new
    {
        type = "message",
        attachments = new[]
        {
            new
            {
                contentType = Message.CardType,
                content = new
                {
                    type = "AdaptiveCard",
                    version = "1.5",
                    body = new object[]
                    {
                        new { type = "Input.Text", id = "why", label = "Why?", maxLength = 5 },
                        new { type = "Input.ChoiceSet", id = "tools", isMultiSelect = true, choices = new[] { new { title = "A", value = "a" }, new { title = "B", value = "b" } } },
                        new { type = "Input.Toggle", id = "share", title = "Share it" },
                        new { type = "ActionSet", actions = new object[] { new { type = "Action.Execute", id = "worked", verb = "nudge.worked", title = "It worked", data = new { nudge = 42 } } } },
                    },
                    actions = new object[]
                    {
                        new { type = "Action.Submit", title = "Blocked", data = new { action = "blocked" } },
                        new { type = "Action.Submit", title = "A win", data = new { msteams = new { type = "task/fetch" }, form = "win" } },
                        new { type = "Action.OpenUrl", title = "More", url = "https://example.com/" },
                    },
                },
            },
        },
    };

    static object Dialog(string title, string card = "1.5") => new
    {
        task = new
        {
            type = "continue",
            value = new
            {
                title,
                card = new
                {
                    contentType = Message.CardType,
                    content = new
                    {
                        type = "AdaptiveCard",
                        version = card,
                        body = new object[] { new { type = "Input.Text", id = "what", label = "What?", isRequired = true } },
                        actions = new object[] { new { type = "Action.Submit", title = "Send", data = new { form = "win" } } },
                    },
                },
            },
        },
    };

    [Fact]
    public async Task What_somebody_types_is_told_with_language_zone_and_tenant()
    {
        await using var teams = await TeamsForTests.StartAsync();
        var told = await teams.Server.Acting.SayAsync(teams.Ada, "guide <b>");

        told.Taken.ShouldBeTrue();
        var activity = teams.Bot.Activities.ShouldHaveSingleItem();
        activity.GetProperty("type").GetString().ShouldBe("message");
        activity.GetProperty("text").GetString().ShouldBe("guide <b>");
        activity.GetProperty("id").GetString().ShouldBe(teams.Server.MessagesWith(teams.Ada)[0].Id);
        activity.GetProperty("from").GetProperty("aadObjectId").GetString().ShouldBe(teams.Ada.AadObjectId);
        activity.GetProperty("recipient").GetProperty("id").GetString().ShouldBe(teams.Server.Bot.Id);
        activity.GetProperty("conversation").GetProperty("conversationType").GetString().ShouldBe("personal");
        activity.GetProperty("conversation").GetProperty("id").GetString().ShouldBe(await teams.ChatAsync(teams.Ada));
        activity.GetProperty("channelData").GetProperty("tenant").GetProperty("id").GetString().ShouldBe(teams.Server.Bot.TenantId);
        activity.GetProperty("localTimezone").GetString().ShouldBe("Europe/Berlin");
        activity.GetProperty("locale").GetString().ShouldBe("en-US");
    }

    [Fact]
    public async Task A_mention_carries_the_bots_name_and_its_thread()
    {
        await using var teams = await TeamsForTests.StartAsync();
        var channel = teams.Server.World.AddChannel(teams.Team, "Wins");
        await teams.Server.Acting.MentionAsync(teams.Bob, channel, "win");
        var first = teams.Server.MessagesIn(channel)[0];
        await teams.Server.Acting.MentionAsync(teams.Ada, channel, "me too", first);

        var activities = teams.Bot.Activities.ToList();
        activities.Select(activity => activity.GetProperty("text").GetString()).ShouldBe(["<at>NudgeBot</at> win", "<at>NudgeBot</at> me too"]);
        activities.Select(activity => activity.GetProperty("conversation").GetProperty("id").GetString()).Distinct().ShouldBe([$"{channel.Id};messageid={first.Id}"]);
        activities[0].GetProperty("entities").EnumerateArray().Single(entity => entity.GetProperty("type").GetString() == "mention").GetProperty("mentioned").GetProperty("id").GetString().ShouldBe(teams.Server.Bot.Id);
        activities[0].GetProperty("channelData").GetProperty("team").GetProperty("id").GetString().ShouldBe(teams.Team.Id);
    }

    [Fact]
    public async Task Installing_and_uninstalling_are_told()
    {
        await using var teams = await TeamsForTests.StartAsync();
        await teams.Server.Acting.InstallAsync(teams.Bob);
        await teams.Server.Acting.UninstallAsync(teams.Bob);
        teams.Bot.Activities.Select(activity => $"{activity.GetProperty("type")} {(activity.TryGetProperty("action", out var action) ? action : default)}".Trim())
            .ShouldBe(["conversationUpdate", "installationUpdate add", "installationUpdate remove"]);
        teams.Bot.Activities.First().GetProperty("membersAdded")[0].GetProperty("id").GetString().ShouldBe(teams.Server.Bot.Id);
        await Should.ThrowAsync<InvalidOperationException>(() => teams.Server.Acting.SayAsync(teams.Bob, "hello?"));
    }

    [Fact]
    public async Task An_executed_action_brings_its_data_and_the_inputs_and_replaces_the_card_for_who_pressed()
    {
        await using var teams = await TeamsForTests.StartAsync();
        var asked = await teams.PostAsync(teams.Ada, Ask);
        teams.Bot.Answer = (_, http) => http.Response.WriteAsJsonAsync(new { statusCode = 200, type = Message.CardType, value = new { type = "AdaptiveCard", version = "1.5", fallbackText = "Thanks" } });
        await teams.Server.Acting.PressAsync(teams.Ada, asked, "nudge.worked", ("why", "fast"), ("tools", "a"), ("tools", "b"));

        var invoke = teams.Bot.Activities.ShouldHaveSingleItem();
        invoke.GetProperty("name").GetString().ShouldBe("adaptiveCard/action");
        invoke.GetProperty("replyToId").GetString().ShouldBe(asked.Id);
        invoke.GetProperty("value").GetProperty("trigger").GetString().ShouldBe("manual");
        invoke.GetProperty("value").GetProperty("action").GetProperty("verb").GetString().ShouldBe("nudge.worked");
        invoke.GetProperty("value").GetProperty("action").GetProperty("data").GetRawText().ShouldBe("""{"nudge":42,"why":"fast","tools":"a,b","share":"false"}""");
        asked.CardSeenBy(teams.Ada)!["fallbackText"]!.ToString().ShouldBe("Thanks");
        asked.CardSeenBy(teams.Bob)!["fallbackText"].ShouldBeNull();

        await teams.CallAsync(HttpMethod.Put, $"conversations/{asked.In.Id}/activities/{asked.Id}", Ask);
        asked.CardSeenBy(teams.Ada)!["fallbackText"].ShouldBeNull();
    }

    [Fact]
    public async Task An_executed_action_can_be_answered_by_a_notice_or_by_an_error()
    {
        await using var teams = await TeamsForTests.StartAsync();
        var asked = await teams.PostAsync(teams.Ada, Ask);
        teams.Bot.Answer = (_, http) => http.Response.WriteAsJsonAsync(new { statusCode = 200, type = "application/vnd.microsoft.activity.message", value = "Noted" });
        await teams.Server.Acting.PressAsync(teams.Ada, asked, "worked");
        teams.Bot.Answer = (_, http) => http.Response.WriteAsJsonAsync(new { statusCode = 400, type = "application/vnd.microsoft.error", value = new { code = "BadRequest", message = "Too late" } });
        await teams.Server.Acting.PressAsync(teams.Ada, asked, "It worked");
        teams.Bot.Answer = (_, http) =>
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };
        (await teams.Server.Acting.PressAsync(teams.Ada, asked, "It worked")).Taken.ShouldBeFalse();
        teams.Server.World.NoticesOf(teams.Ada).ShouldBe(["Noted", "Too late", "Unable to reach app. Please try again."]);
        asked.CardSeenBy(teams.Ada).ShouldBe(asked.Card);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"statusCode":200,"type":"text","value":"x"}""")]
    [InlineData("""{"statusCode":200,"type":"application/vnd.microsoft.card.adaptive","value":{"type":"AdaptiveCard"}}""")]
    public async Task An_answer_that_Teams_does_not_understand_is_a_mistake_of_the_bot(string answer)
    {
        await using var teams = await TeamsForTests.StartAsync();
        var asked = await teams.PostAsync(teams.Ada, Ask);
        teams.Bot.Answer = (_, http) => http.Response.WriteAsync(answer);
        await Should.ThrowAsync<InvalidOperationException>(() => teams.Server.Acting.PressAsync(teams.Ada, asked, "worked"));
    }

    [Fact]
    public async Task A_submitted_action_is_a_message_with_a_value()
    {
        await using var teams = await TeamsForTests.StartAsync();
        var asked = await teams.PostAsync(teams.Ada, Ask);
        await teams.Server.Acting.PressAsync(teams.Ada, asked, "Blocked", ("why", "law"), ("share", "true"));
        var told = teams.Bot.Activities.ShouldHaveSingleItem();
        told.GetProperty("type").GetString().ShouldBe("message");
        told.TryGetProperty("text", out _).ShouldBeFalse();
        told.GetProperty("value").GetRawText().ShouldBe("""{"action":"blocked","why":"law","share":"true"}""");
        teams.Server.MessagesWith(teams.Ada).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_client_itself_stops_what_the_card_forbids()
    {
        await using var teams = await TeamsForTests.StartAsync();
        var asked = await teams.PostAsync(teams.Ada, Ask);
        foreach (var (name, id, value) in ((string, string, string)[])[("worked", "why", "too long"), ("worked", "tools", "c"), ("worked", "nothing", "x"), ("unknown", "why", "x"), ("More", "why", "x")])
            await Should.ThrowAsync<InvalidOperationException>(() => teams.Server.Acting.PressAsync(teams.Ada, asked, name, (id, value)));
        teams.Bot.Activities.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dialog_is_opened_goes_on_and_closes()
    {
        await using var teams = await TeamsForTests.StartAsync();
        var asked = await teams.PostAsync(teams.Ada, Ask);
        teams.Bot.Answer = (_, http) => http.Response.WriteAsJsonAsync(Dialog("A win"));
        await teams.Server.Acting.PressAsync(teams.Ada, asked, "A win");
        teams.Server.DialogOf(teams.Ada)!.Title.ShouldBe("A win");
        await Should.ThrowAsync<InvalidOperationException>(() => teams.Server.Acting.SubmitDialogAsync(teams.Ada, "Send"));

        teams.Bot.Answer = (_, http) => http.Response.WriteAsJsonAsync(Dialog("Almost"));
        await teams.Server.Acting.SubmitDialogAsync(teams.Ada, null, ("what", "tests"));
        teams.Server.DialogOf(teams.Ada)!.Title.ShouldBe("Almost");
        teams.Bot.Answer = (_, http) => http.Response.WriteAsJsonAsync(new { task = new { type = "message", value = "Thanks!" } });
        await teams.Server.Acting.SubmitDialogAsync(teams.Ada, "Send", ("what", "more tests"));
        teams.Server.DialogOf(teams.Ada).ShouldBeNull();
        teams.Server.World.NoticesOf(teams.Ada).ShouldBe(["Thanks!"]);

        teams.Bot.Activities.Select(activity => activity.GetProperty("name").GetString()).ShouldBe(["task/fetch", "task/submit", "task/submit"]);
        teams.Bot.Activities.Last().GetProperty("value").GetProperty("data").GetRawText().ShouldBe("""{"form":"win","what":"more tests"}""");
    }

    [Fact]
    public async Task An_empty_answer_closes_a_dialog_and_a_wrong_one_is_a_mistake_of_the_bot()
    {
        await using var teams = await TeamsForTests.StartAsync();
        var asked = await teams.PostAsync(teams.Ada, Ask);
        teams.Bot.Answer = (_, http) => http.Response.WriteAsJsonAsync(Dialog("A win"));
        await teams.Server.Acting.PressAsync(teams.Ada, asked, "A win");
        teams.Bot.Answer = (_, _) => Task.CompletedTask;
        await teams.Server.Acting.SubmitDialogAsync(teams.Ada, "Send", ("what", "tests"));
        teams.Server.DialogOf(teams.Ada).ShouldBeNull();

        // What opens a dialog must say which.
        await Should.ThrowAsync<InvalidOperationException>(() => teams.Server.Acting.PressAsync(teams.Ada, asked, "A win"));
        teams.Bot.Answer = (_, http) => http.Response.WriteAsJsonAsync(Dialog("A win", card: "1.9"));
        await Should.ThrowAsync<InvalidOperationException>(() => teams.Server.Acting.PressAsync(teams.Ada, asked, "A win"));
    }

    [Fact]
    public async Task A_reaction_is_told_and_taken_back()
    {
        await using var teams = await TeamsForTests.StartAsync();
        var posted = await teams.PostAsync(teams.Ada, TeamsForTests.Message("Hello"));
        await teams.Server.Acting.ReactAsync(teams.Ada, posted);
        posted.Reactions.ShouldHaveSingleItem();
        await teams.Server.Acting.ReactAsync(teams.Ada, posted);
        posted.Reactions.ShouldBeEmpty();
        var told = teams.Bot.Activities.ToList();
        told[0].GetProperty("reactionsAdded")[0].GetProperty("type").GetString().ShouldBe("like");
        told[1].GetProperty("reactionsRemoved")[0].GetProperty("type").GetString().ShouldBe("like");
        told[0].GetProperty("replyToId").GetString().ShouldBe(posted.Id);
    }

    [Fact]
    public async Task Activities_come_twice_on_demand()
    {
        await using var teams = await TeamsForTests.StartAsync();
        teams.Server.Deliveries.DuplicateNext();
        var told = await teams.Server.Acting.SayAsync(teams.Ada, "one");
        await teams.Server.Acting.SayAsync(teams.Ada, "two");
        await teams.Server.Deliveries.AgainAsync(told);
        teams.Bot.Activities.Select(activity => activity.GetProperty("text").GetString()).ShouldBe(["one", "one", "two", "one"]);
        teams.Bot.Activities.Where(activity => activity.GetProperty("text").GetString() == "one").Select(activity => activity.GetProperty("id").GetString()).Distinct().Count().ShouldBe(1);
        told.Attempts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_bot_that_is_slow_or_gone_is_given_up()
    {
        await using var teams = await TeamsForTests.StartAsync(new() { TimeFactor = 10 });
        teams.Bot.Answer = (_, http) => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        (await teams.Server.Acting.SayAsync(teams.Ada, "hello?")).Attempts.ShouldHaveSingleItem().Failure.ShouldBe("timed-out");
        await teams.Bot.DisposeAsync();
        (await teams.Server.Acting.SayAsync(teams.Ada, "hello?")).Attempts.ShouldHaveSingleItem().Failure.ShouldBe("connection-failed");
    }
}
