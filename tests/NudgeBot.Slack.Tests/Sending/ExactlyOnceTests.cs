using Microsoft.AspNetCore.Http;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Slack.Tests.Sending;

/// <summary>One message a nudge, whatever goes wrong between here and Slack, and an outcome that says so.</summary>
public class ExactlyOnceTests
{
    static readonly TimeSpan Impatient = TimeSpan.FromMilliseconds(500);

    static async Task<SlackCompany> CompanyAsync(TimeSpan? patience = null)
    {
        var company = await SlackCompany.CreateAsync(patience);
        await company.Hire("anna");
        await company.Launch(CampaignYaml.Of(CampaignYaml.Welcome));
        return company;
    }

    /// <summary>Ten o'clock, when the message is due and something happens to it; then it is asked for.</summary>
    static async Task DoubtAsync(SlackCompany company)
    {
        await company.At(10);
        (await company.Nudges()).ShouldHaveSingleItem().ShouldEndWith(" in-doubt");
        await company.At(10, 1);
        company.Slack.Calls("chat.postMessage").Count.ShouldBe(1, "nobody sends it again before it was asked for");
        await company.At(10, 3);
        await company.Sweep();
    }

    static async Task IsThereOnceAsync(SlackCompany company, int posted)
    {
        (await company.Nudges()).ShouldBe(["anna sent"]);
        var message = company.Slack.Kept.ShouldHaveSingleItem();
        (await company.List<string>("select message_id from nudges where organization_id = @id")).ShouldBe([message.Ts]);
        company.Slack.Calls("chat.postMessage").Count.ShouldBe(posted);
        (await company.List<bool>("select attempted or leased_until is not null from nudges where organization_id = @id")).ShouldBe([false]);
        (await company.List<string>("select state from enrollments where organization_id = @id")).ShouldBe(["done"]);
    }

    [Fact]
    public async Task No_answer_after_Slack_took_it()
    {
        await using var company = await CompanyAsync(Impatient);
        company.Slack.Next("chat.postMessage", (request, _) =>
        {
            company.Slack.Keep(request);
            return company.Slack.NeverAnswerAsync();
        });
        await DoubtAsync(company);
        await IsThereOnceAsync(company, posted: 1);
    }

