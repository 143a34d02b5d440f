using Dapper;
using NudgeBot.Slack.Tests.Installing;
using NudgeBot.Tests;
using NudgeBot.Tests.Database;

namespace NudgeBot.Web.Tests;

/// <summary>The program as an operator starts it, with Slack: what it says, what it keeps to itself, and what it refuses.</summary>
public sealed class SlackStartTests
{
    const string BotToken = "xoxb-1-verysecret";
    const string AppToken = "xapp-1-verysecret";
    const string SigningSecret = "verysecret0verysecret1verysecret";
    const string Key = "dmVyeXNlY3JldHZlcnlzZWNyZXR2ZXJ5c2VjcmV0MTI=";

    [Fact]
    public async Task Starts_tells_of_Slack_and_lets_no_secret_out()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var slack = await ScriptedSlack.StartAsync();
        slack.Answer = _ => Task.FromResult<object?>(ScriptedSlack.Tested());
        await using var replica = Replica.Start(Settings(database, slack));
        await replica.WaitForStartAsync();

        await replica.WaitForLogAsync("Slack: workspace 1 is connected.");
        var (status, body) = await replica.GetAsync("/health/ready");
        status.ShouldBe(200);
        body.GetProperty("checks").GetProperty("slack").GetProperty("detail").GetString().ShouldBe("Installed in 1 workspace.");
        var socketMode = body.GetProperty("checks").GetProperty("slack-socket-mode");
        socketMode.GetProperty("status").GetString().ShouldBe("degraded", "this Slack tells no address to connect to");
        socketMode.GetProperty("detail").GetString()!.ShouldStartWith("Not connected since ");

        replica.Terminate();
        (await replica.ExitCodeAsync()).ShouldBe(0);
        foreach (var secret in new[] { "verysecret", Key })
        {
            replica.Output.ShouldNotContain(secret, Case.Insensitive);
            string.Concat(replica.Errors).ShouldNotContain(secret, Case.Insensitive);
            body.ToString().ShouldNotContain(secret, Case.Insensitive);
        }
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (await connection.QuerySingleAsync<string>("select encode(bot_token, 'escape') from slack_installations")).ShouldNotContain("verysecret");
    }

    [Fact]
    public async Task Without_a_key_on_an_external_database_it_does_not_start()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var slack = await ScriptedSlack.StartAsync();

        (await ErrorAsync([.. Settings(database, slack).Where(setting => setting.Name != "NUDGEBOT_KEY")])).ShouldStartWith("nudgebot: NUDGEBOT_KEY is not set.");
        slack.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_that_Slack_refuses_is_said_in_one_line()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var slack = await ScriptedSlack.StartAsync();
        slack.Answer = _ => Task.FromResult<object?>(ScriptedSlack.Refusing("account_inactive"));

        (await ErrorAsync(Settings(database, slack))).ShouldStartWith("nudgebot: Slack refuses SLACK_BOT_TOKEN (account_inactive)");
    }

    [Fact]
    public async Task A_stored_workspace_without_the_settings_is_warned_of_and_nothing_breaks()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken))
            await connection.ExecuteAsync("""
                with o as (insert into organizations (name, created_at) values ('Acme', '2026-01-01') returning id)
                insert into workspaces (organization_id, platform, external_id, name) select id, 'slack', 'T1', 'Acme' from o
                """);
        await using var replica = Replica.Start(("NUDGEBOT_DATABASE", database.ConnectionString), ("NUDGEBOT_CONTENT", Shipped.Content.Path));

        await replica.WaitForLogAsync("Workspaces of slack are stored, but slack is not configured");
        await replica.WaitForStartAsync();
    }

    static (string Name, string Value)[] Settings(TestDatabase database, ScriptedSlack slack) =>
    [
        ("NUDGEBOT_DATABASE", database.ConnectionString), ("NUDGEBOT_CONTENT", Shipped.Content.Path), ("NUDGEBOT_KEY", Key), ("NUDGEBOT_SLACK_API", slack.Url.AbsoluteUri),
        ("SLACK_BOT_TOKEN", BotToken), ("SLACK_APP_TOKEN", AppToken), ("SLACK_SIGNING_SECRET", SigningSecret),
    ];

    static async Task<string> ErrorAsync((string Name, string Value)[] settings)
    {
        await using var replica = Replica.Start(settings);
        (await replica.ExitCodeAsync()).ShouldBe(1);
        $"{replica.Output}{string.Concat(replica.Errors)}".ShouldNotContain("verysecret");
        replica.Output.ShouldNotContain("   at ");
        return replica.Errors.ShouldHaveSingleItem();
    }
}
