namespace NudgeBot.Commands;

/// <summary>The regular look at a campaign's figures.</summary>
static class ReviewCommands
{
    public static Verb All() => new("review", Show(), List(), Decide())
    {
        Description = "The regular look at a campaign's figures, and what was decided.",
        Also = ["reviews", "retrospective", "decision"],
    };

    static Verb Show()
    {
        var key = Values.CampaignKey();
        return new Verb("show", Needs.Owner, line => new ReviewRequest.Show(line.GetRequiredValue(key)), key)
        {
            Description = "The figures as they are now, what was decided last, and when the next review is due.",
            Examples = ["review show first-60-days"],
            Also = ["status", "view"],
            Form = new VerbForm("Review a campaign", "Show"),
        };
    }

    static Verb List()
    {
        var key = Values.CampaignKey();
        var page = Values.Page();
        return new Verb("list", Needs.Owner, line => new ReviewRequest.List(line.GetRequiredValue(key), line.GetValue(page) ?? 1), key, page)
        {
            Description = "Everything that was decided so far, the newest first.",
            Examples = ["review list first-60-days"],
            Also = ["all", "history", "decisions"],
            Form = new VerbForm("What was decided", "Show") { Hidden = [page] },
        };
    }

    static Verb Decide()
    {
        var key = Values.CampaignKey();
        var decided = Values.LongOption("--decided", "TEXT", "what was decided, and why", required: true);
        return new Verb("decide", Needs.Owner, line => new ReviewRequest.Decide(line.GetRequiredValue(key), line.GetRequiredValue(decided)), key, decided)
        {
            Description = "Keep what was decided, with the figures of this moment.",
            Examples = ["review decide first-60-days --decided \"Two more champions in Payments; nothing else changes.\""],
            Also = ["keep", "decision", "close", "done"],
            Form = new VerbForm("What was decided", "Keep"),
        };
    }
}
