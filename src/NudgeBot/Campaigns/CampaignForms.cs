using System.Globalization;
using NodaTime.Text;
using Npgsql;
using NudgeBot.Commands;
using NudgeBot.Governance;
using NudgeBot.Guides;

namespace NudgeBot.Campaigns;

/// <summary>What stands in a form that changes a campaign: how it is now, and which version that is.</summary>
sealed class CampaignForms(NpgsqlConnection connection, Journeys journeys, TextLibrary library)
{
    /// <returns>Nothing where the form is about no campaign, or the line names none that there is.</returns>
    public async Task<Filling> OfAsync(Asker asker, Blank blank, CancellationToken cancellation)
    {
        if (blank.Command == "campaign create") return new Filling(new Dictionary<string, string> { ["--owner"] = asker.Email ?? "" }, []);
        if (blank is not { Command: "campaign edit" or "campaign step" or "campaign text", Arguments: [var key, ..] }) return Filling.Nothing;
        try
        {
            var journey = await journeys.LatestAsync(connection, asker.OrganizationId, key, cancellation);
            var campaign = journey.Campaign;
            var values = blank switch
            {
                { Command: "campaign edit" } => ValuesOf(campaign),
                { Command: "campaign step", Arguments: [_, var step, ..] } => ValuesOf(campaign.StepWith(step)),
                { Command: "campaign text", Arguments: [_, var step, ..] } => WordsOf(campaign, campaign.StepWith(step), blank.Begun),
                _ => [],
            };
            return new Filling(values, [Values.BasedOnName, (await journeys.NumberAsync(connection, asker.OrganizationId, journey.VersionId)).ToString(CultureInfo.InvariantCulture)]);
        }
        catch (Exception error) when (error is UnknownCampaignException or RefusalException)
        {
            // The form is told so when it is sent.
            return Filling.Nothing;
        }
    }

    /// <summary>How many it would be for, as the form is filled in.</summary>
    /// <param name="values">By the gap's name.</param>
    public Task<string> CountAsync(Asker asker, IReadOnlyDictionary<string, string> values)
    {
        IReadOnlyList<string> List(string name) => CampaignEditing.ListOf(values.GetValueOrDefault(name, "")) ?? [];
        return new CampaignPages(connection).CountAsync(asker, new Audience(List("--roles"), List("--teams"), List("--locations")));
    }

    static Dictionary<string, string> ValuesOf(Campaign campaign) => new()
    {
        ["--name"] = campaign.Name,
        ["--tool-name"] = campaign.ToolName,
        ["--roles"] = ListOf(campaign.Audience.Roles),
        ["--teams"] = ListOf(campaign.Audience.Teams),
        ["--locations"] = ListOf(campaign.Audience.Locations),
        ["--start"] = LocalDatePattern.Iso.Format(campaign.Start),
        ["--holdout"] = campaign.HoldoutPercent.ToString(CultureInfo.InvariantCulture),
        ["--back-off"] = campaign.BackOff?.ToString(CultureInfo.InvariantCulture) ?? "never",
    };

    static Dictionary<string, string> ValuesOf(Step step) => new()
    {
        ["--day"] = step.Day.ToString(CultureInfo.InvariantCulture),
        ["--at"] = $"{step.At:HH:mm}",
        ["--text"] = step.Texts.Count == 1 ? step.Texts.GetValueOrDefault("*", "") : "",
        ["--only-if"] = step.OnlyIf is { } condition ? ConditionWriter.LineOf(condition) : "always",
        ["--otherwise"] = step.Otherwise ?? "",
        ["--entries"] = ListOf([.. step.Entries.Select(entry => Words.Of(entry))]),
        ["--essential"] = step.Essential ? "yes" : "no",
    };

    Dictionary<string, string> WordsOf(Campaign campaign, Step step, string begun)
    {
        var line = begun.Split(' ');
        string After(string option, string otherwise) => Array.IndexOf(line, option) is >= 0 and var at && at + 1 < line.Length ? line[at + 1] : otherwise;
        var role = After("--role", Places.AnyRole);
        var found = library.Find(step.TextFor(campaign.Variants[0]), After("--locale", "en"), role == Places.AnyRole ? "" : role, step.Fallback, campaign.Texts);
        return found is null ? [] : new() { ["--words"] = OwnText.Of(found.Text).Markdown };
    }

    static string ListOf(IReadOnlyList<string> words) => words.Count == 0 ? "all" : string.Join(", ", words);
}

/// <param name="Values">By the gap's name.</param>
/// <param name="Further">Words that the line goes on with, unseen.</param>
sealed record Filling(IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Further)
{
    public static readonly Filling Nothing = new(new Dictionary<string, string>(), []);

    /// <summary>What the line says goes before what is there.</summary>
    public string Of(Gap gap) => gap.Given.Length > 0 ? gap.Given : Values.GetValueOrDefault(gap.Name, "");

    /// <summary>What somebody has filled in goes before what was there, also where they emptied it.</summary>
    public Filling With(IReadOnlyDictionary<string, string> filledIn)
    {
        var all = new Dictionary<string, string>(Values);
        foreach (var (name, value) in filledIn) all[name] = value;
        return this with { Values = all };
    }
}
