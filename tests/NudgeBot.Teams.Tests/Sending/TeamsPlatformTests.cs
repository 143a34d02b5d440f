using NudgeBot.FakeTeams.Faults;
using NudgeBot.Teams.Connector;
using NudgeBot.Tests.Engine;
using Conversation = NudgeBot.FakeTeams.World.Conversation;

namespace NudgeBot.Teams.Tests.Sending;

public class TeamsPlatformTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static async Task<TeamsCompany> CompanyAsync(string[] people, string? steps = null, Func<TeamsSettings, TeamsSettings>? change = null, TimeSpan? patience = null)
    {
        var company = await TeamsCompany.CreateAsync(change: change, patience: patience);
        await company.HireAsync(people);
        await company.LaunchAsync(CampaignYaml.Of(steps ?? CampaignYaml.Welcome));
        return company;
    }

    static Task<TeamsCompany> WithAnnaAsync(Func<TeamsSettings, TeamsSettings>? change = null, TimeSpan? patience = null) => CompanyAsync(["anna"], change: change, patience: patience);

    [Fact]
    public async Task A_nudge_is_a_card_in_the_personal_chat_which_is_kept()
    {
        await using var company = await WithAnnaAsync();

        await company.AtAsync(10);

        (await company.NudgesAsync()).ShouldBe(["anna sent"]);
        var message = company.MessagesOf("anna").ShouldHaveSingleItem();
        message.Activity.Select(field => field.Key).ShouldBe(["type", "summary", "attachments"], "a text would stand above the card");
        message.Activity["summary"]!.ToString().ShouldNotBeEmpty();
        message.Card!["body"]!.AsArray().ShouldNotBeEmpty();
        (await company.ChatsAsync()).ShouldBe([$"anna {company.Teams.ServiceUrl} {company.Teams.World.ChatWith(company["anna"])!.Id}"]);
        (await company.ListAsync<string>("select message_id from nudges where organization_id = @id")).ShouldBe([message.Id]);
    }

    /// <summary>By the call, what goes wrong with it, what becomes of the nudge, and what the person has.</summary>
    public static TheoryData<Operation, Fault, string, int> Faults => new()
    {
        { Operation.Send, Fault.WritesBlocked, "failed blocked-by-user", 0 },
        { Operation.Send, new Fault.Refuses(403, "BotNotInConversationRoster", "No."), "failed not-installed", 0 },
        { Operation.Create, new Fault.Refuses(403, "BotNotInConversationRoster", "No."), "failed not-installed", 0 },
        { Operation.Create, new Fault.Refuses(403, "ForbiddenOperationException", "No."), "failed not-installed", 0 },
        { Operation.Send, new Fault.Refuses(413, "MessageSizeTooBig", "No."), "failed rejected", 0 },
        { Operation.Send, new Fault.Refuses(400, "BadArgument", "No."), "failed rejected", 0 },
        { Operation.Create, new Fault.Refuses(400, "BadArgument", "No."), "failed rejected", 0 },
        { Operation.Send, new Fault.TooMany(7), "pending throttled", 0 },
        { Operation.Create, new Fault.TooMany(7), "pending throttled", 0 },
        { Operation.Send, Fault.PreconditionFailed, "pending throttled", 0 },
        { Operation.Send, new Fault.Refuses(401, "Unauthorized", "No."), "pending throttled", 0 },
        { Operation.Create, new Fault.Fails(502), "pending throttled", 0 },
        { Operation.Create, new Fault.Fails(504, After: true), "pending throttled", 0 },
        { Operation.Create, new Fault.CutsOff(After: true), "pending throttled", 0 },
        { Operation.Create, new Fault.BreaksJson(), "pending throttled", 0 },
        { Operation.Send, new Fault.Fails(502), "unknown no-answer", 0 },
        { Operation.Send, new Fault.Fails(502, After: true), "unknown no-answer", 1 },
        { Operation.Send, new Fault.Fails(504), "unknown no-answer", 0 },
        { Operation.Send, new Fault.CutsOff(), "unknown no-answer", 0 },
        { Operation.Send, new Fault.CutsOff(After: true), "unknown no-answer", 1 },
        { Operation.Send, new Fault.BreaksJson(), "unknown no-answer", 1 },
        { Operation.Send, new Fault.TimesOut(), "unknown no-answer", 0 },
        { Operation.Send, new Fault.TimesOut(After: true), "unknown no-answer", 1 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_goes_wrong_has_its_outcome_and_nobody_gets_anything_twice(Operation operation, Fault fault, string outcome, int messages)
    {
        await using var company = await WithAnnaAsync(patience: TimeSpan.FromMilliseconds(700));
        company.Teams.Faults.Next(operation, fault, fault is Fault.Refuses { Status: 401 } ? 2 : 1);
        await company.AtAsync(10);
        (await company.NudgesAsync()).ShouldBe([$"anna {outcome}"]);
        company.MessagesOf("anna").Count.ShouldBe(messages);

        await company.PassAsync(600);
        await company.Main.Product.Tick.SweepAsync(Cancellation);
        await company.AtAsync(10, 10);
        var wasHeld = outcome.StartsWith("pending");
        (await company.NudgesAsync()).ShouldBe([wasHeld ? "anna sent" : $"anna {outcome}"]);
        company.MessagesOf("anna").Count.ShouldBe(wasHeld ? 1 : messages);
    }

    [Fact]
    public async Task What_may_have_been_taken_is_sent_again_where_the_settings_want_it()
    {
        await using var company = await WithAnnaAsync(settings => settings with { RetriesAmbiguous = true });
        company.Teams.Faults.Next(Operation.Send, new Fault.Fails(502, After: true));
        await company.AtAsync(10);
        (await company.NudgesAsync()).ShouldBe(["anna pending throttled"]);
        await company.AtAsync(10, 1);
        (await company.NudgesAsync()).ShouldBe(["anna sent"]);
        company.MessagesOf("anna").Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_secret_that_has_expired_costs_no_nudge()
    {
        await using var company = await WithAnnaAsync(settings => settings with { Credential = new TeamsCredential.Secret("expired-secret") });
        await company.AtAsync(10);
        (await company.NudgesAsync()).ShouldBe(["anna pending throttled"]);
        company.Calls(Operation.Create).ShouldBe(0);
        company.Log.All.ShouldContain("AADSTS7000215");
        company.Log.All.ShouldNotContain("expired-secret");
    }

    [Fact]
    public async Task A_login_that_cannot_be_reached_costs_no_nudge()
    {
        await using var company = await WithAnnaAsync(settings => settings with { LoginAuthority = new Uri("https://127.0.0.1:9/") });
        await company.AtAsync(10);
        (await company.NudgesAsync()).ShouldBe(["anna pending throttled"]);
    }

    [Fact]
    public async Task A_hundred_messages_need_one_token()
    {
        await using var company = await CompanyAsync([.. Enumerable.Range(0, 100).Select(i => $"p{i:00}")]);
        await company.AtAsync(10);
        (await company.NudgesAsync()).ShouldAllBe(nudge => nudge.EndsWith(" sent"));
        company.Calls(Operation.Send).ShouldBe(100);
        company.Calls(Operation.Token).ShouldBe(1);
    }

    [Fact]
    public async Task However_many_replicas_everybody_has_one_chat_and_one_message()
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"p{i:00}")];
        await using var company = await CompanyAsync(names);
        await company.AtAsync(9, 59);
        Replica[] replicas = [company.Main, company.NewReplica(), company.NewReplica()];
        company.Clock.MoveTo(NodaTime.Instant.FromUtc(2026, 3, 9, 9, 0));

        await Task.WhenAll(replicas.Select(replica => replica.Product.Tick.RunAsync(Cancellation)));
        await company.PrepareAsync(Cancellation);

        names.ShouldAllBe(name => company.MessagesOf(name).Count == 1);
        company.Calls(Operation.Create).ShouldBe(40);
    }

    [Fact]
    public async Task Nobody_waits_for_Teams_limits_to_refuse()
    {
        await using var company = await TeamsCompany.CreateAsync(
            new() { Limits = new() { PerSecond = 30 } }, settings => settings with { LimitsTimes = 1, BulkPerSecond = 10 });
        await company.HireAsync([.. Enumerable.Range(0, 20).Select(i => $"p{i:00}")]);
        await company.LaunchAsync(CampaignYaml.Of(CampaignYaml.Welcome));

        await company.AtAsync(10);

        (await company.NudgesAsync()).ShouldAllBe(nudge => nudge.EndsWith(" sent"));
        company.Teams.Calls.Values.ShouldAllBe(count => count.Throttled == 0);
    }

    [Fact]
    public async Task After_too_many_nothing_is_called_in_the_tenant_until_Teams_allows_it()
    {
        await using var company = await CompanyAsync(["anna", "bob"]);
        company.Teams.Faults.Sometimes(Operation.Create, new Fault.TooMany(20), probability: 1);
        await company.AtAsync(10);
        company.Teams.Faults.Sometimes(Operation.Create, new Fault.TooMany(20), probability: 0);

        await company.Main.Product.Tick.RunAsync(Cancellation);
        (await company.Main.Calls.CreateConversationAsync(company.Workspace, company.Teams.ServiceUrl, "x", Limits.Urgency.Interactive, Cancellation)).ShouldBeOfType<TeamsAnswer.Throttled>();
        company.Calls(Operation.Create).ShouldBe(0);

        await company.PassAsync(21);
        await company.AtAsync(10, 1);
        (await company.NudgesAsync()).ShouldBe(["anna sent", "bob sent"]);
    }

    [Fact]
    public async Task A_chat_that_is_gone_is_created_anew_at_once()
    {
        await using var company = await WithAnnaAsync();
        await company.ExecuteAsync("update accounts set conversation = @old where organization_id = @id", new { old = $"{company.Teams.ServiceUrl} a:gone" });
        await company.AtAsync(10);
        (await company.NudgesAsync()).ShouldBe(["anna sent"]);
        company.MessagesOf("anna").Count.ShouldBe(1);
        (await company.ChatsAsync()).ShouldBe([$"anna {company.Teams.ServiceUrl} {company.Teams.World.ChatWith(company["anna"])!.Id}"]);
    }

    [Fact]
    public async Task A_chat_that_is_gone_and_stays_so_is_forgotten()
    {
        await using var company = await WithAnnaAsync();
        company.Teams.Faults.Next(Operation.Send, Fault.NotFound, times: 2);
        await company.ExecuteAsync("update accounts set conversation = @old where organization_id = @id", new { old = $"{company.Teams.ServiceUrl} a:gone" });
        await company.AtAsync(10);
        (await company.NudgesAsync()).ShouldBe(["anna failed no-channel"]);
        (await company.ChatsAsync()).ShouldBe(["anna"]);
        company.Calls(Operation.Create).ShouldBe(1);
    }

    [Fact]
    public async Task When_the_tenant_moves_everybody_is_reached_at_its_new_place()
    {
        await using var company = await CompanyAsync(["anna", "bob"], CampaignYaml.Daily("welcome", "guide"));
        await company.AtAsync(10);
        company.Teams.MoveTo("amer");
        await company.Tenants.StoreServiceUrlAsync(company.Workspace, company.Teams.ServiceUrl, Cancellation);

        await company.AtAsync(10, day: 10);

        (await company.NudgesAsync()).ShouldBe(["anna sent", "anna sent", "bob sent", "bob sent"]);
        (await company.ChatsAsync()).ShouldAllBe(chat => chat.Contains("/amer/"));
        company.MessagesOf("anna").Count.ShouldBe(2);
        company.MessagesOf("bob").Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_chat_at_a_place_that_is_not_Teams_is_left_for_one_that_is()
    {
        await using var company = await WithAnnaAsync();
        await company.ExecuteAsync("update accounts set conversation = 'https://evil.example/ a:1' where organization_id = @id");
        await company.AtAsync(10);
        (await company.NudgesAsync()).ShouldBe(["anna sent"]);
        company.MessagesOf("anna").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Before_the_tenants_first_activity_nobody_has_the_app()
    {
        await using var company = await WithAnnaAsync();
        await company.ExecuteAsync("update teams_tenants set service_url = null where organization_id = @id");
        await company.PrepareAsync(Cancellation);
        await company.AtAsync(10);
        (await company.NudgesAsync()).ShouldBe(["anna failed not-installed"]);
        company.Teams.Calls.ShouldBeEmpty();
        (await company.ListAsync<bool>("select connected from workspace_connections where organization_id = @id")).ShouldBe([false]);
    }

    [Fact]
    public async Task Chats_are_created_ahead_once_and_who_has_not_the_app_is_remembered()
    {
        await using var company = await CompanyAsync(["anna", "bob"]);
        await company.HireAsync("late");
        await company.Teams.Acting.UninstallAsync(company["bob"]);

        await company.PrepareAsync(Cancellation);
        await company.PrepareAsync(Cancellation);

        company.Calls(Operation.Create).ShouldBe(3);
        string Chat(string name) => $"{name} {company.Teams.ServiceUrl} {company.Teams.World.ChatWith(company[name])!.Id}";
        (await company.ChatsAsync()).ShouldBe([Chat("anna"), "bob BotNotInConversationRoster", Chat("late")]);
        await company.AtAsync(10);
        (await company.NudgesAsync())[0].ShouldBe("anna sent");
        company.Calls(Operation.Create).ShouldBe(4, "bob is tried once more when something is due");
    }

    [Fact]
    public async Task Creating_ahead_ends_where_Teams_says_that_it_was_too_much()
    {
        await using var company = await CompanyAsync([.. Enumerable.Range(0, 30).Select(i => $"p{i:00}")]);
        company.Teams.Faults.Sometimes(Operation.Create, new Fault.TooMany(30), probability: 1);
        await company.PrepareAsync(Cancellation);
        company.Teams.Faults.Sometimes(Operation.Create, new Fault.TooMany(30), probability: 0);
        await company.PrepareAsync(Cancellation);
        company.Calls(Operation.Create).ShouldBe(0, "the tenant is closed until then");
        (await company.ListAsync<int>("select count(*)::int from accounts where organization_id = @id and (conversation is not null or unreachable is not null)")).ShouldBe([0]);
    }

    const string Wins = """
        - {key: hello, day: 0, at: "10:00", kind: welcome, text: welcome}
        - {key: wins, day: 0, at: "10:00", kind: wins, text: wins}
        """;

    static async Task<(TeamsCompany Company, Conversation Channel)> WithChannelAsync(Func<TeamsCompany, Conversation, string>? written = null)
    {
        var company = await CompanyAsync(["anna", "bob", "cleo"], Wins);
        var team = company.Teams.World.AddTeam("Payments", company["anna"], company["bob"], company["cleo"]);
        await company.Teams.Acting.InstallAsync(team, company["anna"]);
        var channel = company.Teams.World.AddChannel(team, "AI");
        await company.ExecuteAsync("insert into team_channels (organization_id, workspace_id, team, external_id) values (@id, @workspaceId, 'Payments', @channel)",
            new { channel = written?.Invoke(company, channel) ?? new ConversationReference(company.Teams.ServiceUrl, channel.Id).ToString() });
        return (company, channel);
    }

    [Fact]
    public async Task A_teams_post_begins_a_thread_and_its_digest_stands_below()
    {
        var (company, channel) = await WithChannelAsync();
        await using var _ = company;

        await company.AtAsync(10);
        var post = company.Teams.MessagesIn(channel).ShouldHaveSingleItem();
        (await company.ListAsync<string>("select outcome || ' ' || message_id from team_posts where organization_id = @id")).ShouldBe([$"sent {post.Id}"]);
        await company.ExecuteAsync("""
            insert into team_post_lines (organization_id, campaign_id, step_id, team, person_id, worked, did_not, at)
            select t.organization_id, t.campaign_id, t.step_id, t.team, p.id, 'Tests', '', @now
            from team_posts t join persons p on p.organization_id = t.organization_id where t.organization_id = @id
            """, new { now = company.Clock.Now });
        await company.AtAsync(10, day: 10);

        var messages = company.Teams.MessagesIn(channel);
        messages.Count.ShouldBe(2);
        messages.ShouldAllBe(message => message.ThreadId == post.Id);
        messages[1].Card.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_channel_is_found_by_its_bare_id_and_after_the_tenant_has_moved(bool moved)
    {
        var (company, channel) = await WithChannelAsync(moved ? null : (_, channel) => channel.Id);
        await using var _ = company;
        if (moved)
        {
            company.Teams.MoveTo("amer");
            await company.Tenants.StoreServiceUrlAsync(company.Workspace, company.Teams.ServiceUrl, Cancellation);
        }
        await company.AtAsync(10);
        company.Teams.MessagesIn(channel).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(404, "ConversationNotFound", "failed no-channel")]
    [InlineData(403, "BotNotInConversationRoster", "failed no-channel")]
    [InlineData(429, "Throttled", "pending throttled")]
    [InlineData(502, "", "unknown no-answer")]
    public async Task What_goes_wrong_in_a_channel_has_its_outcome(int status, string code, string outcome)
    {
        var (company, channel) = await WithChannelAsync();
        await using var _ = company;
        await company.PrepareAsync(Cancellation);
        company.Teams.Faults.Next(Operation.Create, status == 502 ? new Fault.Fails(502) : new Fault.Refuses(status, code, "No."));
        await company.AtAsync(10);
        (await company.ListAsync<string>("select concat_ws(' ', outcome, reason) from team_posts where organization_id = @id")).ShouldBe([outcome]);
        company.Teams.MessagesIn(channel).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_of_people_or_secrets_is_logged()
    {
        await using var company = await WithAnnaAsync();
        company.Teams.Faults.Next(Operation.Send, new Fault.Refuses(403, "No word", "somebody's words"));
        await company.AtAsync(10);
        company.Log.Lines.ShouldHaveSingleItem().ShouldContain("403 no word");
        foreach (var secret in (string[])["somebody's words", company.Teams.Bot.Secret, company["anna"].AadObjectId, company.Teams.World.ChatWith(company["anna"])!.Id, "eyJ"])
            company.Log.All.ShouldNotContain(secret);
    }
}
