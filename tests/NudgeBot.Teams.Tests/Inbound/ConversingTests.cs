using System.Text.Json.Nodes;
using NudgeBot.Conversations;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.FakeTeams.World;

namespace NudgeBot.Teams.Tests.Inbound;

public sealed class ConversingTests
{
    const string Greeting = "Hello Anna.";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Words_are_a_command_where_they_are_one_and_else_an_answer()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();

        await company.Teams.Acting.SayAsync(company.Anna, "settings");
        await company.Teams.Acting.SayAsync(company.Anna, "it &lt;works&gt; &amp; helps");
        await company.IdleAsync();

        var said = company.SaidTo(company.Anna);
        said.Count.ShouldBe(3);
        said[1].ShouldContain("Europe/London");
        said[2].ShouldBe(Phrases.Say("en", "text-thanks"));
        (await company.QueryAsync<string>("select value from responses")).ShouldBe(["it <works> & helps"]);
        (await company.QueryAsync<bool>("select handled_at is not null and payload is null from inbox")).ShouldAllBe(isDone => isDone);
    }

    [Fact]
    public async Task A_mention_in_a_channel_is_a_command_and_what_is_for_one_person_is_said_in_the_personal_chat()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        await company.Teams.Acting.InstallAsync(company.Engines, company.Anna);

        await company.Teams.Acting.MentionAsync(company.Anna, company.General, "&nbsp;settings");
        await company.IdleAsync();

        company.SaidTo(company.Anna)[^1].ShouldContain("Europe/London");
        company.SaidIn(company.General).ShouldBeEmpty("the app says nothing to a team by itself, and nothing of a person");
    }

    [Fact]
    public async Task Whoever_asks_in_a_channel_and_has_no_chat_with_the_bot_is_told_so_in_the_thread()
    {
        await using var company = await TeamsCompany.StartAsync();
        await company.Teams.Acting.InstallAsync(company.Engines, company.Anna);

        await company.Teams.Acting.MentionAsync(company.Bob, company.General, "settings");
        await company.IdleAsync();

        company.SaidIn(company.General).ShouldBe([Phrases.Say("en", "chat-missing")]);
        var messages = company.Teams.MessagesIn(company.General);
        messages[^1].ThreadId.ShouldBe(messages[0].Id);
        company.SaidTo(company.Bob).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_said_in_a_channel_to_others_is_not_kept()
    {
        await using var company = await TeamsCompany.StartAsync();
        var activity = company.Words("between us: settings");
        activity["conversation"]!["conversationType"] = "channel";
        activity["entities"] = new JsonArray(new JsonObject { ["type"] = "mention", ["text"] = "<at>Bob</at>", ["mentioned"] = new JsonObject { ["id"] = company.Bob.Id } });

        (await company.PostAsync(activity.ToJsonString())).ShouldBe((200, ""));

        await company.IdleAsync();
        (await company.QueryAsync<string>("select key from inbox")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_installation_that_is_told_twice_is_greeted_once()
    {
        await using var company = await TeamsCompany.StartAsync();

        await company.Teams.Acting.InstallAsync(company.Anna);
        await company.IdleAsync();

        company.SaidTo(company.Anna).ShouldHaveSingleItem().ShouldStartWith(Greeting);
        var chat = company.Teams.World.OpenChat(company.Anna);
        (await company.QueryAsync<(string, string, string?, bool)>("select a.external_id, a.conversation, a.unreachable, p.account_id = a.id from accounts a join persons p on p.id = a.person_id"))
            .ShouldBe([(company.Anna.AadObjectId, $"{company.Teams.ServiceUrl} {chat.Id}", null, true)]);
    }

    [Fact]
    public async Task Who_removes_the_app_is_not_reached_until_it_is_there_again()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();

        await company.Teams.Acting.UninstallAsync(company.Anna);
        await company.IdleAsync();
        (await company.QueryAsync<string?>("select unreachable from accounts")).ShouldBe(["not-installed"]);

        await company.Teams.Acting.InstallAsync(company.Anna);
        await company.IdleAsync();
        (await company.QueryAsync<string?>("select unreachable from accounts")).ShouldBe([null]);
        company.SaidTo(company.Anna).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_new_version_of_the_app_greets_nobody_again()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        var upgrade = company.Activity("installationUpdate");
        upgrade["action"] = "add-upgrade";

        (await company.PostAsync(upgrade.ToJsonString())).Status.ShouldBe(200);
        await company.IdleAsync();

        company.SaidTo(company.Anna).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_has_removed_the_app_can_still_ask_in_a_channel_and_is_not_thought_to_be_reached()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        await company.Teams.Acting.InstallAsync(company.Engines, company.Anna);
        await company.Teams.Acting.UninstallAsync(company.Anna);

        await company.Teams.Acting.MentionAsync(company.Anna, company.General, "stop");
        await company.IdleAsync();

        (await company.QueryAsync<bool>("select opted_out_at is not null from persons where email = 'anna@acme.com'")).ShouldBe([true]);
        (await company.QueryAsync<string?>("select unreachable from accounts")).ShouldBe(["not-installed"]);
        company.SaidIn(company.General).ShouldBe([Phrases.Say("en", "chat-missing")]);
    }

    [Fact]
    public async Task Whoever_leaves_Teams_hears_nudges_at_the_other_account_and_whoever_speaks_here_hears_them_here()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        await company.QueryAsync<int>("""
            with other as (insert into workspaces (organization_id, platform, external_id, name) values (1, 'recorder', 'T1', 'Acme') returning id)
            insert into accounts (organization_id, workspace_id, person_id, external_id) select 1, other.id, p.id, 'U1' from other, persons p where p.email = 'anna@acme.com'
            """);
        Task<IReadOnlyList<string>> Reached() => company.QueryAsync<string>("select w.platform from persons p join workspaces w on w.id = p.workspace_id where p.email = 'anna@acme.com'");
        (await Reached()).ShouldBe(["teams"]);

        await company.Teams.Acting.UninstallAsync(company.Anna);
        await company.IdleAsync();
        (await Reached()).ShouldBe(["recorder"]);

        await company.Teams.Acting.InstallAsync(company.Anna);
        await company.IdleAsync();
        (await Reached()).ShouldBe(["recorder"], "an app that an admin hands out is no answer");

        await company.Teams.Acting.SayAsync(company.Anna, "settings");
        await company.IdleAsync();
        (await Reached()).ShouldBe(["teams"]);
    }

    [Fact]
    public async Task A_new_person_is_found_by_the_e_mail_and_gets_the_zone_of_the_client()
    {
        await using var company = await TeamsCompany.StartAsync();
        await company.Teams.Acting.InstallAsync(company.Engines, company.Anna);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => company.Teams.Acting.MentionAsync(company.Bob, company.General, "settings")));
        await company.IdleAsync();

        (await company.QueryAsync<(string, string, bool)>("select a.external_id, p.time_zone, p.account_id = a.id from persons p join accounts a on a.person_id = p.id where p.email = 'bob@acme.com'"))
            .ShouldBe([(company.Bob.AadObjectId, "Europe/Berlin", true)]);
    }

    [Theory]
    [InlineData("bob@acme.com", null, true)]
    [InlineData("BOB@acme.com", "robert@acme.com", true)]
    [InlineData("robert@acme.com", "bob@acme.com", true)]
    [InlineData("robert@acme.com", null, false)]
    public async Task The_name_to_sign_in_with_helps_where_the_e_mail_does_not(string upn, string? email, bool isFound)
    {
        await using var company = await TeamsCompany.StartAsync();
        var somebody = company.Teams.World.AddPerson(new Person { Name = "Bob", Email = email, Upn = upn });
        company.Engines.Members.Add(somebody);
        await company.Teams.Acting.InstallAsync(company.Engines, company.Anna);

        await company.Teams.Acting.MentionAsync(somebody, company.General, "settings");
        await company.IdleAsync();

        (await company.QueryAsync<string>("select p.email from accounts a join persons p on p.id = a.person_id")).ShouldBe(isFound ? ["bob@acme.com"] : []);
    }

    [Theory]
    [InlineData("de-DE", "de")]
    [InlineData("ja-JP", "en")]
    public async Task Somebody_on_no_roster_is_told_so_in_the_language_of_the_client_when_they_ask(string locale, string language)
    {
        await using var company = await TeamsCompany.StartAsync();
        var stranger = company.Teams.World.AddPerson(new Person { Name = "Eve", Email = "eve@elsewhere.example", Upn = "eve@acme.com", Locale = locale });
        await company.Teams.Acting.InstallAsync(stranger);
        await company.IdleAsync();
        company.SaidTo(stranger).ShouldBeEmpty();

        await company.Teams.Acting.SayAsync(stranger, "stop");
        await company.IdleAsync();

        company.SaidTo(stranger).ShouldBe([Phrases.Say(language, "not-on-roster")]);
        (await company.QueryAsync<string>("select external_id from accounts")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_guest_with_an_e_mail_of_the_roster_is_a_stranger_and_seen_to_be_a_guest()
    {
        await using var company = await TeamsCompany.StartAsync();
        var guest = company.Teams.World.AddPerson("Bob Elsewhere", "bob@acme.com", guest: true);
        await company.Teams.Acting.InstallAsync(guest);

        await company.Teams.Acting.SayAsync(guest, "guide");
        await company.IdleAsync();

        company.SaidTo(guest).ShouldBe([Phrases.Say("en", "not-on-roster")]);
        (await company.QueryAsync<long>("select id from persons where account_id is not null")).ShouldBeEmpty();
        (await company.QueryAsync<string>("select unreachable from accounts")).ShouldBe(["guest"]);
    }

    [Fact]
    public async Task Somebody_is_not_called_a_stranger_because_Teams_gave_no_answer()
    {
        await using var company = await TeamsCompany.StartAsync();
        await company.Teams.Acting.InstallAsync(company.Engines, company.Anna);
        company.Teams.Faults.Next(Operation.Members, new Fault.Fails(503));
        await company.Teams.Acting.MentionAsync(company.Bob, company.General, "stop");
        await company.IdleAsync();
        company.SaidIn(company.General).ShouldBeEmpty();

        await company.QueryAsync<int>("update inbox set leased_until = '2000-01-01Z'");
        await company.Product.InboxWorker.RunAsync(Cancellation);

        (await company.QueryAsync<bool>("select opted_out_at is not null from persons where email = 'bob@acme.com'")).ShouldBe([true]);
    }

    [Fact]
    public async Task Nobody_is_given_up_while_Teams_is_asked_too_often()
    {
        await using var company = await TeamsCompany.StartAsync();
        company.Teams.Faults.Sometimes(Operation.Members, new Fault.TooMany(RetryAfterSeconds: 30), probability: 1);
        await company.Teams.Acting.InstallAsync(company.Bob);
        await company.IdleAsync();

        for (var i = 0; i < 8; i++)
        {
            (await company.QueryAsync<string>("select external_id from accounts")).ShouldBeEmpty();
            if (i == 7) company.Teams.Faults.Sometimes(Operation.Members, new Fault.TooMany(RetryAfterSeconds: 30), probability: 0);
            await company.QueryAsync<int>("update inbox set leased_until = '2000-01-01Z'");
            await company.QueryAsync<int>("delete from rate_budgets");
            await company.Product.InboxWorker.RunAsync(Cancellation);
        }

        company.SaidTo(company.Bob).ShouldHaveSingleItem().ShouldStartWith("Hello Bob.");
    }

    [Fact]
    public async Task Where_Teams_has_moved_the_tenant_is_noted_with_whatever_comes_next()
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        company.Teams.MoveTo("amer");

        await company.Teams.Acting.SayAsync(company.Anna, "settings");
        await company.IdleAsync();

        company.SaidTo(company.Anna).Count.ShouldBe(2);
        (await company.QueryAsync<string>("select service_url from teams_tenants")).ShouldBe([company.Teams.ServiceUrl.ToString()]);
        (await company.QueryAsync<string>("select conversation from accounts")).ShouldHaveSingleItem().ShouldStartWith(company.Teams.ServiceUrl.ToString());
    }

    [Theory]
    [InlineData("f:1")]
    [InlineData(null)]
    public async Task What_comes_twice_to_two_replicas_is_done_once(string? id)
    {
        await using var company = await TeamsCompany.WithAnnaAsync();
        var other = await company.StartReplicaAsync();
        var body = company.Words("all is well", id).ToJsonString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => company.PostAsync(body, replica: i % 2)));
        await Task.WhenAll(company.IdleAsync(), other.InboxWorker.WhenIdleAsync());

        answers.Distinct().ShouldBe([(200, "")]);
        (await company.QueryAsync<string>("select value from responses")).ShouldBe(["all is well"]);
        company.SaidTo(company.Anna).Count.ShouldBe(2);
    }
}
