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
        PersonalCommands.Resume(GovernanceCommands.ResumeAll(), GovernanceCommands.ResumeWorkspace()),
        PersonalCommands.Home(),
        PersonalCommands.Settings(),
        PersonalCommands.Privacy(),
        CampaignCommands.All(CampaignCommands.ApplyText(), CampaignCommands.ForecastInBackground()),
        LaunchCommands.Goals(),
        LaunchCommands.Readiness(),
        RolloutCommands.All(),
        RolloutCommands.Gate(),
        ReviewCommands.All(),
        PeopleCommands.All(PeopleCommands.ImportText(), PeopleCommands.Left(), PeopleCommands.Check(canBeCsv: false)),
        ChannelCommands.All(),
        GovernanceCommands.Owners(),
        GovernanceCommands.Champions(),
        GovernanceCommands.Admins(GovernanceCommands.Claim()),
        new Verb("pause", GovernanceCommands.PauseAll(), GovernanceCommands.PauseWorkspace()) { Description = "Hold messages." },
        MeasuringCommands.Retention(canBeCsv: false),
        MeasuringCommands.Audit(canBeCsv: false),
        Help("help", "help snooze"))
    {
        Description = "I send a few short messages that help you make a new tool a habit. You can ask me:",
    };

    public static Verb Terminal()
    {
        var root = new Verb("nudgebot",
            OperatorCommands.Demo(),
            OperatorCommands.Run(),
            PeopleCommands.All(PeopleCommands.ImportFile(), PeopleCommands.Check(canBeCsv: true)),
            CampaignCommands.All(CampaignCommands.ApplyFile(), CampaignCommands.ForecastAtOnce()),
            LaunchCommands.Goals(),
            LaunchCommands.Readiness(),
            RolloutCommands.All(),
            RolloutCommands.Gate(),
            ReviewCommands.All(),
            new Verb("usage", MeasuringCommands.ImportUsage(), MeasuringCommands.Feeds())
            {
                Description = "What tools report of their use.",
                Also = ["feeds", "seats"],
            },
            MeasuringCommands.Retention(canBeCsv: true),
            MeasuringCommands.Audit(canBeCsv: true),
            new Verb("win", PersonalCommands.ListWins())
            {
                Description = "What went well, as people told it.",
                Also = PersonalCommands.AlsoWin,
            },
            OperatorCommands.Simulate(),
            OperatorCommands.TeamsPackage(),
            ChannelCommands.All(),
            GovernanceCommands.Owners(),
            GovernanceCommands.Champions(),
            GovernanceCommands.Admins(GovernanceCommands.Code()),
            new Verb("pause", GovernanceCommands.PauseAll(), GovernanceCommands.PauseWorkspace()) { Description = "Hold messages." },
            new Verb("resume", GovernanceCommands.ResumeAll(), GovernanceCommands.ResumeWorkspace()) { Description = "Let messages go on." },
            Help("help", "help usage import"))
        {
            Description = "NudgeBot helps people make a new tool a habit. What its operators do:",
        };
        root.Add(Organization);
        return root;
    }

    static Verb Help(params IReadOnlyList<string> examples) => new("help", Values.AnyWords("command", "what to explain"))
    {
        Description = "What you can ask, or how to ask one thing.",
        Examples = examples,
        Also = ["commands", "?", "usage", "hello", "hi"],
    };
}
