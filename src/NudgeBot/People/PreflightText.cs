namespace NudgeBot.People;

/// <summary>Who cannot be reached, as an operator reads it: how many for which reason, then each with what to do about it.</summary>
public static class PreflightText
{
    public const string CsvHeader = "email,reason,why,what_to_do";

    /// <summary>Reached, at hours that may be wrong: neither the roster nor a chat profile tells the zone.</summary>
    public const string NoZone = "no-zone";

    public static IEnumerable<string> Lines(PreflightReport report)
    {
        var unreached = report.Unreached;
        if (report.People == 0) return ["There is nobody to reach: the roster is empty, or all have left or opted out."];
        if (unreached.Count == 0) return [$"{Count(report.People)} can be reached."];
        var width = unreached.Max(one => one.Email.Length);
        return
        [
            $"{report.People - unreached.Count} of {Count(report.People)} can be reached, {unreached.Count} cannot:",
            .. unreached.CountBy(one => one.Reason).OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal)
                .Select(reason => $"{reason.Value,6}  {Explain(reason.Key).Why}"),
            "",
            .. unreached.Select(one => $"{one.Email.PadRight(width)}  {Explain(one.Reason) switch { var (why, whatToDo) => $"{why}. {whatToDo}" }}"),
        ];
    }

    public static IEnumerable<string> CsvLines(PreflightReport report) =>
        CsvLines(report.Unreached);

    public static IEnumerable<string> CsvLines(IEnumerable<Unreached> unreached) =>
        unreached.Select(one => Explain(one.Reason) switch { var (why, whatToDo) => Csv.Line(one.Email, one.Reason, why, whatToDo) }).Prepend(CsvHeader);

    static string Count(int people) => people == 1 ? "1 person" : $"{people} people";

    internal static (string Why, string WhatToDo) Explain(string reason) => reason switch
    {
        NoZone => ("no time zone is known: messages come at UTC's hours", "Write time_zone into the roster, or wait until the chat profile was read."),
        "no-account" => ("no account in a connected workspace", "Compare the e-mail with the one in the chat profile, or invite the person there. New accounts are found within a day."),
        "not-installed" => ("the app is not installed in the workspace any more", "Install it again."),
        "deactivated" or "user_disabled" => ("the account is deactivated", "If the person has left, write the date in left_on of the roster."),
        "guest" => ("the account is a guest's", "Guests get no messages: make the person a full member, or leave them out of the roster."),
        "unlicensed" => ("the account has no licence for Teams", "Give the person one that includes Teams, or leave them out of the roster. It is seen within a day."),
        "blocked-by-policy" => ("an app policy keeps the app from the account", "Allow it for the person in the Teams admin center. It is tried again once a day."),
        "bot" or "cannot_dm_bot" => ("the account is a bot's", "Correct the e-mail in the roster."),
        _ => ($"the platform says {reason}", "Look at the account there. It is tried again when the people of the workspace are read, once a day."),
    };
}
