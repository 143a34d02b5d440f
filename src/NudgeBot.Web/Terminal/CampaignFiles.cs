using NudgeBot.Campaigns;

namespace NudgeBot.Web.Terminal;

static class CampaignFiles
{
    public static async Task<int> ApplyAsync(Installation installation, string file, CancellationToken stop)
    {
        if (!File.Exists(file)) throw new OperatorException($"{file}: there is no such file.");
        var parsed = CampaignFile.Parse(await File.ReadAllTextAsync(file, stop));
        if (parsed.Campaign is not { } campaign)
            throw new OperatorException(string.Join('\n', parsed.Errors.Select(error => (error with { File = file }).ToString())));
        if (installation.Product.Library.Check(campaign) is { Count: > 0 } lacking) throw new OperatorException(string.Join('\n', lacking));

        var applied = await installation.Product.Campaigns.ApplyAsync(installation.OrganizationId, campaign, stop);
        Console.WriteLine(applied switch
        {
            Applied.Created => $"{campaign.Key} is scheduled: it starts on {campaign.Start:uuuu-MM-dd}, when that date begins in the first of the people's time zones.",
            Applied.Changed => $"{campaign.Key} has a new version. People under way keep theirs; who joins from now on gets the new one.",
            Applied.Unchanged => $"{campaign.Key} is as in the file already; nothing was changed.",
        });
        return 0;
    }
}
