using Microsoft.Extensions.Configuration;
using NudgeBot.Teams.Installing;

namespace NudgeBot.Teams.Tests.Installing;

public sealed class TeamsConfigurationTests
{
    const string App = "3F8B2F9E-5a51-4c0e-9d7b-1f2a3b4c5d6e";
    const string Tenant = "7c1d9a30-2b4e-4f6a-8c0d-9e8f7a6b5c4d";
    const string Password = "abc8Q~0123456789abcdef";

    static TeamsSettings? Read(params (string Name, string Value)[] settings) => TeamsConfiguration.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value))).Build());

    static TeamsSettings? With(params (string Name, string Value)[] more) => Read([("TEAMS_APP_ID", App), ("TEAMS_TENANT_ID", Tenant), .. more]);

    [Fact]
    public void Without_settings_there_is_no_Teams()
    {
        Read().ShouldBeNull();
        Read(("TEAMS_APP_ID", " "), ("NUDGEBOT_TEAMS_MESSAGES_PER_SECOND", "10")).ShouldBeNull();
    }

    [Fact]
    public void A_secret_is_enough()
    {
        var settings = With(("TEAMS_APP_PASSWORD", $" {Password} "))!;
        settings.AppId.ShouldBe(App.ToLowerInvariant());
        settings.TenantId.ShouldBe(Tenant);
        settings.Credential.ShouldBe(new TeamsCredential.Secret(Password));
        settings.BotId.ShouldBe($"28:{App.ToLowerInvariant()}");
        settings.BulkPerSecond.ShouldBe(25);
        settings.LimitsTimes.ShouldBe(1);
        settings.LoginAuthority.ShouldBe(new Uri("https://login.microsoftonline.com/"));
        (settings.RetriesAmbiguous, settings.TrustsEverybody, settings.UsesGraph).ShouldBe((false, false, false));
        settings.OtherServiceHosts.ShouldBeEmpty();
    }

    [Fact]
    public void A_certificate_or_an_identity_does_as_well()
    {
        With(("TEAMS_CERTIFICATE", "/run/bot.pem"))!.Credential.ShouldBe(new TeamsCredential.Certificate("/run/bot.pem"));
        With(("TEAMS_MANAGED_IDENTITY", "system"))!.Credential.ShouldBe(new TeamsCredential.ManagedIdentity(ClientId: null));
        With(("TEAMS_MANAGED_IDENTITY", Tenant))!.Credential.ShouldBe(new TeamsCredential.ManagedIdentity(Tenant));
        With(("NUDGEBOT_TEAMS_WITHOUT_TOKENS", "1"))!.ShouldSatisfyAllConditions(
            settings => settings.Credential.ShouldBeNull(),
            settings => settings.TrustsEverybody.ShouldBeTrue());
    }

    [Fact]
    public void Everything_else_has_its_setting()
    {
        var settings = With(
            ("TEAMS_APP_PASSWORD", Password), ("NUDGEBOT_TEAMS_MESSAGES_PER_SECOND", "12.5"), ("NUDGEBOT_TEAMS_RETRY_AMBIGUOUS", "1"), ("NUDGEBOT_TEAMS_USES_GRAPH", "1"),
            ("NUDGEBOT_TEAMS_CATALOG_APP", "A1B2C3D4-0000-4000-8000-00000000CAFE"),
            ("NUDGEBOT_TEAMS_HOSTS", "smba.example.com, relay.example.org"), ("NUDGEBOT_TEAMS_LOGIN", "https://127.0.0.1:8"), ("NUDGEBOT_TEAMS_GRAPH", "http://127.0.0.1:9/v1.0"),
            ("NUDGEBOT_TEAMS_KEYS", "http://127.0.0.1:9/keys"))!;
        (settings.BulkPerSecond, settings.RetriesAmbiguous, settings.UsesGraph).ShouldBe((12.5, true, true));
        (settings.CatalogApp, settings.Installs).ShouldBe(("a1b2c3d4-0000-4000-8000-00000000cafe", true));
        settings.OtherServiceHosts.ShouldBe(["smba.example.com", "relay.example.org"]);
        settings.LoginAuthority.ShouldBe(new Uri("https://127.0.0.1:8/"));
        settings.GraphUrl.ShouldBe(new Uri("http://127.0.0.1:9/v1.0/"));
        settings.OpenIdMetadata.ShouldBe(new Uri("http://127.0.0.1:9/keys"));
    }

    [Theory]
    [InlineData("TEAMS_APP_ID", "secretvalue", "client id")]
    [InlineData("TEAMS_TENANT_ID", "secretvalue.onmicrosoft.com", "not its domain")]
    [InlineData("TEAMS_TENANT_ID", "common", "the one tenant")]
    [InlineData("TEAMS_APP_PASSWORD", "11111111-2222-3333-4444-555555555555", "a secret's id")]
    [InlineData("TEAMS_APP_PASSWORD", "secretvalue with blanks", "no client secret")]
    [InlineData("TEAMS_APP_PASSWORD", "secretv", "no client secret")]
    [InlineData("NUDGEBOT_TEAMS_MESSAGES_PER_SECOND", "secretvalue", "from 0.1 to 1000")]
    [InlineData("NUDGEBOT_TEAMS_MESSAGES_PER_SECOND", "0", "from 0.1 to 1000")]
    [InlineData("NUDGEBOT_TEAMS_MESSAGES_PER_SECOND", "1,5", "from 0.1 to 1000")]
    [InlineData("NUDGEBOT_TEAMS_MESSAGES_PER_SECOND", "NaN", "from 0.1 to 1000")]
    [InlineData("NUDGEBOT_TEAMS_RETRY_AMBIGUOUS", "secretvalue", "1 or 0")]
    [InlineData("NUDGEBOT_TEAMS_WITHOUT_TOKENS", "true", "1 or 0")]
    [InlineData("NUDGEBOT_TEAMS_CATALOG_APP", "secretvalue", "is not 1")]
    [InlineData("NUDGEBOT_TEAMS_HOSTS", "https://secretvalue.example.com", "without https")]
    [InlineData("NUDGEBOT_TEAMS_HOSTS", "secretvalue", "names of hosts")]
    [InlineData("NUDGEBOT_TEAMS_LOGIN", "http://secretvalue.example.com/", "https")]
    [InlineData("NUDGEBOT_TEAMS_GRAPH", "secretvalue", "https")]
    [InlineData("NUDGEBOT_TEAMS_KEYS", "ftp://secretvalue.example.com/", "https")]
    public void A_wrong_one_is_named_without_repeating_it(string setting, string value, string expected)
    {
        var settings = new Dictionary<string, string> { ["TEAMS_APP_ID"] = App, ["TEAMS_TENANT_ID"] = Tenant, ["TEAMS_APP_PASSWORD"] = Password, [setting] = value };
        var message = Should.Throw<SettingException>(() => Read([.. settings.Select(one => (one.Key, one.Value))])).Message;
        message.ShouldStartWith(setting);
        message.ShouldContain(expected);
        if (value.Length > 9) message.ShouldNotContain(value);
        message.ShouldNotContain("secretv");
    }

    [Fact]
    public void An_identity_that_is_none_is_named() =>
        Should.Throw<SettingException>(() => With(("TEAMS_MANAGED_IDENTITY", "secretvalue"))).Message.ShouldSatisfyAllConditions(
            message => message.ShouldStartWith("TEAMS_MANAGED_IDENTITY"),
            message => message.ShouldContain("'system'"),
            message => message.ShouldNotContain("secretvalue"));

    [Fact]
    public void The_id_of_the_catalog_must_be_one_and_needs_Graph()
    {
        Should.Throw<SettingException>(() => With(("TEAMS_APP_PASSWORD", Password), ("NUDGEBOT_TEAMS_USES_GRAPH", "1"), ("NUDGEBOT_TEAMS_CATALOG_APP", "NudgeBot"))).Message
            .ShouldStartWith("NUDGEBOT_TEAMS_CATALOG_APP must be the app's id");
        With(("TEAMS_APP_PASSWORD", Password), ("NUDGEBOT_TEAMS_USES_GRAPH", "1"))!.Installs.ShouldBeFalse();
    }

    [Fact]
    public void Half_a_configuration_says_what_is_missing()
    {
        Should.Throw<SettingException>(() => Read(("TEAMS_APP_PASSWORD", Password), ("TEAMS_TENANT_ID", Tenant))).Message.ShouldContain("TEAMS_APP_ID");
        Should.Throw<SettingException>(() => Read(("TEAMS_APP_ID", App))).Message.ShouldContain("TEAMS_TENANT_ID");
        Should.Throw<SettingException>(() => With()).Message.ShouldContain("TEAMS_APP_PASSWORD");
    }

    [Fact]
    public void Two_ways_to_prove_it_are_one_too_many() =>
        Should.Throw<SettingException>(() => With(("TEAMS_APP_PASSWORD", Password), ("TEAMS_CERTIFICATE", "/run/bot.pem"))).Message
            .ShouldStartWith("TEAMS_APP_PASSWORD and TEAMS_CERTIFICATE are set");
}
