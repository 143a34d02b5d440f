using NudgeBot.Campaigns;

namespace NudgeBot.Commands;

/// <summary>How far a campaign reaches, and whether it may reach further.</summary>
static class RolloutCommands
{
    public static Verb All() => new("rollout", Show(), Advance(), Back(), Set())
    {
        Description = "How far a campaign reaches.",
        Also = ["rollouts", "scale", "stage"],
    };

    public static Verb Gate()
    {
        var key = Values.CampaignKey();
        return new Verb("gate", new Verb("show", Needs.Owner, line => new RolloutRequest.Gate(line.GetRequiredValue(key)), key)
        {
            Description = "The figures that decide whether the rollout may advance.",
            Examples = ["gate show first-60-days"],
            Also = ["status", "check"],
            Form = new VerbForm("The gate", "Show"),
        })
        {
            Description = "What must be so before a campaign reaches more people.",
            Also = ["gates", "scorecard"],
        };
    }

    static Verb Show()
    {
        var key = Values.CampaignKey();
        return new Verb("show", Needs.Owner, line => new RolloutRequest.Show(line.GetRequiredValue(key)), key)
        {
            Description = "Where the rollout is, the gate's figures, and why it was moved.",
            Examples = ["rollout show first-60-days"],
            Also = ["status", "view"],
            Form = new VerbForm("The rollout", "Show"),
        };
    }

    static Verb Advance()
    {
        var key = Values.CampaignKey();
        var learned = Values.Option("--learned", "TEXT", "what was learned at this stage", required: true);
        var evidence = Values.ChoiceOption<Evidence>("--evidence", "whether the evidence supports reaching more people", required: true);
        var needs = Values.Option("--needs", "TEXT", "what it needs to reach more people: licences, champions, support", required: true);
        var why = Values.Option("--override", "WHY", "go on although the gate is not passed, and why that is right");
        var to = Values.Carried(Values.Option("--to", "PERCENT", "the stage that was shown; refused if another one is next by now", Values.Whole(1, 100)));
        var confirm = Values.Flag("--confirm", "do it, instead of showing what it would mean");
        return new Verb("advance", Needs.Owner,
            line => new RolloutRequest.Advance(
                line.GetRequiredValue(key), line.GetRequiredValue(learned), line.GetRequiredValue(evidence)!.Value, line.GetRequiredValue(needs), line.GetValue(why),
                line.GetValue(to), line.GetValue(confirm)),
            key, learned, evidence, needs, why, to, confirm)
        {
            Description = "Reach the next stage, if the gate is passed.",
            Examples =
            [
                "rollout advance first-60-days --learned \"prompts need examples\" --evidence yes --needs \"two champions\" --confirm",
                "rollout advance first-60-days --learned \"prompts need examples\" --evidence yes --needs \"two champions\"",
            ],
            Also = ["next", "raise", "more", "forward"],
            Form = new VerbForm("Advance the rollout", "Look") { Hidden = [to, confirm] },
        };
    }

    static Verb Back()
    {
        var key = Values.CampaignKey();
        return new Verb("back", Needs.Owner, line => new RolloutRequest.Back(line.GetRequiredValue(key)), key)
        {
            Description = "Back to the stage before: nobody new is taken in, people under way go on.",
            Examples = ["rollout back first-60-days"],
            Also = ["lower", "less", "undo", "stop"],
            Form = new VerbForm("Back to the stage before", "Go back"),
        };
    }

    static Verb Set()
    {
        var key = Values.CampaignKey();
        var percent = Values.Number("PERCENT", "of the audience, 0 to 100", 0, 100);
        var stages = Values.Option("--stages", "LIST", "the stages, like `10,50,100`");
        var unit = Values.ChoiceOption<RolloutUnit>("--unit", "draw people one by one, or whole teams");
        var why = Values.Option("--override", "WHY", "reach more people without the gate, and why that is right");
        return new Verb("set", Needs.Owner,
            line => new RolloutRequest.Set(line.GetRequiredValue(key), line.GetRequiredValue(percent)!.Value, line.GetValue(stages), line.GetValue(unit), line.GetValue(why)),
            key, percent, stages, unit, why)
        {
            Description = "Where the rollout begins, or a smaller one.",
            Examples = ["rollout set first-60-days 10 --stages 10,30,100 --unit team", "rollout set first-60-days 10"],
            Also = ["change", "edit"],
            Form = new VerbForm("Set the rollout", "Set"),
        };
    }
}
