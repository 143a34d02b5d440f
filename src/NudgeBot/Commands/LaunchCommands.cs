using NudgeBot.Campaigns;
using NudgeBot.Gates;

namespace NudgeBot.Commands;

/// <summary>What comes before a launch: goals and the checklist; and the launch.</summary>
static class LaunchCommands
{
    public static Verb Launch()
    {
        var key = Values.CampaignKey();
        var confirm = Values.Flag("--confirm", "launch it, instead of showing what would happen");
        return new Verb("launch", Needs.Owner, line => new ReadinessRequest.Launch(line.GetRequiredValue(key), line.GetValue(confirm)), key, confirm)
        {
            Description = "Launch a draft: from its start date on people are taken in.",
            Examples = ["campaign launch first-60-days", "campaign launch first-60-days --confirm"],
            Also = ["begin", "schedule", "go"],
            Form = new VerbForm("Launch a campaign", "Look") { Hidden = [confirm] },
        };
    }

    public static Verb Readiness() => new("readiness", ShowReadiness(), SetReadiness())
    {
        Description = "What must be ready before a campaign is launched.",
        Also = ["ready", "checklist"],
    };

    public static Verb Goals() => new("goal", ListGoals(), AddGoal(), RemoveGoal())
    {
        Description = "What a campaign is meant to reach, and by when.",
        Also = ["goals", "target", "kpi"],
    };

    static Verb ShowReadiness()
    {
        var key = Values.CampaignKey();
        return new Verb("show", Needs.Owner, line => new ReadinessRequest.Show(line.GetRequiredValue(key)), key)
        {
            Description = "The checklist of a campaign: what is done, by whom, and what is not.",
            Examples = ["readiness show first-60-days"],
            Also = ["list", "status"],
            Form = new VerbForm("The checklist", "Show"),
        };
    }

    static Verb SetReadiness()
    {
        var key = Values.CampaignKey();
        var item = Values.Text("ITEM", "which item of the checklist; `readiness show` lists them");
        var state = Values.ChoiceOption<ReadinessState>("--state", "how far it is");
        var owner = Values.Option("--owner", "WHO", "who sees to it: an e-mail, or in chat the person with an @");
        var note = Values.Option("--note", "TEXT", "what there is to know; `-` removes it");
        var link = Values.Option("--link", "URL", "where it is written down; `-` removes it");
        var seen = Values.BasedOnSeen();
        return new Verb("set", Needs.Owner,
            line => new ReadinessRequest.Set(
                line.GetRequiredValue(key), line.GetRequiredValue(item), line.GetValue(state), line.GetValue(owner), line.GetValue(note), line.GetValue(link),
                line.GetValue(seen)),
            key, item, state, owner, note, link, seen)
        {
            Description = "How far an item of the checklist is, and who sees to it.",
            Examples =
            [
                "readiness set first-60-days pilot --state partial --owner anna@example.com --note \"three teams\" --link https://wiki.example.com/pilot",
                "readiness set first-60-days pilot --state complete",
            ],
            Also = ["mark", "change", "edit"],
            Form = new VerbForm("An item of the list", "Save") { OneOf = [state, owner, note, link], Hidden = [seen] },
        };
    }

    static Verb ListGoals()
    {
        var key = Values.CampaignKey();
        return new Verb("list", Needs.Owner, line => new GoalRequest.List(line.GetRequiredValue(key)), key)
        {
            Description = "The goals of a campaign.",
            Examples = ["goal list first-60-days"],
            Also = ["show", "ls"],
            Form = new VerbForm("Goals", "Show"),
        };
    }

    static Verb AddGoal()
    {
        var key = Values.CampaignKey();
        var metric = Values.Choice<GoalMetric>("METRIC", "what is measured");
        var most = GoalMetric.Minutes.Most();
        var baseline = Values.Option("--baseline", "N", "where it stands today: percent, or minutes a week", Values.Whole(0, most), required: true);
        var target = Values.Option("--target", "N", "what it should reach: percent, or minutes a week", Values.Whole(1, most), required: true);
        var by = Values.Option<When>("--by", "DATE", "until when, such as `2026-12-01` or `in 90 days`", Values.When, required: true);
        return new Verb("add", Needs.Owner,
            line => new GoalRequest.Add(
                line.GetRequiredValue(key), line.GetRequiredValue(metric)!.Value, line.GetRequiredValue(baseline)!.Value, line.GetRequiredValue(target)!.Value,
                line.GetRequiredValue(by)!.Value),
            key, metric, baseline, target, by)
        {
            Description = "Say what a campaign is meant to reach; one goal for each metric.",
            Examples = ["goal add first-60-days week-3-retention --baseline 20 --target 30 --by 2026-06-30"],
            Also = ["set", "new", "create"],
            Form = new VerbForm("A goal", "Add"),
        };
    }

    static Verb RemoveGoal()
    {
        var key = Values.CampaignKey();
        var metric = Values.Choice<GoalMetric>("METRIC", "the goal's metric");
        return new Verb("remove", Needs.Owner, line => new GoalRequest.Remove(line.GetRequiredValue(key), line.GetRequiredValue(metric)!.Value), key, metric)
        {
            Description = "Take a goal back.",
            Examples = ["goal remove first-60-days minutes"],
            Also = ["delete", "drop"],
            Form = new VerbForm("Take a goal back", "Remove"),
        };
    }
}
