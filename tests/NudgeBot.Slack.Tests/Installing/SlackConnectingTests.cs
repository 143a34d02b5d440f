using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodaTime;
using NudgeBot.Slack.Installing;

namespace NudgeBot.Slack.Tests.Installing;

public sealed class SlackConnectingTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly SlackSettings ByEnvironment = new() { BotToken = "xoxb-given", SigningSecrets = ["signing"] };

    [Fact]
    public async Task The_given_workspace_is_installed_and_at_the_next_start_has_the_token_that_is_given_then()
    {
        await using var company = await InstalledCompany.CreateAsync();
        company.Slack.Answer = _ => Task.FromResult<object?>(ScriptedSlack.Tested());

        await StartAsync(company.Replica(ByEnvironment));
        var workspace = (await company.App.Installations.FindAsync("T1", Stop))!;
        (await company.App.Tokens.OfAsync(workspace, Stop)).ShouldBe("xoxb-given");
        company.Slack.Calls.Single().Authorization.ShouldBe("Bearer xoxb-given");

        await company.App.Installations.RevokeAsync(workspace, company.Clock.Now, Stop);
        await StartAsync(company.Replica(ByEnvironment with { BotToken = "xoxb-next" }));
        (await company.App.Tokens.OfAsync(workspace, Stop)).ShouldBe("xoxb-next");
        company.Log.Text.ShouldNotContain("xoxb");
    }

    [Fact]
    public async Task A_token_that_Slack_refuses_keeps_the_program_from_starting()
    {
        await using var company = await InstalledCompany.CreateAsync();
        company.Slack.Answer = _ => Task.FromResult<object?>(ScriptedSlack.Refusing("invalid_auth"));

        var message = (await Should.ThrowAsync<SettingException>(() => StartAsync(company.Replica(ByEnvironment)))).Message;

        message.ShouldContain("SLACK_BOT_TOKEN (invalid_auth)");
        message.ShouldNotContain("xoxb");
    }

    [Fact]
    public async Task A_Slack_that_does_not_answer_does_not()
    {
        await using var company = await InstalledCompany.CreateAsync();

        await StartAsync(company.Replica(ByEnvironment));

        company.Log.Text.ShouldContain("it is asked again");
        (await HealthAsync(company)).Status.ShouldBe(HealthStatus.Degraded);
    }

    [Fact]
    public async Task Health_tells_what_somebody_has_to_do_and_never_fails()
    {
        await using var company = await InstalledCompany.CreateAsync();
        (await HealthAsync(company)).Description!.ShouldContain("Not installed");

        var workspace = await company.InstallAsync();
        (await HealthAsync(company)).ShouldBe((HealthStatus.Healthy, "Installed in 1 workspace."));

        company.Slack.Scopes = "chat:write";
        await company.InstallAsync();
        (await HealthAsync(company)).Description!.ShouldContain("lacks app_mentions:read, commands");

        await company.App.Installations.RevokeAsync(workspace, company.Clock.Now + Duration.FromMinutes(1), Stop);
        var (status, description) = await HealthAsync(company);
        status.ShouldBe(HealthStatus.Degraded);
        description!.ShouldContain("Install it again");
    }

    static async Task<(HealthStatus Status, string? Description)> HealthAsync(InstalledCompany company)
    {
        var result = await new SlackCheck(company.App).CheckHealthAsync(new HealthCheckContext(), Stop);
        return (result.Status, result.Description);
    }

    static async Task StartAsync(SlackApp app)
    {
        using var connecting = new SlackConnecting(app);
        await connecting.StartAsync(Stop);
        await connecting.StopAsync(Stop);
    }
}
