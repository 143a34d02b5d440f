using NodaTime.Text;
using NudgeBot.Files;
using YamlDotNet.Core.Events;

namespace NudgeBot.Campaigns;

/// <summary>
/// Writes what <see cref="CampaignReader"/> reads; every field is there, so that a new default changes no old export. What came after campaigns were stored
/// (stages, gate, goals) is there only where it is not the default: so a file that says nothing of it gives the text that it always gave, and applied again
/// over an older database it changes nothing. These defaults can therefore never change.
/// </summary>
sealed class CampaignWriter(YamlWriter yaml)
{
    public static string Write(Campaign campaign) => YamlWriter.Document(yaml => new CampaignWriter(yaml).Fields(campaign));

    void Fields(Campaign campaign)
    {
        yaml.Field("key", campaign.Key);
        yaml.Field("name", campaign.Name);
        yaml.Field("tool", campaign.Tool);
        yaml.Field("tool_name", campaign.ToolName);
        yaml.Field("owner", campaign.OwnerEmail);
        yaml.Field("start", LocalDatePattern.Iso.Format(campaign.Start));
        Audience(campaign.Audience);
        yaml.MapField("rollout", () =>
        {
            yaml.Field("percent", campaign.RolloutPercent);
            yaml.Field("unit", Words.Of(campaign.RolloutUnit));
            if (!campaign.RolloutStages.SequenceEqual(RolloutStages.Default)) yaml.ListField("stages", campaign.RolloutStages.Select(stage => stage.ToString()));
            if (campaign.RolloutClosed) yaml.Field("closed", "true");
        });
        Gate(campaign.Gate);
        if (campaign.Goals.Count > 0) yaml.ListField("goals", campaign.Goals, goal => yaml.Map(() => Goal(goal)), SequenceStyle.Block);
        yaml.Field("holdout", campaign.HoldoutPercent);
        yaml.ListField("variants", campaign.Variants);
        yaml.Field("back_off", campaign.BackOff?.ToString() ?? "never");
        yaml.MapField("window", () =>
        {
            yaml.QuotedField("from", $"{campaign.Window.From:HH:mm}");
            yaml.QuotedField("to", $"{campaign.Window.To:HH:mm}");
        });
        yaml.Field("managed", Words.Of(campaign.Managed));
        // The record keeps fallbacks per step: the first step's serves all that have the same.
        var shared = campaign.Steps[0].Fallback;
        yaml.ListField("fallback", shared);
        // Left out where there are none: definitions that are stored stay as they are.
        if (campaign.Texts.Count > 0)
        {
            yaml.MapField("texts", () =>
            {
                foreach (var (place, text) in campaign.Texts.OrderBy(text => text.Key, StringComparer.Ordinal)) yaml.TextField(place, text.Markdown);
            }, MappingStyle.Block);
        }
        yaml.ListField("steps", campaign.Steps, step => yaml.Map(() => Step(step, shared), MappingStyle.Block), SequenceStyle.Block);
    }

    void Gate(GateThresholds gate)
    {
        var otherwise = GateThresholds.Default;
        if (gate == otherwise) return;
        yaml.MapField("gate", () =>
        {
            Field("people", gate.People, otherwise.People);
            Field("days", gate.Days, otherwise.Days);
            Field("delivery", gate.Delivery, otherwise.Delivery);
            Field("opt_outs", gate.OptOuts, otherwise.OptOuts);
            Field("blocked", gate.Blocked, otherwise.Blocked);
            Field("unreachable", gate.Unreachable, otherwise.Unreachable);
        });

        void Field(string name, int value, int byDefault)
        {
            if (value != byDefault) yaml.Field(name, value);
        }
    }

    void Goal(Goal goal)
    {
        yaml.Field("metric", Words.Of(goal.Metric));
        yaml.Field("baseline", goal.Baseline);
        yaml.Field("target", goal.Target);
        yaml.Field("by", LocalDatePattern.Iso.Format(goal.By));
    }

    void Audience(Audience audience)
    {
        if (audience is { Roles: [], Teams: [], Locations: [] })
        {
            yaml.Field("audience", "everyone");
            return;
        }
        yaml.MapField("audience", () =>
        {
            if (audience.Roles.Count > 0) yaml.ListField("role", audience.Roles);
            if (audience.Teams.Count > 0) yaml.ListField("team", audience.Teams);
            if (audience.Locations.Count > 0) yaml.ListField("location", audience.Locations);
        });
    }

    void Step(Step step, IReadOnlyList<string> shared)
    {
        yaml.Field("key", step.Key);
        yaml.Field("day", step.Day);
        yaml.QuotedField("at", $"{step.At:HH:mm}");
        yaml.Field("kind", Words.Of(step.Kind));
        if (step.Texts.Count == 1 && step.Texts.TryGetValue("*", out var forAll)) yaml.Field("text", forAll);
        else yaml.MapField("text", () =>
        {
            foreach (var (variant, name) in step.Texts.OrderBy(t => t.Key == "*").ThenBy(t => t.Key)) yaml.Field(variant, name);
        });
        if (step.Entries.Count > 0) yaml.ListField("entries", step.Entries.Select(e => Words.Of(e)));
        if (step.OnlyIf is { } condition)
        {
            yaml.Word("only_if");
            new ConditionWriter(yaml).Write(condition);
        }
        if (step.AfterAnswer is { } after) yaml.Field("after_answer", after);
        if (step.Otherwise is { } otherwise) yaml.Field("otherwise", otherwise);
        if (step.Essential) yaml.Field("essential", "true");
        if (!step.Fallback.SequenceEqual(shared)) yaml.ListField("fallback", step.Fallback);
    }
}
