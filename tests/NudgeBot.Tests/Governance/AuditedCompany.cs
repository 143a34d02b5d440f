using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Governance;

namespace NudgeBot.Tests.Governance;

/// <summary>Anna, Bob and Carl, and the log of what they change. Nothing is written of them yet.</summary>
sealed class AuditedCompany(Company company) : IAsyncDisposable
{
    public int Id => company.Id;
    public ProductClock Clock => company.Clock;
    public NpgsqlDataSource Source => company.Source;
    public AuditReader Reader => new(Source);

    public static async Task<AuditedCompany> CreateAsync()
    {
        var company = await Company.CreateAsync();
        await HireAsync(company, company.Id, "anna", "bob", "carl");
        return new AuditedCompany(company);
    }

    /// <summary>Another company in the same database, with its own anna.</summary>
    public async Task<int> AnotherAsync()
    {
        var id = await company.QueryAsync<int>("insert into organizations (name, created_at) values ('Other', @now) returning id", new { now = Clock.Now });
        await HireAsync(company, id, "anna");
        return id;
    }

    static Task HireAsync(Company company, int organizationId, params string[] names) => company.ImportPeopleAsync(
        organizationId, string.Join('\n', names.Select(name => $"{name}@acme.com,Europe/Berlin").Prepend("email,time_zone")));

    public Task<long> PersonAsync(string name) => PersonAsync(Id, name);

    public Task<long> PersonAsync(int organizationId, string name) => company.QueryAsync<long>(
        "select id from persons where organization_id = @organizationId and email = @email", new { organizationId, email = $"{name}@acme.com" });

    public async Task<Actor> ActorAsync(string name) => new Actor.Person(await PersonAsync(name));

    public Task WriteAsync(params IEnumerable<AuditEntry> entries) => WriteAsync(Id, entries);

    public Task WriteAsync(int organizationId, params IEnumerable<AuditEntry> entries) => CommitAsync(async connection =>
    {
        foreach (var entry in entries) await new AuditTrail(connection, Clock).WriteAsync(organizationId, entry, TestContext.Current.CancellationToken);
    });

    public Task ForgetAsync(string name) => CommitAsync(async connection =>
        (await new AuditTrail(connection, Clock).ForgetAsync(Id, await PersonAsync(name), TestContext.Current.CancellationToken)).ShouldBeTrue());

    public async Task CommitAsync(Func<NpgsqlConnection, Task> work)
    {
        await using var connection = await Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await work(connection);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// Seven entries. Anna is named first by the first one, which has her words; Bob by the third one, which is about him and has something private of
    /// his; Carl by the fifth one, with which an owner's address changed hands.
    /// </summary>
    public async Task LiveAsync()
    {
        var (anna, bob) = (await ActorAsync("anna"), await PersonAsync("bob"));
        await WriteAsync(new AuditEntry(anna, "slack", AuditActions.CampaignPause)
        {
            Campaign = "spring",
            Before = new AuditValues { ["paused"] = "no" },
            After = new AuditValues { ["paused"] = "yes" },
            Why = "Everybody is at the fair",
        });
        await WriteAsync(new AuditEntry(new Actor.Operator(), "terminal", AuditActions.CampaignResume) { Campaign = "spring", Why = "They are back" });
        await WriteAsync(new AuditEntry(anna, "teams", "people.set")
        {
            SubjectId = bob,
            Before = new AuditValues { ["role"] = "qa" }.Private("name", bob, "Bob Baker"),
            After = new AuditValues { ["role"] = "developer" }.Private("name", bob, "Bob Butcher"),
        });
        await WriteAsync(new AuditEntry(anna, "slack", AuditActions.CampaignEnd) { Campaign = "spring", Refused = true });
        var (before, after) = AuditValues.OfLines("definition", "key: spring\nowner: anna@acme.com\n", "key: spring\nowner: Carl@acme.com\n");
        await WriteAsync(new AuditEntry(anna, "playground", "campaign.edit") { Campaign = "spring", Before = before, After = after });
        await WriteAsync(new AuditEntry(new Actor.System(), "system", AuditActions.CampaignPause) { Campaign = "autumn" });
        await WriteAsync(new AuditEntry(anna, "slack", AuditActions.CampaignResume) { Campaign = "autumn", Why = "The gate was wrong" });
    }

    public Task<AuditVerdict> VerifyAsync(AuditHead? noted = null) => VerifyAsync(Id, noted);

    public Task<AuditVerdict> VerifyAsync(int organizationId, AuditHead? noted = null) =>
        new AuditVerification(Source).RunAsync(organizationId, noted, TestContext.Current.CancellationToken);

    public async Task<AuditHead> HeadAsync() => (await VerifyAsync()).Head.ShouldNotBeNull();

    /// <summary>As somebody can who owns the server: no trigger and no foreign key is asked.</summary>
    public async Task TamperAsync(string sql)
    {
        await using var connection = await Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync($"set session_replication_role = replica; {sql}; reset session_replication_role");
    }

    public Task<IReadOnlyList<AuditRecord>> ReadAsync(AuditFilter? filter = null, int count = 20) =>
        Reader.ReadAsync(Id, filter ?? new AuditFilter(), count, TestContext.Current.CancellationToken);

    public async Task<string[]> LinesAsync(string locale = "en", string zone = "Europe/Berlin") =>
        [.. (await ReadAsync()).Select(record => AuditText.Line(record, locale, DateTimeZoneProviders.Tzdb[zone]))];

    public Task<T?> QueryAsync<T>(string sql, object? parameters = null) => company.QueryAsync<T>(sql, parameters);

    public Task<T[]> ListAsync<T>(string sql) => company.ListAsync<T>(sql);

    public Task ExecuteAsync(string sql) => company.ExecuteAsync(sql, new { id = Id });

    public ValueTask DisposeAsync() => company.DisposeAsync();
}
