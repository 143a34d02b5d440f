using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NudgeBot.FakeTeams.World;

namespace NudgeBot.Teams.Tests.Fake;

public class FakeConnectorTests
{
    [Fact]
    public async Task A_chat_is_created_once_for_a_person_who_has_the_app_and_for_nobody_else()
    {
        await using var teams = await TeamsForTests.StartAsync();
        var chat = await teams.ChatAsync(teams.Ada);
        chat.ShouldStartWith("a:1");
        (await teams.ChatAsync(teams.Ada)).ShouldBe(chat);
        (await teams.CallAsync(HttpMethod.Post, "conversations", teams.Conversation(teams.Ada.AadObjectId))).ShouldBe($"201 {chat}");
        (await teams.CallAsync(HttpMethod.Post, "conversations", teams.Conversation(teams.Bob.Id))).ShouldBe("403 BotNotInConversationRoster");
        (await teams.CallAsync(HttpMethod.Post, "conversations", teams.Conversation(teams.Ada.Upn))).ShouldBe("400 BadArgument");
        (await teams.CallAsync(HttpMethod.Post, "conversations", new { tenantId = teams.Server.Bot.TenantId, members = Array.Empty<object>() })).ShouldBe("400 BadArgument");
        (await teams.CallAsync(HttpMethod.Post, "conversations", new { members = new[] { new { id = teams.Ada.Id } } })).ShouldBe("400 BadArgument");
        (await teams.CallAsync(HttpMethod.Post, "conversations", new { tenantId = "another", members = new[] { new { id = teams.Ada.Id } } })).ShouldBe("403 BotNotRegistered");
        (await teams.CallAsync(HttpMethod.Post, "conversations", new { bot = new { id = "28:another" }, tenantId = teams.Server.Bot.TenantId, members = new[] { new { id = teams.Ada.Id } } })).ShouldBe("400 BadArgument");
    }

