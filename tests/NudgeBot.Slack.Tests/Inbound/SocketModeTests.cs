using System.Text.Json.Nodes;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NudgeBot.Slack.Inbound;

namespace NudgeBot.Slack.Tests.Inbound;

public sealed class SocketModeTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Envelopes_are_acknowledged_by_their_ids_and_handled_as_over_HTTP()
    {
        await using var sockets = await SlackSockets.StartAsync();
        await using var company = await ConnectedAsync(sockets);
        var slack = await sockets.NextAsync();

        await slack.DeliverAsync("E1", "events_api", SlackCompany.Envelope(SlackCompany.Words("it helped"), "Ev1"));
        var ack = await slack.AckAsync();
        ack.Text("envelope_id").ShouldBe("E1");
        ack.At("payload").ShouldBeNull();
        await slack.DeliverAsync("E2", "slash_commands", Command("/nudge", "settings"));
        (await slack.AckAsync()).Text("envelope_id").ShouldBe("E2");
        await company.Product.InboxWorker.WhenIdleAsync();

        (await company.QueryAsync<string>("select value from responses")).ShouldBe(["it helped"]);
        company.Slack.Only("apps.connections.open");
    }

    [Fact]
    public async Task A_forms_errors_are_in_its_acknowledgement()
    {
        await using var sockets = await SlackSockets.StartAsync();
        await using var company = await ConnectedAsync(sockets);
        var slack = await sockets.NextAsync();

        await slack.DeliverAsync("E1", "slash_commands", Command("/win", ""));
        await slack.AckAsync();
        var form = company.Slack.Only("views.open");
        await slack.DeliverAsync("E2", "interactive", ByAnna(SlackCompany.Submit(form, ("what", ""))));
        (await slack.AckAsync()).Text("payload", "response_action").ShouldBe("errors");
        await slack.DeliverAsync("E3", "interactive", ByAnna(SlackCompany.Submit(form, ("what", "tests"), ("tool", "copilot"))));
        var ack = await slack.AckAsync();

        ack.Text("envelope_id").ShouldBe("E3");
        ack.At("payload").ShouldBeNull();
        (await company.QueryAsync<string>("select what from wins")).ShouldBe(["tests"]);
    }

    [Theory]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    public async Task The_next_connection_is_open_before_one_that_is_to_close_is_let_go(string reason)
    {
        await using var sockets = await SlackSockets.StartAsync();
        await using var company = await ConnectedAsync(sockets);
        var first = await sockets.NextAsync();

        await first.SendAsync(new JsonObject { ["type"] = "disconnect", ["reason"] = reason });
        var second = await sockets.NextAsync();
        first.Closed.IsCompleted.ShouldBeFalse();
        // Slack had sent it before it knew of the second one.
        await first.DeliverAsync("E1", "events_api", SlackCompany.Envelope(SlackCompany.Words("on the first"), "Ev1"));
        (await first.AckAsync()).Text("envelope_id").ShouldBe("E1");
        await second.DeliverAsync("E2", "events_api", SlackCompany.Envelope(SlackCompany.Words("on the second"), "Ev2"));
        (await second.AckAsync()).Text("envelope_id").ShouldBe("E2");

        await first.Closed;
        await company.Product.InboxWorker.WhenIdleAsync();
        (await company.QueryAsync<string>("select value from responses order by value")).ShouldBe(["on the first", "on the second"]);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_followed_by_another_and_what_was_delivered_twice_is_handled_once()
    {
        await using var sockets = await SlackSockets.StartAsync();
        await using var company = await ConnectedAsync(sockets);
        var first = await sockets.NextAsync();
        await first.DeliverAsync("E1", "events_api", SlackCompany.Envelope(SlackCompany.Words("it helped"), "Ev1"));
        await first.AckAsync();

        first.Break();
        var second = await sockets.NextAsync();
        await second.DeliverAsync("E2", "events_api", SlackCompany.Envelope(SlackCompany.Words("it helped"), "Ev1"));
        (await second.AckAsync()).Text("envelope_id").ShouldBe("E2");
        await company.Product.InboxWorker.WhenIdleAsync();

        (await company.QueryAsync<string>("select value from responses")).ShouldBe(["it helped"]);
    }

    [Fact]
    public async Task What_is_no_format_of_Slacks_is_acknowledged_as_no_second_delivery_could_do_better()
    {
        await using var sockets = await SlackSockets.StartAsync();
        await using var company = await ConnectedAsync(sockets);
        var slack = await sockets.NextAsync();

        await slack.DeliverAsync("E1", "events_api", new JsonObject { ["type"] = "event_callback" });

        (await slack.AckAsync()).Text("envelope_id").ShouldBe("E1");
    }

    [Fact]
    public async Task Health_tells_whether_it_is_connected_and_since_when_not()
    {
        await using var sockets = await SlackSockets.StartAsync();
        await using var company = await SlackCompany.CreateAsync(appToken: "xapp-1");
        company.Slack.Answers["apps.connections.open"] = new JsonObject { ["ok"] = true, ["url"] = sockets.Url };
        var before = WireClock.System.GetUtcNow().AddSeconds(-1);
        await company.StartReplicaAsync();
        var socketMode = company.Service<SocketMode>();

        // Until Slack has said hello nothing is delivered.
        (await HealthAsync(socketMode)).Status.ShouldBe(HealthStatus.Degraded);
        var first = await sockets.NextAsync();
        await GreetedAsync(first);
        (await HealthAsync(socketMode)).ShouldBe((HealthStatus.Healthy, "Connected."));

        // The next one is open before this one goes: there is nothing to tell.
        await first.SendAsync(new JsonObject { ["type"] = "disconnect", ["reason"] = "warning" });
        var second = await sockets.NextAsync();
        await GreetedAsync(second);
        await first.Closed;
        (await HealthAsync(socketMode)).Status.ShouldBe(HealthStatus.Healthy);

        company.Slack.Answers["apps.connections.open"] = new JsonObject { ["ok"] = false, ["error"] = "internal_error" };
        await second.SendAsync(new JsonObject { ["type"] = "disconnect", ["reason"] = "link_disabled" });
        await second.Closed;
        var (status, description) = await HealthAsync(socketMode);
        status.ShouldBe(HealthStatus.Degraded);
        description!.ShouldStartWith("Not connected since ");
        socketMode.DeafSince.ShouldNotBeNull().ToDateTimeOffset().ShouldBeInRange(before, WireClock.System.GetUtcNow());
    }

    /// <summary>Its hello was read: what follows it is acknowledged.</summary>
    static async Task GreetedAsync(SlackSocket slack)
    {
        await slack.DeliverAsync("E0", "events_api", new JsonObject { ["type"] = "event_callback" });
        await slack.AckAsync();
    }

    static async Task<(HealthStatus Status, string? Description)> HealthAsync(SocketMode socketMode)
    {
        var result = await new SocketModeCheck(socketMode).CheckHealthAsync(new HealthCheckContext(), Cancellation);
        return (result.Status, result.Description);
    }

    [Fact]
    public async Task A_stop_closes_the_connection()
    {
        await using var sockets = await SlackSockets.StartAsync();
        var company = await ConnectedAsync(sockets);
        var slack = await sockets.NextAsync();

        await company.DisposeAsync();

        await slack.Closed.WaitAsync(Cancellation);
        sockets.HasAnother.ShouldBeFalse();
    }

    static async Task<SlackCompany> ConnectedAsync(SlackSockets sockets)
    {
        var company = await SlackCompany.CreateAsync(appToken: "xapp-1");
        company.Slack.Answers["apps.connections.open"] = new JsonObject { ["ok"] = true, ["url"] = sockets.Url };
        await company.StartReplicaAsync();
        return company;
    }

    static JsonObject Command(string command, string text) => new()
    {
        ["team_id"] = "T1",
        ["user_id"] = "U1",
        ["channel_id"] = "C1",
        ["command"] = command,
        ["text"] = text,
        ["trigger_id"] = "trigger-1",
    };

    static JsonObject ByAnna(JsonObject payload)
    {
        payload["team"] = new JsonObject { ["id"] = "T1" };
        payload["user"] = new JsonObject { ["id"] = "U1" };
        return payload;
    }
}
