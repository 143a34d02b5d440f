using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Jobs;
using NudgeBot.People;

namespace NudgeBot.Web.Playground.Invented;

static class InventedCompany
{
    public const string Name = "Nordwind";
    public const string Face = "mia.brandt@nordwind.example";
    public static readonly Instant OpensAt = Instant.FromUtc(2026, 9, 23, 8, 30);

    public static async Task SeedAsync(NpgsqlDataSource database, ContentFolder content, CancellationToken cancellation)
    {
        var start = Instant.FromUtc(2026, 9, 11, 12, 0);
        var clock = ProductClock.StandingAt(start);
        await Organizations.EnsureFirstAsync(database, Name, clock, cancellation);
        var product = new NudgingProduct(database, clock, content, []);
        var id = 1;
        var ws = await OwnWorkspace.CreateAsync(database, id, "playground", "Playground", "wins", cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("insert into playground (workspace_id, organization_id, now) values (@ws, @id, @start)", new { ws, id, start });
        var file = Path.GetTempFileName() + ".csv";
        var zones = new[] { "Europe/Berlin", "America/New_York", "Asia/Tokyo", "America/Los_Angeles", "Europe/London", "Asia/Kolkata", "Australia/Sydney", "America/Sao_Paulo" };
        var teams = new[] { "Atlas", "Beacon", "Cedar", "Delta" };
        var roles = new[] { "developer", "qa", "designer", "devops", "product-manager", "business-analyst" };
        var names = "Mia Brandt,Noah Keller,Aiko Tanaka,Priya Nair,Lucas Ferreira,Olivia Grant,Ren Sato,Emma Lindqvist,Sofia Marin,Tom Archer".Split(',');
        await File.WriteAllTextAsync(file, "email,name,time_zone,role,team,location,locale,champion,licensed_since\n" + string.Join('\n', Enumerable.Range(0, 40).Select(i =>
            i == 0 ? "mia.brandt@nordwind.example,Mia Brandt,Europe/Berlin,developer,Atlas,Berlin,en,no,2026-09-21"
            : $"p{i}@nordwind.example,{names[i % 10]} {i},{zones[i % 8]},{roles[i % 6]},{teams[i % 4]},{zones[i % 8].Split('/')[1].Replace('_', ' ')},en,{(i % 13 == 1 ? "yes" : "no")},")), cancellation);
        await product.RosterImport.RunAsync(id, file, new RosterOptions(), stop: cancellation);
        await OwnWorkspace.OpenAsync(database, id, ws, cancellation);
        await connection.ExecuteAsync("update persons set admin = true where organization_id = @id and email = 'p5@nordwind.example'", new { id });
        var campaign = CampaignFile.Parse(await File.ReadAllTextAsync(Path.Combine(content.Campaigns, "first-60-days.yaml"), cancellation)).Campaign!;
        await product.Campaigns.ApplyAsync(id, campaign with { Start = new LocalDate(2026, 9, 14), OwnerEmail = "p5@nordwind.example" }, cancellation);
    }
}

static class InventedLife
{
    public static IReadOnlyList<RecurringJob> Jobs(PlaygroundWorld world) => [];
}
