using Microsoft.Extensions.Configuration;
using NudgeBot.Slack.Installing;

namespace NudgeBot.Slack.Tests.Installing;

public sealed class SlackConfigurationTests
{
    const string Signing = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void Without_settings_there_is_no_Slack() => Read().ShouldBeNull();

    [Fact]
    public void One_workspace_by_environment()
    {
        var settings = Read(("SLACK_BOT_TOKEN", " xoxb-1-a "), ("SLACK_SIGNING_SECRET", $"{Signing}, {Signing}ff"), ("SLACK_APP_TOKEN", "xapp-1-A1-2-b"))!;

        settings.BotToken.ShouldBe("xoxb-1-a");
        settings.AppToken.ShouldBe("xapp-1-A1-2-b");
        settings.SigningSecrets.ShouldBe([Signing, $"{Signing}ff"]);
        settings.HasOAuth.ShouldBeFalse();
        settings.ApiUrl.ShouldBe(new Uri("https://slack.com/api/"));
    }

    [Fact]
    public void Workspaces_that_install_the_app()
    {
        var settings = Read(("SLACK_CLIENT_ID", "12.34"), ("SLACK_CLIENT_SECRET", Signing), ("SLACK_SIGNING_SECRET", Signing),
            ("NUDGEBOT_SLACK_TEAMS", "T1,T2"), ("NUDGEBOT_SLACK_API", "http://127.0.0.1:9/api"))!;

        settings.HasOAuth.ShouldBeTrue();
        settings.AllowedTeams.ShouldBe(["T1", "T2"]);
        settings.ApiUrl.ShouldBe(new Uri("http://127.0.0.1:9/api/"));
    }

    [Theory]
    [InlineData("SLACK_BOT_TOKEN", "xoxp-secretvalue", "a user's token")]
    [InlineData("SLACK_BOT_TOKEN", "xapp-secretvalue", "an app-level token")]
    [InlineData("SLACK_BOT_TOKEN", "xoxe.xoxb-1-secretvalue", "expires after 12 hours")]
    [InlineData("SLACK_BOT_TOKEN", "xoxb-secretvalue with blank", "part of one")]
    [InlineData("SLACK_BOT_TOKEN", "secretvalue", "no token of Slack's")]
    [InlineData("SLACK_APP_TOKEN", "xoxb-secretvalue", "a bot token")]
    [InlineData("SLACK_SIGNING_SECRET", "xoxb-secretvalue-secretvalue", "a bot token")]
    [InlineData("SLACK_SIGNING_SECRET", "secretvalue", "no secret of Slack's")]
    [InlineData("SLACK_SIGNING_SECRET", "secretvaluesecretvalue1,secretvaluesecretvalue2,secretvaluesecretvalue3", "two with a comma")]
    [InlineData("SLACK_CLIENT_ID", "secretvalue", "is not a client id")]
    [InlineData("SLACK_CLIENT_SECRET", "12.34", "no secret of Slack's")]
    [InlineData("NUDGEBOT_SLACK_API", "http://secretvalue.example.com/", "https")]
    [InlineData("NUDGEBOT_SLACK_TEAMS", "secretvalue", "T0123ABCD")]
    public void A_wrong_one_is_named_without_repeating_it(string setting, string value, string expected)
    {
        var settings = new Dictionary<string, string>
        {
            ["SLACK_BOT_TOKEN"] = "xoxb-1",
            ["SLACK_SIGNING_SECRET"] = Signing,
            ["SLACK_CLIENT_ID"] = "1.2",
            ["SLACK_CLIENT_SECRET"] = Signing,
            [setting] = value,
        };

        var message = Should.Throw<SettingException>(() => Read([.. settings.Select(one => (one.Key, one.Value))])).Message;

        message.ShouldStartWith(setting);
        message.ShouldContain(expected);
        message.ShouldNotContain("secretvalue");
    }

    [Theory]
    [InlineData("SLACK_CLIENT_SECRET", "SLACK_CLIENT_ID", "1.2", "SLACK_SIGNING_SECRET", Signing)]
    [InlineData("SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "xoxb-1", "SLACK_BOT_TOKEN", "xoxb-1")]
    [InlineData("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", Signing, "SLACK_APP_TOKEN", "xapp-1")]
    public void Half_a_configuration_says_what_is_missing(string missing, string one, string value, string other, string otherValue) =>
        Should.Throw<SettingException>(() => Read([.. new Dictionary<string, string> { [one] = value, [other] = otherValue }.Select(pair => (pair.Key, pair.Value))]))
            .Message.ShouldContain(missing);

    static SlackSettings? Read(params (string Name, string Value)[] settings) => SlackConfiguration.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value))).Build());
}