    [Fact]
    public async Task No_answer_and_Slack_did_not_take_it()
    {
        await using var company = await CompanyAsync(Impatient);
        company.Slack.Next("chat.postMessage", (_, _) => company.Slack.NeverAnswerAsync());
        await DoubtAsync(company);
        await IsThereOnceAsync(company, posted: 2);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task A_connection_that_breaks_off_before_the_answer(bool taken, int posted)
    {
        await using var company = await CompanyAsync();
        company.Slack.Next("chat.postMessage", (request, context) =>
        {
            if (taken) company.Slack.Keep(request);
            context.Abort();
            return Task.CompletedTask;
        });
        await DoubtAsync(company);
        await IsThereOnceAsync(company, posted);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task A_servers_error(bool taken, int posted)
    {
        await using var company = await CompanyAsync();
        company.Slack.Next("chat.postMessage", (request, context) =>
        {
            if (taken) company.Slack.Keep(request);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return ScriptedSlack.WriteAsync(context, "<html>");
        });
        await DoubtAsync(company);
        await IsThereOnceAsync(company, posted);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task A_crash_between_sending_and_recording(bool taken, int posted)
    {
        await using var company = await CompanyAsync();
        await company.At(9, 59);
        // What a dispatcher that died leaves behind: a lease that ran out, and its message.
        await company.Execute("update nudges set leased_until = clock_timestamp() - interval '1 second', attempted = true where organization_id = @id");
        await company.Execute("update accounts set conversation = 'D' || external_id where organization_id = @id");
        var id = (await company.List<string>("select enrollment_id || '-' || step_id from nudges where organization_id = @id")).Single();
        if (taken) company.Slack.Keep("DUanna", NudgeBot.Slack.Rendering.NudgeMetadata.Of(id));

        await company.At(10);
        await company.Sweep();
        (await company.Nudges()).ShouldBe(["anna pending in-doubt"]);
        company.Slack.Calls("chat.postMessage").ShouldBeEmpty();
        await company.At(10, 3);
        await company.Sweep();

        await IsThereOnceAsync(company, posted - 1);
    }

    [Fact]
    public async Task A_message_that_was_never_posted_because_there_was_no_channel_yet()
    {
        await using var company = await CompanyAsync();
        await company.At(9, 59);
        await company.Execute("update nudges set leased_until = clock_timestamp() - interval '1 second', attempted = true where organization_id = @id");
        await company.Sweep();
        await company.At(10, 3);
        await company.Sweep();

        company.Slack.Calls("conversations.history").ShouldBeEmpty();
        await IsThereOnceAsync(company, posted: 1);
    }

    [Fact]
    public async Task The_history_is_longer_than_a_page()
    {
        await using var company = await CompanyAsync();
        company.Slack.PageSize = 15;
        company.Slack.Next("chat.postMessage", (request, context) =>
        {
            company.Slack.Keep(request);
            for (var other = 0; other < 40; other++) company.Slack.Keep("DUanna");
            context.Abort();
            return Task.CompletedTask;
        });
        await DoubtAsync(company);

        company.Slack.Calls("conversations.history").Count.ShouldBe(3);
        (await company.Nudges()).ShouldBe(["anna sent"]);
        company.Slack.Calls("chat.postMessage").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Others_messages_with_metadata_are_not_taken_for_it()
    {
        await using var company = await CompanyAsync();
        company.Slack.Next("chat.postMessage", (_, context) =>
        {
            company.Slack.Keep("DUanna", NudgeBot.Slack.Rendering.NudgeMetadata.Of("1-999"));
            company.Slack.Keep("DUanna", new System.Text.Json.Nodes.JsonObject { ["event_type"] = "other", ["event_payload"] = "text" });
            context.Abort();
            return Task.CompletedTask;
        });
        await DoubtAsync(company);

        (await company.Nudges()).ShouldBe(["anna sent"]);
        company.Slack.Calls("chat.postMessage").Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_first_of_two_copies_is_enough()
    {
        await using var company = await CompanyAsync();
        company.Slack.Next("chat.postMessage", (request, context) =>
        {
            company.Slack.Keep(request);
            company.Slack.Keep(request);
            context.Abort();
            return Task.CompletedTask;
        });
        await DoubtAsync(company);

        (await company.Nudges()).ShouldBe(["anna sent"]);
        company.Slack.Calls("chat.postMessage").Count.ShouldBe(1);
    }

    [Fact]
    public async Task History_that_cannot_be_read_now_is_read_later_and_nothing_is_sent_meanwhile()
    {
        await using var company = await CompanyAsync();
        company.Slack.Script = async (request, context) =>
        {
            if (request.Method == "chat.postMessage" && company.Slack.Calls("chat.postMessage").Count == 1)
            {
                company.Slack.Keep(request);
                context.Abort();
                return true;
            }
            if (request.Method != "conversations.history" || company.Slack.Calls("conversations.history").Count > 1) return false;
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "1";
            await ScriptedSlack.WriteAsync(context, """{"ok":false,"error":"ratelimited"}""");
            return true;
        };
        await DoubtAsync(company);
        (await company.Nudges()).ShouldBe(["anna pending no-answer in-doubt"]);

        await company.At(10, 5);
        await company.Execute("delete from rate_budgets where organization_id = @id");
        await company.Sweep();
        await IsThereOnceAsync(company, posted: 1);
    }

    [Fact]
    public async Task What_could_not_be_settled_until_its_last_chance_is_unknown()
    {
        await using var company = await CompanyAsync();
        company.Slack.Next("chat.postMessage", (_, context) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await company.At(10);
        company.Slack.NextSays("conversations.history", """{"ok":false,"error":"ratelimited"}""", status: 429, retryAfter: "30");
        await company.At(17, day: 12);
        await company.Sweep();

        (await company.Nudges()).ShouldBe(["anna unknown no-answer"]);
        await company.At(10, day: 13);
        await company.Sweep();
        company.Slack.Calls("chat.postMessage").Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_certainly_not_sent_until_its_last_chance_is_skipped()
    {
        await using var company = await CompanyAsync();
        company.Slack.Next("chat.postMessage", (_, context) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await company.At(10);
        await company.At(17, day: 12);
        await company.Sweep();

        (await company.Nudges()).ShouldBe(["anna skipped expired"]);
        company.Slack.Calls("chat.postMessage").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_the_right_to_read_history_it_is_unknown()
    {
        await using var company = await CompanyAsync();
        company.Slack.Next("chat.postMessage", (_, context) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await company.At(10);
        company.Slack.NextSays("conversations.history", """{"ok":false,"error":"missing_scope","needed":"im:history"}""");
        await company.At(10, 3);
        await company.Sweep();

        (await company.Nudges()).ShouldBe(["anna unknown no-answer"]);
        company.Slack.Calls("chat.postMessage").Count.ShouldBe(1);
    }

    [Fact]
    public async Task While_one_is_in_doubt_the_person_gets_no_other()
    {
        await using var company = await CompanyAsync();
        await company.Launch(CampaignYaml.Of(CampaignYaml.Welcome, key: "other"));
        company.Slack.Next("chat.postMessage", (request, context) =>
        {
            company.Slack.Keep(request);
            context.Abort();
            return Task.CompletedTask;
        });
        await company.At(10);
        await company.At(10, 1);
        company.Slack.Calls("chat.postMessage").Count.ShouldBe(1);

        await company.At(10, 3);
        await company.Sweep();
        (await company.Nudges()).ShouldBe(["anna pending capped", "anna sent"]);
        company.Slack.Kept.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_team_post_and_a_win_are_asked_for_as_well()
    {
        await using var company = await CompanyAsync();
        await company.Launch(CampaignYaml.Of("""- {key: wins, day: 0, at: "10:00", kind: wins, text: wins}""", key: "team"));
        await company.Execute("insert into team_channels (organization_id, workspace_id, team, external_id) values (@id, @workspaceId, 'Payments', 'C1')");
        await company.Execute("update workspaces set wins_channel = 'C2' where id = @workspaceId and organization_id = @id");
        await company.Execute("""
            insert into wins (organization_id, workspace_id, person_id, tool, what, at, due_at)
            select @id, @workspaceId, id, 'Copilot', 'Tests', @now, @now from persons where organization_id = @id
            """, new { now = company.Clock.Now.ToDateTimeUtc() });
        var taken = new HashSet<string>();
        company.Slack.Script = (request, context) =>
        {
            if (request.Method != "chat.postMessage" || request.Text("channel")[0] != 'C' || !taken.Add(request.Text("channel"))) return Task.FromResult(false);
            // The post was taken, the win was not; of neither there is an answer.
            if (request.Text("channel") == "C1") company.Slack.Keep(request);
            context.Abort();
            return Task.FromResult(true);
        };

        await company.At(10);
        await company.At(10, 1);
        await company.At(10, 3);
        await company.Sweep();

        (await company.List<string>("select concat_ws(' ', outcome, reason, digest_due_at is not null) from team_posts where organization_id = @id")).ShouldBe(["sent t"]);
        (await company.List<string>("select concat_ws(' ', outcome, reason) from wins where organization_id = @id")).ShouldBe(["sent"]);
        company.Slack.Kept.Select(message => message.Channel).ShouldBe(["C1", "C2", "DUanna"], ignoreOrder: true);
    }
}
