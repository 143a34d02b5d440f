using NudgeBot.Files;

namespace NudgeBot.Campaigns;

/// <summary>A campaign as YAML: what admins keep in git, apply and export. The shipped <c>first-60-days.yaml</c> explains every field.</summary>
public static class CampaignFile
{
    /// <summary>Never throws for what is in the file: everything that is wrong is reported, in the file's order.</summary>
    public static Result Parse(string yaml)
    {
        var errors = new FileErrors();
        var campaign = new CampaignReader(errors).Read(YamlTree.Read(yaml, errors));
        return new Result(errors.None ? campaign : null, errors.InOrder);
    }

    /// <summary>The canonical text: equal campaigns give equal texts, and parsing one gives the campaign again.</summary>
    public static string Write(Campaign campaign) => CampaignWriter.Write(campaign);

    /// <param name="Campaign">Null where there are errors.</param>
    public sealed record Result(Campaign? Campaign, IReadOnlyList<FileError> Errors);
}
