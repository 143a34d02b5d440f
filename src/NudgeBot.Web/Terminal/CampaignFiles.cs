using Dapper;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Guides;
using NudgeBot.People;

namespace NudgeBot.Web.Terminal;

static class CampaignFiles
{
    public static async Task<int> ApplyAsync(Installation installation, CampaignRequest.Apply request, CancellationToken stop)
    {
        var campaign = await ReadAsync(request.File!, installation.Product.Library, stop);
        var known = await KnowsAsync(installation, campaign.Key, stop);
        Console.WriteLine(PlainText.Of(await installation.Product.Desk.AnswerAsync(installation.Operator, request with { Yaml = CampaignFile.Write(campaign) }, stop)));
        if (!known && !request.Draft) await SayWhatItWaitsForAsync(installation, campaign, stop);
        return 0;
    }

    static async Task<bool> KnowsAsync(Installation installation, string key, CancellationToken stop)
    {
        await using var connection = await installation.Product.Database.OpenConnectionAsync(stop);
        return await connection.QuerySingleAsync<bool>(
            "select exists (select from campaigns where organization_id = @OrganizationId and key = @key and state <> 'draft')", new { installation.OrganizationId, key });
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
