namespace NudgeBot.Conversations;

/// <summary>
/// The ids of buttons, selects and forms. They live in messages that were sent long ago: one may be added, none may ever change its text.
/// A payload is the id of what the button belongs to: a nudge, a team's post, a win; of a command, the line.
/// </summary>
public static class ActionIds
{
    public const string Worked = "answer.worked";
    public const string NotUseful = "answer.not-useful";
    public const string NotYet = "answer.not-yet";
    public const string Blocked = "answer.blocked";
    public const string BlockedWhy = "answer.blocked-why";
    public const string Snooze = "nudge.snooze";
    public const string Stop = "nudge.stop";
    public const string GuideMore = "guide.more";
    public const string Chore = "welcome.chore";
    public const string Role = "welcome.role";
    public const string WhyNot = "re-engagement.why-not";
    public const string PulseHelps = "pulse.helps";
    public const string PulseNeutral = "pulse.neutral";
    public const string PulseHinders = "pulse.hinders";
    public const string PulseWorry = "pulse.worry";
    public const string Keep = "milestone.keep";
    public const string GiveBack = "milestone.give-back";
    public const string MinutesSaved = "milestone.minutes";
    public const string TaskChange = "milestone.task";
    public const string WinsLine = "wins.line";
    public const string WinForm = "win.form";
    public const string WinKudos = "win.kudos";
    public const string WinTry = "win.try";
    public const string Command = "command";
    /// <summary>What is chosen is the last word of the line.</summary>
    public const string CommandChoice = "command.choice";
    public const string CommandForm = "command.form";
}
