using System.Text.Json.Nodes;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Slack.Tests.Sending;

public class SlackPlatformTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static async Task<SlackCompany> CompanyAsync(params string[] people)
    {
        var company = await SlackCompany.CreateAsync();
        await company.Hire(people);
        await company.Launch(CampaignYaml.Of(CampaignYaml.Welcome));
        return company;
    }

    [Fact]
    public async Task A_nudge_goes_to_the_direct_channel_which_is_kept_with_its_id_in_the_metadata()
    {
        await using var company = await CompanyAsync("anna");

        await company.At(10);

        (await company.Nudges()).ShouldBe(["anna sent"]);
        (await company.List<string>("select conversation from accounts where organization_id = @id")).ShouldBe(["DUanna"]);
        var posted = company.Slack.Calls("chat.postMessage").ShouldHaveSingleItem().Arguments;
        posted["channel"]!.ToString().ShouldBe("DUanna");
        posted["unfurl_links"]!.GetValue<bool>().ShouldBeFalse();
        posted["unfurl_media"]!.GetValue<bool>().ShouldBeFalse();
        posted["blocks"]!.AsArray().ShouldNotBeEmpty();
        posted["text"]!.ToString().ShouldNotBeEmpty();
        var id = (await company.List<string>("select enrollment_id || '-' || step_id from nudges where organization_id = @id")).Single();
        posted["metadata"]!.ToJsonString().ShouldBe(new JsonObject { ["event_type"] = "nudgebot_nudge", ["event_payload"] = new JsonObject { ["nudge"] = id } }.ToJsonString());
    }

    [Theory]
    [InlineData("conversations.open", "user_disabled", "failed no-channel")]
    [InlineData("conversations.open", "missing_scope", "failed rejected")]
    [InlineData("chat.postMessage", "channel_not_found", "failed no-channel")]
    [InlineData("chat.postMessage", "messages_tab_disabled", "failed blocked-by-user")]
    [InlineData("chat.postMessage", "msg_too_long", "failed rejected")]
    [InlineData("chat.postMessage", "ratelimited", "pending throttled")]
    [InlineData("conversations.open", "internal_error", "pending throttled")]
    [InlineData("chat.postMessage", "invalid_auth", "pending throttled")]
    public async Task What_Slack_refuses_has_its_reason(string method, string error, string outcome)
    {
        await using var company = await CompanyAsync("anna");
        company.Slack.NextSays(method, $$"""{"ok":false,"error":"{{error}}"}""");
        await company.At(10);
        (await company.Nudges()).ShouldBe([$"anna {outcome}"]);
    }

    [Fact]
    public async Task A_channel_that_is_gone_is_opened_anew_the_next_time()
    {
        await using var company = await CompanyAsync("anna");
        await company.Execute("update accounts set conversation = 'DOLD' where organization_id = @id");
        company.Slack.NextSays("chat.postMessage", """{"ok":false,"error":"channel_not_found"}""");
        await company.At(10);
        (await company.List<string?>("select conversation from accounts where organization_id = @id")).ShouldBe([null]);
    }

    [Fact]
    public async Task A_revoked_token_stops_the_workspace()
    {
        await using var company = await CompanyAsync("anna", "bob");
        company.Slack.NextSays("conversations.open", """{"ok":false,"error":"token_revoked"}""", status: 200);
        await company.At(10);
        (await company.List<bool>("select revoked_at is not null from slack_installations where organization_id = @id")).ShouldBe([true]);

        var before = company.Slack.Requests.Count;
        await company.Platform.PrepareAsync(company.Workspace.OrganizationId, company.Product.Profiles, Cancellation);
        await company.Execute("update nudges set outcome = 'pending', reason = null, decided_at = null, decided_on = null where organization_id = @id");
        await company.At(10, 1);
        company.Slack.Requests.Count.ShouldBe(before);
        (await company.Nudges()).ShouldBe(["anna failed not-installed", "bob failed not-installed"]);
    }

    [Fact]
    public async Task Channels_are_opened_ahead_for_those_who_are_waited_for_first_and_once()
    {
        await using var company = await CompanyAsync("anna", "bob");
        await company.Hire("late");
        await company.At(9, 59);
        company.Slack.Next("conversations.open", (request, context) => ScriptedSlack.WriteAsync(context,
            request.Text("users") == "Ubob" ? """{"ok":false,"error":"user_disabled"}""" : """{"ok":true,"channel":{"id":"D1"}}"""), times: 10);

        await company.Platform.PrepareAsync(company.Workspace.OrganizationId, company.Product.Profiles, Cancellation);
        await company.Platform.PrepareAsync(company.Workspace.OrganizationId, company.Product.Profiles, Cancellation);

        var opened = company.Slack.Calls("conversations.open").Select(call => call.Text("users")).ToList();
        opened.ShouldBe(["Uanna", "Ubob", "Ulate"], ignoreOrder: true);
        opened[^1].ShouldBe("Ulate");
        (await company.List<string>("select concat_ws(' ', external_id, conversation, unreachable) from accounts where organization_id = @id order by 1"))
            .ShouldBe(["Uanna D1", "Ubob user_disabled", "Ulate D1"]);
        await company.At(10);
        company.Slack.Calls("conversations.open").Count(call => call.Text("users") == "Uanna").ShouldBe(1);
    }

    [Fact]
    public async Task Opening_ahead_waits_for_its_turns_and_takes_no_more_than_a_minute_allows()
    {
        const double Times = 120;
        await using var company = await SlackCompany.CreateAsync(settings: new SlackSettings { LimitsTimes = Times });
        await company.Hire([.. Enumerable.Range(0, 60).Select(i => $"p{i:00}")]);
        var before = WireClock.System.GetTimestamp();

        await company.Platform.PrepareAsync(company.Workspace.OrganizationId, company.Product.Profiles, Cancellation);

        company.Slack.Calls("conversations.open").Count.ShouldBe(48);
        (WireClock.System.GetElapsedTime(before).TotalSeconds * Times).ShouldBeGreaterThan(55);
    }

    [Fact]
    public async Task Opening_ahead_ends_where_Slack_says_that_it_was_too_much()
    {
        await using var company = await CompanyAsync("anna", "bob", "cleo");
        company.Slack.NextSays("conversations.open", """{"ok":false,"error":"ratelimited"}""");
        await company.Platform.PrepareAsync(company.Workspace.OrganizationId, company.Product.Profiles, Cancellation);
        company.Slack.Calls("conversations.open").Count.ShouldBe(1);
    }
}
