using System.CommandLine;

namespace NudgeBot.Commands;

/// <summary>Which command is given where.</summary>
static class Roots
{
    /// <summary>May stand anywhere in the terminal's lines.</summary>
    public static readonly Option<string> Organization = Values.OrganizationOption();

    public static Verb Chat() => new("nudge",
        PersonalCommands.Guide(),
        PersonalCommands.Used(),
        PersonalCommands.Win(),
        PersonalCommands.Blocked(),
        PersonalCommands.Snooze(),
        PersonalCommands.Stop(),
        PersonalCommands.Resume(CampaignCommands.ResumeAll()),
        PersonalCommands.Settings(),
        PersonalCommands.Privacy(),
        Campaigns(),
        new Verb("pause", CampaignCommands.PauseAll()) { Description = "Hold every message." },
        MeasuringCommands.Retention(canBeCsv: false),
        Help("help", "help snooze"))
    {
        Description = "I send a few short messages that help you make a new tool a habit. You can ask me:",
    };

    public static Verb Terminal()
    {
        var root = new Verb("nudgebot",
            OperatorCommands.Demo(),
            OperatorCommands.Run(),
            new Verb("people", OperatorCommands.ImportPeople(), OperatorCommands.ShowPerson(), OperatorCommands.CheckPeople())
            {
                Description = "The roster.",
                Also = ["roster", "users"],
            },
            Campaigns(CampaignCommands.Apply()),
            new Verb("usage", MeasuringCommands.ImportUsage(), MeasuringCommands.Feeds())
            {
                Description = "What tools report of their use.",
                Also = ["feeds", "seats"],
            },
            MeasuringCommands.Retention(canBeCsv: true),
            new Verb("win", PersonalCommands.ListWins())
            {
                Description = "What went well, as people told it.",
                Also = PersonalCommands.AlsoWin,
            },
            OperatorCommands.Simulate(),
            OperatorCommands.TeamsPackage(),
            new Verb("pause", CampaignCommands.PauseAll()) { Description = "Hold every message." },
            new Verb("resume", CampaignCommands.ResumeAll()) { Description = "Let messages go on." },
            Help("help", "help usage import"))
        {
            Description = "NudgeBot helps people make a new tool a habit. What its operators do:",
        };
        root.Add(Organization);
        return root;
    }

    static Verb Campaigns(params IEnumerable<Verb> first) => new("campaign",
    [
        .. first,
        CampaignCommands.List(),
        CampaignCommands.Show(),
        CampaignCommands.Pause(),
        CampaignCommands.Resume(),
        CampaignCommands.End(),
    ])
    {
        Description = "Look at campaigns, hold them, end them.",
        Also = ["campaigns", "program", "programme"],
    };

    static Verb Help(params IReadOnlyList<string> examples) => new("help", Values.AnyWords("command", "what to explain"))
    {
        Description = "What you can ask, or how to ask one thing.",
        Examples = examples,
        Also = ["commands", "?", "usage", "hello", "hi"],
    };
}
