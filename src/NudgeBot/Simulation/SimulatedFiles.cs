using NudgeBot.Campaigns;
using NudgeBot.Guides;

namespace NudgeBot.Simulation;

static class SimulatedFiles
{
    /// <summary>The campaign of the file, with <c>--from</c> as its start.</summary>
    public static async Task<Campaign> CampaignAsync(SimulationInput input, TextLibrary library, CancellationToken cancellation)
    {
        if (!File.Exists(input.CampaignFile)) throw new SimulationInputException([$"{input.CampaignFile}: there is no such file."]);
        var parsed = CampaignFile.Parse(await File.ReadAllTextAsync(input.CampaignFile, cancellation));
        if (parsed.Campaign is not { } campaign)
            throw new SimulationInputException([.. parsed.Errors.Select(error => $"{input.CampaignFile}, line {error.Line}, column {error.Column}: {error.Message}")]);
        if (library.Check(campaign) is { Count: > 0 } lacking) throw new SimulationInputException(lacking);
        return campaign with { Start = input.From };
    }
}
