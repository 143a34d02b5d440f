using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Database;

namespace NudgeBot.Bench;

/// <summary>
/// A company on the eve of its campaign: everybody is enrolled in the shipped <c>first-60-days</c> and waits for the welcome.
/// </summary>
sealed class MillionPeople : IAsyncDisposable
{
    /// <summary>Before 10:00 in the first of the zones.</summary>
    static readonly Instant Eve = Instant.FromUtc(2027, 1, 11, 0, 0);

    /// <summary>After 10:00 in the last of the zones, and before 17:00 in the first: the welcome is due for all, and may be sent to all.</summary>
    public static readonly Instant WelcomeIsDue = Instant.FromUtc(2027, 1, 11, 10, 5);

    readonly BenchDatabase postgres;

    MillionPeople(BenchDatabase postgres, int enrollments, ContentFolder content)
    {
        this.postgres = postgres;
        Enrollments = enrollments;
        Database = NpgsqlDataSource.Create(postgres.ConnectionString);
        Product = new NudgingProduct(Database, Clock, content, [Platform]);
    }

    public int Enrollments { get; }
    public NpgsqlDataSource Database { get; }
    public ProductClock Clock { get; } = ProductClock.StandingAt(Eve);
    public EveryMessageTaken Platform { get; } = new();
    public NudgingProduct Product { get; }
    public int OrganizationId { get; private set; }
    public string CampaignKey { get; private set; } = "";

    public static async Task<MillionPeople> SettleAsync(int enrollments, CancellationToken cancellation)
    {
        var started = await BenchDatabase.StartAsync(cancellation);
        var content = ContentFolder.Find(Environment.GetEnvironmentVariable(ContentFolder.Setting), Directory.GetCurrentDirectory(), AppContext.BaseDirectory);
        var company = new MillionPeople(started, enrollments, content);
        try
        {
            await company.FillAsync(content, cancellation);
            return company;
        }
        catch
        {
            await company.DisposeAsync();
            throw;
        }
    }

    /// <summary>Without a time limit: a million rows take their time.</summary>
    public async Task<double> SecondsAsync(string sql, CancellationToken cancellation)
    {
        await using var connection = await Database.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await Stopwatches.SecondsAsync(() => command.ExecuteNonQueryAsync(cancellation));
    }

    /// <summary>Before each measurement, so that none pays for what was written before it.</summary>
    public async Task ComeToRestAsync(string table, CancellationToken cancellation)
    {
        await SecondsAsync($"vacuum analyze {table}", cancellation);
        await SecondsAsync("checkpoint", cancellation);
    }

    public async Task<T> AskAsync<T>(string sql, CancellationToken cancellation)
    {
        await using var command = Database.CreateCommand(sql);
        command.CommandTimeout = 0;
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await postgres.DisposeAsync();
    }

    async Task FillAsync(ContentFolder content, CancellationToken cancellation)
    {
        await Migrations.ApplyAsync(Database, Clock, cancellation);
        Report.Progress($"settling {Enrollments} people");
        await SecondsAsync(Filling.Company, cancellation);
        OrganizationId = await AskAsync<int>("select id from organizations", cancellation);

        var file = CampaignFile.Parse(await File.ReadAllTextAsync(Path.Combine(content.Campaigns, "first-60-days.yaml"), cancellation));
        var campaign = file.Campaign ?? throw new InvalidOperationException($"The shipped campaign cannot be read: {string.Join('\n', file.Errors)}");
        await Product.Campaigns.ApplyAsync(OrganizationId, campaign, cancellation);
        CampaignKey = campaign.Key;

        await SecondsAsync(Filling.People(Enrollments), cancellation);
        Report.Progress("vacuum and checkpoint");
        await ComeToRestAsync("", cancellation);
    }
}
