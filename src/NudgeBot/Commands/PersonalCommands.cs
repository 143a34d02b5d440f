namespace NudgeBot.Commands;

/// <summary>What everybody can ask for themselves.</summary>
static class PersonalCommands
{
    public static readonly IReadOnlyList<string> AlsoWin = ["success", "story", "share", "kudos", "praise"];

    public static Verb Guide()
    {
        var which = Values.OptionalChoice<GuideChoice>(
            "which", "which of your role's tasks; `chore` is the one for the chore that you told; without it, the next one");
        return new Verb("guide", Needs.Person, line => new PersonalRequest.Guide(line.GetValue(which)), which)
        {
            Description = "A small task for your role, with a prompt ready to paste.",
            Examples = ["guide", "guide day-3"],
            Also = ["task", "prompt", "tip", "tips", "next", "start"],
        };
    }

    public static Verb Used()
    {
        var minutes = Values.Optional("minutes", "minutes it saved you, if you like to say", Values.Whole(0, 1440));
        return new Verb("used", Needs.Person, line => new PersonalRequest.Used(line.GetValue(minutes)), minutes)
        {
            Description = "Tell that you used the tool today.",
            Examples = ["used", "used 20"],
            Also = ["use", "did", "done", "worked"],
        };
    }

    public static Verb Blocked()
    {
        var why = Values.OptionalText("why", "what is in the way, in your words");
        return new Verb("blocked", Needs.Person, line => new PersonalRequest.Blocked(line.GetValue(why)), why)
        {
            Description = "Something is in the way; a person can help.",
            Examples = ["blocked", "blocked I don't have a licence yet"],
            Also = ["stuck", "problem", "broken", "access"],
            TakesText = true,
        };
    }

    public static Verb Win()
    {
        var what = Values.OptionalText("what", "what went well, in your words; you see it in a form before anybody else does");
        return new Verb("win", Needs.Person, line => new PersonalRequest.Win(line.GetValue(what)), what, ListWins())
        {
            Description = "Tell colleagues what went well with the tool.",
            Examples = ["win", "win Tests for the parser in ten minutes"],
            Also = AlsoWin,
            TakesText = true,
        };
    }

    public static Verb ListWins()
    {
        var count = Values.Optional("count", "how many, 1 to 50; 10 if you do not say", Values.Whole(1, 50));
        return new Verb("list", Needs.Person, line => new ReportRequest.Wins(line.GetValue(count) ?? 10), count)
        {
            Description = "The latest wins.",
            Examples = ["win list", "win list 20"],
            Also = ["show", "latest"],
        };
    }

    public static Verb Snooze()
    {
        var days = Values.Optional("days", "how many days, 1 to 30; 7 if you do not say", Values.Whole(1, 30));
        return new Verb("snooze", Needs.Person, line => new PersonalRequest.Snooze(line.GetValue(days) ?? 7), days)
        {
            Description = "No messages for some days.",
            Examples = ["snooze", "snooze 14"],
            Also = ["later", "pause", "mute", "holiday", "vacation", "wait", "less"],
        };
    }

    public static Verb Stop() => new("stop", Needs.Person, _ => new PersonalRequest.Stop())
    {
        Description = "No more messages.",
        Examples = ["stop"],
        Also = ["unsubscribe", "leave", "quit", "off", "end", "cancel"],
    };

    /// <param name="all">What administrators resume with the same word.</param>
    public static Verb Resume(params IEnumerable<Verb> all) => new("resume", Needs.Person, _ => new PersonalRequest.Resume(), all)
    {
        Description = "Messages again, after `snooze` or `stop`.",
        Examples = ["resume"],
        Also = ["continue", "unmute", "subscribe", "on", "back", "restart"],
    };

    public static Verb Home() => new("home", Needs.Person, _ => new PersonalRequest.Home())
    {
        Description = "How things stand, with buttons for what comes next.",
        Examples = ["home"],
        Also = ["menu", "overview", "dashboard"],
    };

    public static Verb Settings() => new("settings", Needs.Person, _ => new PersonalRequest.Settings())
    {
        Description = "Your role, your language and when messages may come.",
        Examples = ["settings"],
        Also = ["preferences", "options", "config", "role", "language"],
    };

    public static Verb Privacy() => new("privacy", Needs.Person, _ => new PersonalRequest.Privacy())
    {
        Description = "What is stored about you, and how to have it deleted.",
        Examples = ["privacy"],
        Also = ["data", "gdpr", "delete", "export"],
    };
}
