using NodaTime;
using NudgeBot.Database;
using NudgeBot.Slack.Installing;

namespace NudgeBot.Slack.Tests.Installing;

/// <summary>What the audit log says of workspaces that come and go.</summary>
public sealed class SlackEntriesTests
{
    static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_workspace_comes_in_the_browser_gets_another_token_and_goes()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var workspace = await company.InstallAsync();
        company.Slack.Scopes = "chat:write";
        await company.InstallAsync("xoxe.xoxb-1-again");
        await company.App.Installations.RevokeAsync(workspace, company.Clock.Now, Never);
        await company.App.Installations.RevokeAsync(workspace, company.Clock.Now, Never);
        await company.InstallAsync("xoxe.xoxb-1-third");

        var scopes = string.Join(',', SlackScopes.Bot);
        var audited = await company.AuditedAsync();
        audited.ShouldBe(
        [
            $$"""workspace.connect system slack {"workspace":"Acme","slack":"T1","bot":"UBOT","scopes":"{{scopes}}"}""",
            $$"""workspace.change system slack {"scopes":"{{scopes}}"} {"workspace":"Acme","slack":"T1","scopes":"chat:write","token":"another one"}""",
            """workspace.disconnect system slack {"workspace":"Acme"}""",
            """workspace.connect system slack {"workspace":"Acme","slack":"T1","bot":"UBOT","scopes":"chat:write"}""",
        ]);
        audited.ShouldAllBe(entry => !entry.Contains("xox"));
    }

    [Fact]
    public async Task Who_installs_it_is_named_where_they_are_known()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var workspace = await company.InstallAsync();
        await company.ExecuteAsync($"""
            with s as (insert into segments (organization_id, role, team, location) values ({company.Id}, '', '', '') returning id),
            p as (insert into persons (organization_id, segment_id, email, first_email, time_zone, locale)
                  select {company.Id}, id, 'anna@acme.com', 'anna@acme.com', 'Europe/Berlin', 'en' from s returning id)
            insert into accounts (organization_id, workspace_id, person_id, external_id) select {company.Id}, {workspace.Id}, id, 'UANNA' from p
            """);

        foreach (var user in new[] { "UANNA", "USTRANGER" })
        {
            var grant = new SlackGrant("T1", "Acme", "A1", "UBOT", company.Slack.Scopes, new TokenPair($"xoxb-{user}", null, null)) { Installer = user };
            await company.App.Installations.InstallAsync(company.Id, grant, Never);
        }

        (await company.AuditedAsync())[1..].Select(entry => entry.Split('{')[0]).ShouldBe(["workspace.change anna@acme.com slack ", "workspace.change system slack "]);
    }

    [Fact]
    public async Task A_token_in_the_settings_is_told_once_and_again_when_it_is_another()
    {
        await using var company = await InstalledCompany.CreateAsync();
        async Task StartWithAsync(string token) => await company.App.Installations.InstallAsync(
            company.Id, new SlackGrant("T1", "Acme", AppId: null, "UBOT", "chat:write", new TokenPair(token, null, null)) { IsGiven = true }, Never);

        await StartWithAsync("xoxb-given");
        await StartWithAsync("xoxb-given");
        await StartWithAsync("xoxb-next");

        (await company.AuditedAsync()).ShouldBe(
        [
            """workspace.connect operator settings {"workspace":"Acme","slack":"T1","bot":"UBOT","scopes":"chat:write"}""",
            """workspace.change operator settings {"workspace":"Acme","slack":"T1","token":"another one"}""",
        ]);
    }

    [Fact]
    public async Task A_token_that_nothing_renews_ends_the_connection()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var workspace = await company.InstallAsync();
        await company.ExecuteAsync("update slack_installations set refresh_token = null");
        company.Wire.Now += Duration.FromHours(13);

        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldBeNull();
        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldBeNull();

        (await company.AuditedAsync())[1..].ShouldBe(["""workspace.disconnect system slack {"workspace":"Acme"}"""]);
    }

    [Fact]
    public async Task A_token_that_is_renewed_by_itself_is_nobodys_doing()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var workspace = await company.InstallAsync();
        company.Slack.Answer = _ => Task.FromResult<object?>(ScriptedSlack.Granted());
        company.Wire.Now += Duration.FromHours(11);

        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldNotBe("xoxe.xoxb-1-old");

        (await company.AuditedAsync()).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Another_key_is_told_once()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var (before, after) = (SecretBox.NewKey(), SecretBox.NewKey());
        await company.InstallAsync(by: company.Replica(secrets: new SecretBox(before)));

        foreach (var keys in new[] { $"{after},{before}", $"{after},{before}", after }) await company.Replica(secrets: new SecretBox(keys)).Installations.ResealAsync(Never);

        (await company.AuditedAsync())[1..].ShouldBe(["""workspace.change operator settings {"workspace":"Acme","token":"encrypted with another key"}"""]);
    }
}