    [Fact]
    public async Task A_message_is_sent_answered_updated_and_deleted()
    {
        await using var teams = await TeamsForTests.StartAsync();
        var sent = await teams.PostAsync(teams.Ada, TeamsForTests.Message("Grüße, Ada"));
        sent.Text.ShouldBe("Grüße, Ada");
        var path = $"conversations/{sent.In.Id}/activities/{sent.Id}";

        (await teams.CallAsync(HttpMethod.Post, path, TeamsForTests.Message("More"))).ShouldStartWith("201 ");
        teams.Server.MessagesWith(teams.Ada)[^1].ReplyToId.ShouldBe(sent.Id);
        (await teams.CallAsync(HttpMethod.Put, path, TeamsForTests.Message("Changed"))).ShouldBe($"200 {sent.Id}");
        (sent.Text, sent.Edited).ShouldBe(("Changed", true));
        (await teams.CallAsync(HttpMethod.Delete, path)).ShouldBe("200");
        teams.Server.MessagesWith(teams.Ada).ShouldHaveSingleItem().Text.ShouldBe("More");

        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete])
            (await teams.CallAsync(method, path, method == HttpMethod.Delete ? null : TeamsForTests.Message("x"))).ShouldBe("404 ActivityNotFoundInConversation");
        (await teams.CallAsync(HttpMethod.Post, "conversations/a:1unknown/activities", TeamsForTests.Message("x"))).ShouldBe("404 ConversationNotFound");
    }

    [Fact]
    public async Task What_a_person_wrote_is_not_the_bots_to_change()
    {
        await using var teams = await TeamsForTests.StartAsync();
        await teams.Server.Acting.SayAsync(teams.Ada, "mine");
        var hers = teams.Server.MessagesWith(teams.Ada)[0];
        (await teams.CallAsync(HttpMethod.Put, $"conversations/{hers.In.Id}/activities/{hers.Id}", TeamsForTests.Message("x"))).ShouldBe("403 NotEnoughPermissions");
        (await teams.CallAsync(HttpMethod.Delete, $"conversations/{hers.In.Id}/activities/{hers.Id}")).ShouldBe("403 NotEnoughPermissions");
    }

    [Fact]
    public async Task Whoever_blocks_the_bot_or_takes_the_app_away_gets_nothing_more()
    {
        await using var teams = await TeamsForTests.StartAsync();
        var chat = await teams.ChatAsync(teams.Ada);
        teams.Ada.Blocks = true;
        (await teams.CallAsync(HttpMethod.Post, $"conversations/{chat}/activities", TeamsForTests.Message("x"))).ShouldBe("403 MessageWritesBlocked");
        teams.Ada.Blocks = false;
        await teams.Server.Acting.UninstallAsync(teams.Ada);
        (await teams.CallAsync(HttpMethod.Post, $"conversations/{chat}/activities", TeamsForTests.Message("x"))).ShouldBe("403 MessageWritesBlocked");
        teams.Server.MessagesWith(teams.Ada).ShouldBeEmpty();

        await teams.Server.Acting.InstallAsync(teams.Ada);
        (await teams.ChatAsync(teams.Ada)).ShouldBe(chat);
        (await teams.CallAsync(HttpMethod.Post, $"conversations/{chat}/activities", TeamsForTests.Message("x"))).ShouldStartWith("201 ");
    }

    [Fact]
    public async Task A_channel_has_threads()
    {
        await using var teams = await TeamsForTests.StartAsync();
        var channel = teams.Server.World.AddChannel(teams.Team, "Wins");
        using var created = await teams.SendAsync(HttpMethod.Post, "conversations", new { isGroup = true, channelData = new { channel = new { id = channel.Id } }, activity = TeamsForTests.Message("A thread") });
        var answer = await created.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var first = answer.GetProperty("activityId").GetString()!;
        answer.GetProperty("id").GetString().ShouldBe($"{channel.Id};messageid={first}");

        (await teams.CallAsync(HttpMethod.Post, $"conversations/{channel.Id};messageid={first}/activities", TeamsForTests.Message("In it"))).ShouldStartWith("201 ");
        (await teams.CallAsync(HttpMethod.Post, $"conversations/{channel.Id}/activities", TeamsForTests.Message("Another"))).ShouldStartWith("201 ");
        (await teams.CallAsync(HttpMethod.Post, $"conversations/{channel.Id};messageid=1/activities", TeamsForTests.Message("Nowhere"))).ShouldBe("404 ConversationNotFound");
        var messages = teams.Server.MessagesIn(channel);
        messages.Select(message => message.Text).ShouldBe(["A thread", "In it", "Another"]);
        messages.Select(message => message.ThreadId).ShouldBe([first, first, messages[2].Id]);

        await teams.Server.Acting.UninstallAsync(teams.Team, teams.Ada);
        (await teams.CallAsync(HttpMethod.Post, $"conversations/{channel.Id}/activities", TeamsForTests.Message("x"))).ShouldBe("403 BotNotInConversationRoster");
    }

    [Fact]
    public async Task Members_and_channels_are_listed_page_by_page()
    {
        await using var teams = await TeamsForTests.StartAsync();
        var wins = teams.Server.World.AddChannel(teams.Team, "Wins");
        using var all = await teams.SendAsync(HttpMethod.Get, $"conversations/{teams.Team.Id}/members");
        var members = (await all.Content.ReadFromJsonAsync<JsonArray>(TestContext.Current.CancellationToken))!;
        members.Select(member => (string?)member!["userRole"]).ShouldBe(["user", "guest"]);
        members[0]!["email"]!.ToString().ShouldBe("ada@acme.example");
        members[0]!["objectId"]!.ToString().ShouldBe(teams.Ada.AadObjectId);

        List<string> names = [];
        for (var token = ""; token is not null;)
        {
            using var answer = await teams.SendAsync(HttpMethod.Get, $"conversations/{wins.Id}/pagedmembers?pageSize=1{token}");
            var page = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
            names.Add(page!["members"]!.AsArray().Single()!["name"]!.ToString());
            token = page["continuationToken"] is { } next ? $"&continuationToken={next}" : null;
        }
        names.ShouldBe(["Ada Lovelace", "Bob Noyce"]);
        (await teams.CallAsync(HttpMethod.Get, $"conversations/{wins.Id}/pagedmembers?pageSize=0")).ShouldBe("400 BadArgument");
        (await teams.CallAsync(HttpMethod.Get, $"conversations/{wins.Id}/pagedmembers?continuationToken=x")).ShouldBe("400 BadArgument");

        var chat = await teams.ChatAsync(teams.Ada);
        (await teams.CallAsync(HttpMethod.Get, $"conversations/{chat}/members/{teams.Ada.AadObjectId}")).ShouldBe($"200 {teams.Ada.Id}");
        (await teams.CallAsync(HttpMethod.Get, $"conversations/{chat}/members/{teams.Bob.Id}")).ShouldBe("404 MemberNotFoundInConversation");
        using var channels = await teams.SendAsync(HttpMethod.Get, $"teams/{teams.Team.Id}/conversations");
        (await channels.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["conversations"]!.AsArray().Select(channel => (string?)channel!["name"]).ShouldBe([null, "Wins"]);
        (await teams.CallAsync(HttpMethod.Get, $"teams/{teams.Team.Id}")).ShouldBe($"200 {teams.Team.Id}");
        await teams.Server.Acting.UninstallAsync(teams.Team, teams.Ada);
        (await teams.CallAsync(HttpMethod.Get, $"conversations/{wins.Id}/members")).ShouldBe("403 BotNotInConversationRoster");
    }

    [Theory]
    [InlineData("""{}""", "400 BadArgument")]
    [InlineData("""{"type":"message"}""", "400 BadArgument")]
    [InlineData("""{"type":"message","text":""}""", "400 BadArgument")]
    [InlineData("""{"type":"message","text":5}""", "400 BadArgument")]
    [InlineData("""{"type":"event","text":"x"}""", "400 BadArgument")]
    [InlineData("""{"type":"message","text":"x","textFormat":"html"}""", "400 BadArgument")]
    [InlineData("""{"type":"message","attachments":{}}""", "400 BadArgument")]
    [InlineData("""{"type":"message","attachments":[null]}""", "400 BadArgument")]
    [InlineData("""{"type":"message","attachments":[{"content":{}}]}""", "400 BadArgument")]
    [InlineData("""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive"}]}""", "400 BadArgument")]
    [InlineData("""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":"{}"}]}""", "400 BadArgument")]
    [InlineData("""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard"}}]}""", "400 BadArgument")]
    [InlineData("""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"version":"1.5"}}]}""", "400 BadArgument")]
    [InlineData("""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.6"}}]}""", "400 BadArgument")]
    [InlineData("""[]""", "400 BadSyntax")]
    [InlineData("""{"type":""", "400 BadSyntax")]
    [InlineData("", "400 BadSyntax")]
    public async Task A_message_of_the_wrong_form_is_refused(string body, string refusal)
    {
        await using var teams = await TeamsForTests.StartAsync();
        var chat = await teams.ChatAsync(teams.Ada);
        (await teams.CallAsync(HttpMethod.Post, $"conversations/{chat}/activities", new StringContent(body, Encoding.UTF8, "application/json"))).ShouldBe(refusal);
        (await teams.CallAsync(HttpMethod.Post, $"conversations/{chat}/activities", new StringContent(body, Encoding.UTF8, "text/plain"))).ShouldBe("415 UnsupportedMediaType");
        teams.Server.MessagesWith(teams.Ada).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_has_a_largest_size()
    {
        await using var teams = await TeamsForTests.StartAsync(new() { LargestActivity = 1000 });
        var chat = await teams.ChatAsync(teams.Ada);
        var frame = """{"type":"message","text":""}""".Length;
        string Body(int size) => $$"""{"type":"message","text":"{{new string('x', size - frame)}}"}""";
        (await teams.CallAsync(HttpMethod.Post, $"conversations/{chat}/activities", new StringContent(Body(1000), Encoding.UTF8, "application/json"))).ShouldStartWith("201 ");
        (await teams.CallAsync(HttpMethod.Post, $"conversations/{chat}/activities", new StringContent(Body(1001), Encoding.UTF8, "application/json"))).ShouldBe("413 MessageSizeTooBig");
    }

    [Fact]
    public async Task A_sign_of_typing_leaves_nothing()
    {
        await using var teams = await TeamsForTests.StartAsync();
        var chat = await teams.ChatAsync(teams.Ada);
        (await teams.CallAsync(HttpMethod.Post, $"conversations/{chat}/activities", new { type = "typing" })).ShouldStartWith("201 ");
        teams.Server.MessagesWith(teams.Ada).ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_move_the_old_service_url_knows_nothing_and_activities_name_the_new_one()
    {
        await using var teams = await TeamsForTests.StartAsync();
        var chat = await teams.ChatAsync(teams.Ada);
        var before = teams.Server.ServiceUrl;
        teams.Server.MoveTo("amer");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", teams.Token);
        using (var gone = await http.PostAsJsonAsync(new Uri(before, $"v3/conversations/{chat}/activities"), TeamsForTests.Message("x"), TestContext.Current.CancellationToken)) gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await teams.CallAsync(HttpMethod.Post, $"conversations/{chat}/activities", TeamsForTests.Message("x"))).ShouldStartWith("201 ");
        await teams.Server.Acting.SayAsync(teams.Ada, "hello");
        teams.Bot.Activities.Last().GetProperty("serviceUrl").GetString().ShouldBe(teams.Server.ServiceUrl.ToString());
        teams.Server.ServiceUrl.ToString().ShouldEndWith("/amer/");
    }
}
