using NodaTime;
using NudgeBot.Commands;
using NudgeBot.Files;
using NudgeBot.Governance;
using NudgeBot.Guides;

namespace NudgeBot.Campaigns;

/// <summary>What an edit makes of a campaign. Pure: the rules of the file hold for what is edited in chat too, because it is read as one.</summary>
static class CampaignEditing
{
    const string All = "all";
    const string Default = "default";

    /// <exception cref="RefusalException">It would be no campaign; says why, at the option that it comes from.</exception>
    public static Campaign With(this Campaign campaign, CampaignChange change, LocalDate today) => Checked(campaign with
    {
        Name = change.Name ?? campaign.Name,
        ToolName = change.ToolName ?? campaign.ToolName,
        Audience = new Audience(
            ListOf(change.Roles) ?? campaign.Audience.Roles, ListOf(change.Teams) ?? campaign.Audience.Teams, ListOf(change.Locations) ?? campaign.Audience.Locations),
        Start = change.Start?.From(today) ?? campaign.Start,
        HoldoutPercent = change.Holdout ?? campaign.HoldoutPercent,
        BackOff = change.BackOff is null ? campaign.BackOff : BackOff(change.BackOff),
    });

    /// <inheritdoc cref="With(Campaign, CampaignChange, LocalDate)"/>
    public static Campaign With(this Campaign campaign, string stepKey, StepChange change)
    {
        var step = campaign.StepWith(stepKey);
        var changed = step with
        {
            Day = change.Day ?? step.Day,
            At = change.At ?? step.At,
            Texts = change.Text is { } text ? new Dictionary<string, string> { ["*"] = text } : step.Texts,
            OnlyIf = change.OnlyIf is null ? step.OnlyIf : ConditionOf(change.OnlyIf),
            Otherwise = change.Otherwise switch { null => step.Otherwise, "skip" => null, var name => name },
            Entries = ListOf(change.Entries)?.Select(EntryOf).ToList() ?? step.Entries,
            Essential = change.Essential ?? step.Essential,
        };
        return Checked(campaign with { Steps = [.. campaign.Steps.Select(one => one == step ? changed : one)] });
    }

    /// <param name="place">As in <see cref="Campaign.Texts"/>.</param>
    /// <param name="words"><c>default</c>: the guide's own again.</param>
    public static Campaign With(this Campaign campaign, string place, string words)
    {
        var texts = campaign.Texts.Where(text => text.Key != place).ToDictionary();
        if (!words.Equals(Default, StringComparison.OrdinalIgnoreCase))
        {
            if (OwnText.Check(words) is { Count: > 0 } problems) throw new RefusalException(string.Join(' ', problems), "--words");
            texts.Add(place, new OwnText(words));
        }
        return Checked(campaign with { Texts = texts });
    }

    /// <exception cref="RefusalException">The campaign has no such step.</exception>
    public static Step StepWith(this Campaign campaign, string key) => campaign.Steps.FirstOrDefault(step => step.Key == key)
        ?? throw new RefusalException($"**{campaign.Key}** has no step {key}. There are: {string.Join(", ", campaign.Steps.Select(step => step.Key))}.", "STEP");

    /// <summary>Read back as a file, so that one set of rules holds wherever a campaign comes from.</summary>
    static Campaign Checked(Campaign campaign)
    {
        var read = CampaignFile.Parse(CampaignFile.Write(campaign));
        return read.Campaign ?? throw new RefusalException(string.Join(' ', read.Errors.Select(error => error.Message)), OptionOf(read.Errors[0]));
    }

    /// <summary>The fields' names are in front of their errors.</summary>
    static string? OptionOf(FileError error) => error.Message.Split(':')[0] switch
    {
        "name" => "--name",
        "tool_name" => "--tool-name",
        "at" => "--at",
        "day" => "--day",
        "only_if" => "--only-if",
        "otherwise" => "--otherwise",
        "text" => "--text",
        "owner" => "--owner",
        "key" => "NEW-KEY",
        "tool" => "--tool",
        _ => null,
    };

    public static IReadOnlyList<string>? ListOf(string? words) => words is null ? null
        : words.Trim().Equals(All, StringComparison.OrdinalIgnoreCase) ? []
        : words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static Entry EntryOf(string word) => Words.TryParse<Entry>(word, out var entry) ? entry
        : throw new RefusalException($"`--entries` takes {string.Join(", ", Words.All<Entry>())} or `all`, not {word}.", "--entries");

    static int? BackOff(string said) => said.Equals("never", StringComparison.OrdinalIgnoreCase) ? null
        : int.TryParse(said, out var count) && count is >= 1 and <= 20 ? count
        : throw new RefusalException("`--back-off` takes a whole number from 1 to 20, or `never`.", "--back-off");

    static Condition? ConditionOf(string said)
    {
        if (said.Equals("always", StringComparison.OrdinalIgnoreCase)) return null;
        var errors = new FileErrors();
        var condition = new ConditionReader(errors).Read(YamlTree.Read(said, errors));
        return errors.None ? condition : throw new RefusalException($"`--only-if`: {string.Join(' ', errors.InOrder.Select(error => error.Message))}", "--only-if");
    }
}
