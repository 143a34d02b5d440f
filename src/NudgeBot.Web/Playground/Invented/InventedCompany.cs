using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.People;

namespace NudgeBot.Web.Playground.Invented;

/// <summary>
/// Oskerby, an invented company that sells software for booking freight: forty people in eight cities, in the second week of the shipped campaign
/// when the demo opens. Its dates are fixed, so that what the documentation shows stays true.
/// </summary>
static class InventedCompany
{
    public const string Name = "Oskerby";
    /// <summary>The developer whom a visitor meets first: her day-3 check-in comes on the day after the opening.</summary>
    public const string Face = "mia.brandt@oskerby.example";

    public const string Admin = "rhiannon.pugh@oskerby.example";
    public const string WinsChannel = "wins";
    public const string CampaignKey = "first-60-days";

    /// <summary>The campaign's first day, a Monday.</summary>
    public static readonly LocalDate Start = new(2026, 9, 14);

    /// <summary>Where a clock stands that nobody has moved yet; what happened before is done by moving to it.</summary>
    public static readonly Instant OpensAt = Instant.FromUtc(2026, 9, 23, 8, 30);

    static readonly Instant SeededAt = Instant.FromUtc(2026, 9, 11, 12, 0);

    /// <summary>Opens the playground as it was left, or invents it first. A start that was broken off is gone on with.</summary>
    public static async Task<PlaygroundWorld> OpenAsync(NpgsqlDataSource database, ContentFolder content, CancellationToken cancellation)
    {
        if (!await PlaygroundDatabase.IsSeededAsync(database, cancellation)) await SeedAsync(database, content, cancellation);
        var world = await PlaygroundWorld.StartAsync(database, content, InventedLife.Jobs, cancellation);
        if (world.Now < OpensAt)
        {
            await world.MoveToAsync(OpensAt, cancellation);
            await world.People.ReadAllAsync(cancellation);
        }
        return world;
    }

    /// <summary>Brings the company into an empty, migrated database: on the Friday before the campaign starts.</summary>
    /// <exception cref="InvalidDataException">The content folder's campaign cannot be used.</exception>
    public static async Task SeedAsync(NpgsqlDataSource database, ContentFolder content, CancellationToken cancellation)
    {
        var campaign = await CampaignAsync(content, cancellation);
        var product = new NudgingProduct(database, ProductClock.StandingAt(SeededAt), content, []);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var organizationId = await connection.QuerySingleAsync<int>(
            "insert into organizations (name, created_at) values (@Name, @SeededAt) returning id", new { Name, SeededAt });
        var workspaceId = await OwnWorkspace.CreateAsync(database, organizationId, PlaygroundPlatform.Platform, "Playground", WinsChannel, cancellation);

        await ImportRosterAsync(product, organizationId, cancellation);
        await connection.ExecuteAsync("update persons set admin = true where organization_id = @organizationId and email = @Admin", new { organizationId, Admin });
        await OwnWorkspace.OpenAsync(database, organizationId, workspaceId, cancellation);
        await product.Campaigns.ApplyAsync(organizationId, campaign, cancellation);
        await new InventedFeed(product, organizationId).RunAsync(cancellation);

        // Last: with it the playground is there.
        await connection.ExecuteAsync(
            "insert into playground (workspace_id, organization_id, now) values (@workspaceId, @organizationId, @SeededAt)", new { workspaceId, organizationId, SeededAt });
    }

    static async Task<Campaign> CampaignAsync(ContentFolder content, CancellationToken cancellation)
    {
        var path = Path.Combine(content.Campaigns, $"{CampaignKey}.yaml");
        var parsed = CampaignFile.Parse(await File.ReadAllTextAsync(path, cancellation));
        if (parsed.Campaign is not { Key: CampaignKey } campaign)
            throw new InvalidDataException($"{path}: this is not the campaign '{CampaignKey}' that the demo runs. {string.Join('\n', parsed.Errors)}".TrimEnd());
        return campaign with { Start = Start, OwnerEmail = Admin };
    }

    static async Task ImportRosterAsync(NudgingProduct product, int organizationId, CancellationToken cancellation)
    {
        var path = Path.GetTempFileName();
        try
        {
            await using (var file = File.Create(path))
            await using (var roster = InventedData.Open("roster.csv"))
            {
                await roster.CopyToAsync(file, cancellation);
            }
            await product.RosterImport.RunAsync(organizationId, path, new RosterOptions(), stop: cancellation);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
