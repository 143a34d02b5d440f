using NodaTime;
using NudgeBot.Database;
using NudgeBot.Slack.Installing;

namespace NudgeBot.Slack.Tests.Installing;

public sealed class SlackInstallationsTests
{
    static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_workspace_is_found_by_its_team_once_it_is_installed()
    {
        await using var company = await InstalledCompany.CreateAsync();

        (await company.App.Installations.FindAsync("T1", Never)).ShouldBeNull();
        var workspace = await company.InstallAsync();

        (await company.App.Installations.FindAsync("T1", Never)).ShouldBe(workspace);
        (await company.Replica().Installations.FindAsync("T1", Never)).ShouldBe(workspace);
        workspace.OrganizationId.ShouldBe(company.Id);
    }

    [Fact]
    public async Task Uninstalling_throws_the_tokens_away_and_installing_again_keeps_the_accounts()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var workspace = await company.InstallAsync();
        await company.ExecuteAsync($"""
            with s as (insert into segments (organization_id, role, team, location) values ({company.Id}, '', '', '') returning id),
            p as (insert into persons (organization_id, segment_id, email, first_email, time_zone, locale)
                  select {company.Id}, id, 'anna@acme.com', 'anna@acme.com', 'Europe/Berlin', 'en' from s returning id)
            insert into accounts (organization_id, workspace_id, person_id, external_id) select {company.Id}, {workspace.Id}, id, 'UANNA' from p
            """);

        await company.App.Installations.RevokeAsync(workspace, company.Clock.Now, Never);
        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldBeNull();
        (await company.AskAsync<int>("select count(*)::int from slack_installations where bot_token is not null or refresh_token is not null")).ShouldBe(0);

        (await company.InstallAsync("xoxe.xoxb-1-again")).ShouldBe(workspace);
        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-again");
        (await company.AskAsync<string>("select external_id from accounts")).ShouldBe("UANNA");
    }

    [Fact]
    public async Task An_install_and_a_reinstall_have_the_people_read_at_once_and_a_start_with_the_token_that_is_known_does_not()
    {
        await using var company = await InstalledCompany.CreateAsync();
        await company.InstallAsync();
        await company.ExecuteAsync("update people_reads set cursor = 'page 7', finished_at = '2026-03-09Z'");
        async Task<bool> AnewAsync(SlackGrant? grant = null)
        {
            if (grant is null) await company.InstallAsync();
            else (await company.App.Installations.InstallAsync(company.Id, grant, Never)).ShouldNotBeNull();
            var anew = await company.AskAsync<bool>("select cursor = '' and finished_at is null from people_reads");
            await company.ExecuteAsync("update people_reads set cursor = 'page 7', finished_at = '2026-03-09Z'");
            return anew;
        }

        (await AnewAsync()).ShouldBeTrue("by the browser: somebody wanted it");
        var given = new SlackGrant("T1", "Acme", AppId: null, "UBOT", "chat:write", new TokenPair("xoxb-given", null, null)) { IsGiven = true };
        (await AnewAsync(given)).ShouldBeTrue("other scopes");
        (await AnewAsync(given)).ShouldBeFalse("a start");
        await company.App.Installations.RevokeAsync((await company.App.Installations.FindAsync("T1", Never))!, company.Clock.Now, Never);
        (await AnewAsync(given)).ShouldBeTrue("it was gone");
    }

    [Fact]
    public async Task Word_of_an_old_uninstallation_that_comes_late_does_not_end_the_new_installation()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var workspace = await company.InstallAsync();
        var uninstalledAt = company.Clock.Now + Duration.FromMinutes(1);
        company.Clock.MoveTo(company.Clock.Now + Duration.FromMinutes(2));
        await company.InstallAsync("xoxe.xoxb-1-again");

        await company.App.Installations.RevokeAsync(workspace, uninstalledAt, Never);

        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-again");
    }

    [Fact]
    public async Task A_workspace_of_another_organization_is_not_taken_from_it()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var workspace = await company.InstallAsync();
        var other = await company.AskAsync<int>("insert into organizations (name, created_at) values ('Other', '2026-01-01') returning id");

        var grant = new SlackGrant("T1", "Taken", "A1", "UBOT", "", new("xoxb-theirs", null, null));
        (await company.App.Installations.InstallAsync(other, grant, Never)).ShouldBeNull();

        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-old");
        (await company.AskAsync<string>("select name from workspaces")).ShouldBe("Acme");
    }

    [Fact]
    public async Task A_start_with_a_new_key_before_the_old_one_leaves_nothing_under_the_old_one()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var (before, after) = (SecretBox.NewKey(), SecretBox.NewKey());
        var workspace = await company.InstallAsync(by: company.Replica(secrets: new SecretBox(before)));

        await Should.ThrowAsync<SettingException>(() => company.Replica(secrets: new SecretBox(after)).Installations.ResealAsync(Never));
        await company.Replica(secrets: new SecretBox($"{after},{before}")).Installations.ResealAsync(Never);

        var rotated = company.Replica(secrets: new SecretBox(after));
        await rotated.Installations.ResealAsync(Never);
        (await rotated.Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-old");
    }
}
