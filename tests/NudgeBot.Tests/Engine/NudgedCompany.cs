using NudgeBot.Governance;
using NudgeBot.Commands;
using Dapper;
using NodaTime;
using NodaTime.Text;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Nudging;
using NudgeBot.People;
using NudgeBot.Simulation;
using NudgeBot.Tests.Database;

namespace NudgeBot.Tests.Engine;

/// <summary>
/// A company with one workspace and the whole product around it: real database, a clock that stands until it is moved, a platform that
/// does as it is told. Times are written as the clocks in Berlin show them, where people live unless a test says otherwise.
/// </summary>
sealed class NudgedCompany : IAsyncDisposable
{
    const int MostTicks = 20;

    public static readonly DateTimeZone Home = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    readonly TestDatabase database;

    NudgedCompany(TestDatabase database, int id, ProductClock clock, ContentFolder content)
    {
        this.database = database;
        Id = id;
        Clock = clock;
        Product = new NudgingProduct(database.Source, clock, content, [Platform]);
    }

    public int Id { get; }
    public ProductClock Clock { get; }
    public ScriptedPlatform Platform { get; } = new();
    public NudgingProduct Product { get; private set; }
    /// <summary>Somebody may do everything from now on.</summary>
    public Task MakeAdmin(string name) => Execute("update persons set admin = true where organization_id = @id and email = @email", new { email = Email(name) });

    /// <summary>What the operator hears at the terminal, as plain text.</summary>
    public async Task<string> Operator(params string[] arguments) =>
        PlainText.Of(await Product.Desk.AnswerAsync(Asker.Operator(Id), ((Reading.Parsed)Grammar.Terminal.Read(arguments)).Request));

    public PausesInTests Pauses => new(Source, Product.Pauses);
    public NpgsqlDataSource Source => database.Source;

    /// <summary>On Sunday, the day before the campaigns of <see cref="CampaignYaml"/> start.</summary>
    public static async Task<NudgedCompany> CreateAsync(string now = "2026-03-08T12:00", ContentFolder? content = null)
    {
        var clock = ProductClock.StandingAt(Moment(now));
        var fresh = await TestDatabase.CreateAsync();
        await using var connection = await fresh.Source.OpenConnectionAsync();
        var id = await connection.QuerySingleAsync<int>("""
            with o as (insert into organizations (name, created_at) values ('Acme', @now) returning id)
            insert into workspaces (organization_id, platform, external_id, name) select id, 'recorder', 'acme', 'Acme' from o
            returning organization_id
            """, new { now = clock.Now });
        return new NudgedCompany(fresh, id, clock, content ?? Shipped.Content);
    }

    /// <summary>With people in Berlin, and the campaign launched in the night before its start.</summary>
    public static async Task<NudgedCompany> WithAsync(string campaign, params string[] people)
    {
        var company = await CreateAsync();
        foreach (var name in people) await company.Hire(name);
        await company.Launch(campaign);
        return company;
    }

    /// <summary>The same company, served by a process that was started again with other texts.</summary>
    public void RestartWith(ContentFolder content) => Product = new NudgingProduct(Source, Clock, content, [Platform]);

    public static Instant Moment(string local) =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(local).Value.InZoneLeniently(Home).ToInstant();

    /// <summary>Somebody new, or the same person with other fields: anna is anna@acme.com.</summary>
    public async Task Hire(
        string name, string zone = "Europe/Berlin", string country = "", string role = "developer", string team = "", string location = "",
        string locale = "en", string login = "", string licensed = "", string left = "", bool champion = false, bool account = true)
    {
        await Import($"""
            email,name,time_zone,country,role,team,location,locale,github_login,licensed_since,left_on,champion
            {Email(name)},{name},{zone},{country},{role},{team},{location},{locale},{login},{licensed},{left},{(champion ? "yes" : "no")}
            """);
        if (account) await OpenAccounts();
    }

    public async Task<RosterReport> Import(string roster)
    {
        using var file = new TextFile(roster);
        var report = await Product.RosterImport.RunAsync(Id, file.Path, new RosterOptions());
        report.Problems.ShouldBeEmpty();
        return report;
    }

    /// <summary>For everybody who has none: the account's id in the chat is the e-mail.</summary>
    public Task OpenAccounts() => Execute("""
        with opened as (
          insert into accounts (organization_id, workspace_id, person_id, external_id)
          select p.organization_id, w.id, p.id, p.email from persons p join workspaces w on w.organization_id = p.organization_id
          where p.organization_id = @id and p.account_id is null
          returning id, person_id, workspace_id)
        update persons p set account_id = opened.id, workspace_id = opened.workspace_id from opened where p.id = opened.person_id
        """);

