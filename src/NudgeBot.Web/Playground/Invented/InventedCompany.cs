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
    /// <summary>The campaign's first day, a Monday.</summary>
    public static readonly LocalDate Start = new(2026, 9, 14);

    /// <summary>Where a clock stands that nobody has moved yet; what happened before is done by moving to it.</summary>
    public static readonly Instant OpensAt = Instant.FromUtc(2026, 9, 23, 8, 30);

    /// <summary>The Friday before.</summary>
    public static readonly Instant SeededAt = Instant.FromUtc(2026, 9, 11, 12, 0);

    /// <summary>Opens the playground as it was left, or invents it first. A start that was broken off is gone on with.</summary>
    /// <param name="campaign">What a new company runs; its start and owner are replaced.</param>
    public static async Task<PlaygroundWorld> OpenAsync(NpgsqlDataSource database, ContentFolder content, Campaign campaign, CancellationToken cancellation)
    {
        if (!await PlaygroundDatabase.IsSeededAsync(database, cancellation)) await SeedAsync(database, content, campaign, cancellation);
        var world = await PlaygroundWorld.StartAsync(database, content, InventedLife.Jobs, cancellation);
        if (world.Now < OpensAt)
        {
            await world.MoveToAsync(OpensAt, cancellation);
            await world.People.ReadAllAsync(cancellation);
        }
        return world;
    }

    /// <summary>Brings the company into an empty, migrated database: on the Friday before the campaign starts.</summary>
    public static Task SeedAsync(NpgsqlDataSource database, ContentFolder content, Campaign campaign, CancellationToken cancellation) => SeedAsync(
        database, content, campaign, new DemoWorkspace(PlaygroundPlatform.Platform, "playground", "Playground", WinsChannel),
        (organizationId, workspaceId) => OwnWorkspace.OpenAsync(database, organizationId, workspaceId, cancellation), cancellation);

    /// <param name="bringInAsync">Brings those who are on the roster by now into the workspace, and their teams' channels.</param>
    public static async Task<(int OrganizationId, int WorkspaceId)> SeedAsync(
        NpgsqlDataSource database, ContentFolder content, Campaign campaign, DemoWorkspace workspace, Func<int, int, Task> bringInAsync, CancellationToken cancellation)
    {
        var product = new NudgingProduct(database, ProductClock.StandingAt(SeededAt), content, []);
        // First: from now on this is a playground, and one that is not whole can be thrown away.
        var (organizationId, workspaceId) = await PlaygroundDatabase.ClaimAsync(database, Name, workspace, SeededAt, cancellation);
        await ImportRosterAsync(product, organizationId, cancellation);
        await bringInAsync(organizationId, workspaceId);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("update persons set admin = true where organization_id = @organizationId and email = @Admin", new { organizationId, Admin });
        // Last: with it the playground is whole. What was used before, the feed tells when the clock first moves.
        await product.Campaigns.ApplyAsync(organizationId, campaign with { Start = Start, OwnerEmail = Admin }, cancellation);
        return (organizationId, workspaceId);
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
