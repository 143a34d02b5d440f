using NudgeBot.Campaigns;
using NudgeBot.Commands;
using NudgeBot.Governance;
using NudgeBot.Guides;
using NudgeBot.People;

namespace NudgeBot.Web.Terminal;

static class CampaignFiles
{
    public static async Task<int> ApplyAsync(Installation installation, CampaignRequest.Apply request, CancellationToken stop)
    {
        var campaign = await ReadAsync(request.File, installation.Product.Library, stop);
        var (applied, launched) = await StoreAsync(installation, campaign, request.Draft, stop);
        Console.WriteLine(applied switch
        {
            Applied.Created when request.Draft => $"{campaign.Key} is a draft: nobody is taken in before 'campaign launch {campaign.Key}'.",
            Applied.Created => $"{campaign.Key} is scheduled: it starts on {campaign.Start:uuuu-MM-dd}, when that date begins in the first of the people's time zones.",
            Applied.Changed => $"{campaign.Key} has a new version. People under way keep theirs; who joins from now on gets the new one.",
            Applied.Unchanged => $"{campaign.Key} is as in the file already; nothing was changed.",
        });
        if (launched) Console.WriteLine($"{campaign.Key} is no draft any more: it starts on {campaign.Start:uuuu-MM-dd}.");
        if (launched || (applied == Applied.Created && !request.Draft)) await SayWhatItWaitsForAsync(installation, campaign, stop);
        return 0;
    }

    /// <summary>An operator's file is the launch, unless it says otherwise.</summary>
    static async Task<(Applied Applied, bool Launched)> StoreAsync(Installation installation, Campaign campaign, bool draft, CancellationToken stop)
    {
        await using var connection = await installation.Product.Database.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var applied = await installation.Product.Campaigns.ApplyAsync(connection, installation.OrganizationId, campaign, asDraft: draft);
        var launched = !draft && await CampaignStore.ScheduleAsync(connection, installation.OrganizationId, campaign.Key);
        if (launched)
        {
            await new AuditTrail(connection, installation.Product.Clock).WriteAsync(
                installation.OrganizationId, installation.Operator.Does(AuditActions.CampaignLaunch) with { Campaign = campaign.Key }, stop);
        }
        await transaction.CommitAsync(stop);
        return (applied, launched);
    }

    /// <exception cref="OperatorException">There is no such file, it is malformed, or a text is missing; the message says where.</exception>
    public static async Task<Campaign> ReadAsync(string file, TextLibrary library, CancellationToken stop)
    {
        if (!File.Exists(file)) throw new OperatorException($"{file}: there is no such file.");
        var parsed = CampaignFile.Parse(await File.ReadAllTextAsync(file, stop));
        if (parsed.Campaign is not { } campaign)
            throw new OperatorException(string.Join('\n', parsed.Errors.Select(error => (error with { File = file }).ToString())));
        return library.Check(campaign) is { Count: > 0 } lacking ? throw new OperatorException(string.Join('\n', lacking)) : campaign;
    }

    static async Task SayWhatItWaitsForAsync(Installation installation, Campaign campaign, CancellationToken stop)
    {
        if (campaign.Start < installation.Product.Clock.Now.InUtc().Date)
            Console.WriteLine($"Note: that date has passed. Everybody's day 0 will be {campaign.Start:uuuu-MM-dd}, and the first messages go out as soon as they may; set a later start if that is not meant.");
        if (!await Organizations.HasWorkspaceAsync(installation.Product.Database, installation.OrganizationId, stop))
            Console.WriteLine("Note: no chat platform is connected yet. The campaign starts when one is.");
    }
}
