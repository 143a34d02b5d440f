using System.Net;
using System.Text.Json.Nodes;
using NudgeBot.FakeTeams.Faults;

namespace NudgeBot.Teams.Tests.Inbound;

public sealed class RefusalTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_no_one_JSON_object_is_refused()
    {
        await using var company = await TeamsCompany.StartAsync();
        string[] bodies =
        [
            "", "{", "[]", "null", "\"message\"", """{"type":"message","type":"invoke"}""", """{"type":"message","\u0074ype":"invoke"}""",
            """{"type":"message"} {}""", """{"type":"message",}""", """{"\ud800":1}""", string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100),
        ];

        foreach (var body in bodies) (await company.PostAsync(body)).ShouldBe((400, ""), body);

        await NothingHappenedAsync(company);
    }

    [Fact]
    public async Task What_is_no_activity_is_refused()
    {
        await using var company = await TeamsCompany.StartAsync();

        foreach (var value in new[] { "null", "7", "\"\"", "[]", "\"a\\u0000b\"", "\"a\\ud800b\"" })
        {
            var (type, conversation) = (company.Words("help"), company.Words("help"));
            type["type"] = "(here)";
            conversation["conversation"]!["id"] = "(here)";
            (await company.PostAsync(Put(type, value))).ShouldBe((400, ""), value);
            (await company.PostAsync(Put(conversation, value))).ShouldBe((400, ""), value);
        }

        await NothingHappenedAsync(company);
    }

    [Fact]
    public async Task What_is_no_concern_of_ours_is_acknowledged_and_not_kept()
    {
        await using var company = await TeamsCompany.StartAsync();
        (string Field, string Value)[] odd =
        [
            ("from", "[]"), ("from", """{"id":7,"aadObjectId":{}}"""), ("from", """{"id":"29:1","aadObjectId":"\ud800"}"""),
            ("from", """{"id":"28:another-bot","aadObjectId":"5"}"""), ("from", """{"id":"29:1","role":"bot","aadObjectId":"5"}"""),
            ("text", "{}"), ("text", "\"\\udc00\""), ("text", "\"  &nbsp; \""),
            ("type", "\"messageReaction\""), ("type", "\"messageUpdate\""), ("type", "\"typing\""), ("type", "\"something-of-tomorrow\""),
            ("type", "\"installationUpdate\""), ("type", "\"conversationUpdate\""),
        ];

        foreach (var (field, value) in odd)
        {
            var activity = company.Words("help");
            activity[field] = "(here)";
            (await company.PostAsync(Put(activity, value))).ShouldBe((200, ""), value);
        }

        await NothingHappenedAsync(company);
    }

    [Fact]
    public async Task Words_are_read_whatever_else_is_malformed()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        foreach (var (field, value) in new[] { ("entities", "7"), ("entities", "[7,{\"type\":\"clientInfo\",\"timezone\":{}}]"), ("value", "7"), ("locale", "[]"), ("replyToId", "{}") })
        {
            var activity = company.Words("help", $"f:{field}{value}");
            activity[field] = "(here)";
            (await company.PostAsync(Put(activity, value))).ShouldBe((200, ""), value);
        }
        await company.IdleAsync();

        company.SaidTo(company.Anna).Count.ShouldBe(1 + 5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_long_is_refused_also_where_its_length_is_not_told(bool tellsLength)
    {
        await using var company = await TeamsCompany.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, company.Url()) { Content = new ByteArrayContent(new byte[300 * 1024]) };
        request.Content.Headers.ContentType = new("application/json");
        if (!tellsLength) request.Headers.TransferEncodingChunked = true;
        using var http = new HttpClient();

        using var response = await http.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task What_a_page_could_send_unasked_is_refused(string contentType)
    {
        await using var company = await TeamsCompany.StartAsync();

        (await company.PostAsync(company.Words("help").ToJsonString(), contentType: contentType)).Status.ShouldBe(415);
    }

    [Fact]
    public async Task Only_the_Bot_Framework_is_heard_and_only_for_this_tenant()
    {
        await using var company = await TeamsCompany.StartAsync();
        var body = company.Words("a secret").ToJsonString();
        var elsewhere = company.Words("a secret");
        elsewhere["conversation"]!["tenantId"] = "1e2d3c4b-0000-4000-8000-000000000000";
        var otherChannel = company.Words("a secret");
        otherChannel["channelId"] = "webchat";

        (await company.PostAsync(body, token: "")).ShouldBe((401, ""));
        (await company.PostAsync(body, token: "Bearer x.y.z")).ShouldBe((401, ""));
        (await company.PostAsync(body, token: $"Bearer {company.Teams.BotFramework.Token("https://elsewhere.example/")}")).ShouldBe((403, ""));
        (await company.PostAsync(elsewhere.ToJsonString())).ShouldBe((403, ""));
        (await company.PostAsync(otherChannel.ToJsonString())).ShouldBe((403, ""));

        await NothingHappenedAsync(company);
        company.Log.All.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_tenant_that_is_nobodys_workspace_is_told_so()
    {
        await using var company = await TeamsCompany.StartAsync();
        await company.QueryAsync<int>("update workspaces set external_id = 'another' where organization_id = 1");

        (await company.PostAsync(company.Words("help").ToJsonString())).ShouldBe((404, ""));

        await NothingHappenedAsync(company);
    }

    [Fact]
    public async Task Whoever_looks_whether_somebody_is_there_learns_that_and_nothing_else()
    {
        await using var company = await TeamsCompany.StartAsync();
        using var http = new HttpClient();

        foreach (var method in new[] { HttpMethod.Head, HttpMethod.Get })
        {
            using var response = await http.SendAsync(new HttpRequestMessage(method, company.Url()), Cancellation);
            ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation)).ShouldBe((200, ""));
        }
        using var other = await http.DeleteAsync(company.Url(), Cancellation);
        other.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Nothing_is_acknowledged_that_could_not_be_stored()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        await company.QueryAsync<int>("alter table inbox rename to gone");

        (await company.PostAsync(company.Words("settings").ToJsonString())).ShouldBe((503, ""));
        await company.QueryAsync<int>("alter table gone rename to inbox");
        (await company.PostAsync(company.Words("settings").ToJsonString())).ShouldBe((200, ""));
        await company.IdleAsync();

        company.SaidTo(company.Anna).Count.ShouldBe(2, "the greeting and the settings");
    }

    /// <summary>JSON that no object of .NET's could hold.</summary>
    static string Put(JsonObject activity, string value) => activity.ToJsonString().Replace("\"(here)\"", value);

    static async Task NothingHappenedAsync(TeamsCompany company)
    {
        await company.IdleAsync();
        (await company.QueryAsync<string>("select key from inbox")).ShouldBeEmpty();
        company.Teams.Calls.Where(call => call.Key != Operation.Token).Sum(call => call.Value.Calls).ShouldBe(0);
    }
}