    public Task OpenChannel(string team) => Execute("""
        insert into team_channels (organization_id, workspace_id, team, external_id)
        select organization_id, id, @team, '#' || @team from workspaces where organization_id = @id
        """, new { team });

    public async Task<Applied> Apply(string campaign)
    {
        var parsed = CampaignFile.Parse(campaign);
        parsed.Errors.ShouldBeEmpty();
        return await Product.Campaigns.ApplyAsync(Id, parsed.Campaign!);
    }

    /// <summary>Applied, and people enrolled, at midnight before the start unless it is later already.</summary>
    public async Task Launch(string campaign, string at = "2026-03-09T00:00")
    {
        await Apply(campaign);
        if (Moment(at) > Clock.Now) Clock.MoveTo(Moment(at));
        await Enroll();
    }

    public async Task Enroll()
    {
        await Product.Enroller.RunAsync(Id);
        await Product.TeamPostPlanner.RunAsync(Id);
    }

    /// <summary>Jumps there and looks at the clock until there is nothing left to do at that moment.</summary>
    public async Task At(string local)
    {
        Clock.MoveTo(Moment(local));
        await Tick();
    }

    public async Task Tick()
    {
        for (var round = 0; round < MostTicks; round++)
        {
            await TickOnce();
            if (await Product.Tick.NextMomentAsync() is not { } next || next > Clock.Now) return;
        }
    }

    /// <summary>Everything is planned for that moment, and nobody has looked at the clock yet.</summary>
    public async Task ReadyFor(string local)
    {
        await At(Local(Moment(local) - Planner.Horizon));
        Clock.MoveTo(Moment(local));
    }

    public Task TickOnce() => Product.Tick.RunAsync();

    public Task Plan() => Product.Planner.RunAsync(Id);

    public Task Dispatch() => Product.Dispatcher.RunAsync(Id);

    public Task DispatchUntil(CancellationToken stop) => Product.Dispatcher.RunAsync(Id, stop);

    public Task Sweep() => Product.Tick.SweepAsync();

    /// <summary>Goes there by way of every moment at which the engine has something to do.</summary>
    public async Task Through(string local)
    {
        var looked = Instant.MinValue;
        // What is due and waits for something else (a throttled workspace) is looked at when the time has come that was asked for.
        while (await Product.Tick.NextMomentAsync() is { } next && next <= Moment(local) && next > looked)
        {
            if (next > Clock.Now) Clock.MoveTo(next);
            await Tick();
            looked = next;
        }
        await At(local);
    }

    public Conversation With(string name) => new(this, name);

    /// <summary>What a person was sent, as far as the platform took it or was asked to: the names of those asked for, in order.</summary>
    public IReadOnlyList<string> Recipients => [.. Platform.Asked.Select(one => one.Recipient.Split('@')[0])];

    /// <summary><c>anna hello sent</c>, <c>bob hello skipped ended</c>, in the order of their planned moments.</summary>
    public Task<string[]> Nudges(string name = "") => List<string>("""
        select concat_ws(' ', split_part(p.email, '@', 1), s.key, n.outcome, n.reason)
        from nudges n join persons p on p.id = n.person_id join steps s on s.id = n.step_id
        where n.organization_id = @id and (@name = '' or p.email = @name || '@acme.com')
        order by n.planned_at, n.campaign_id, p.email, s.id
        """, new { name });

    /// <summary>When the one pending nudge of this person is looked at again, by the clocks in Berlin.</summary>
    public async Task<string> Due(string name) => Local(await Query<Instant>("""
        select due_at from nudges n join persons p on p.id = n.person_id where n.organization_id = @id and p.email = @name || '@acme.com' and n.outcome = 'pending'
        """, new { name }));

    public static string Local(Instant instant) => instant.InZone(Home).ToString("uuuu-MM-dd'T'HH:mm", null);

    public async Task<Sender> SenderOf(string name)
    {
        var (person, account) = await Query<(long, long)>("select id, account_id from persons where organization_id = @id and email = @email", new { email = Email(name) });
        return new Sender(Id, person, account);
    }

    public static string Email(string name) => $"{name}@acme.com";

    public async Task Execute(string sql, object? parameters = null)
    {
        await using var connection = await Source.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, WithId(parameters));
    }

    public async Task<T> Query<T>(string sql, object? parameters = null)
    {
        await using var connection = await Source.OpenConnectionAsync();
        return await connection.QuerySingleAsync<T>(sql, WithId(parameters));
    }

    public async Task<T[]> List<T>(string sql, object? parameters = null)
    {
        await using var connection = await Source.OpenConnectionAsync();
        return [.. await connection.QueryAsync<T>(sql, WithId(parameters))];
    }

    DynamicParameters WithId(object? parameters)
    {
        var all = new DynamicParameters(parameters);
        all.Add("id", Id);
        all.Add("now", Clock.Now);
        return all;
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
