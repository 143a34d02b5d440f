namespace NudgeBot.Commands;

/// <summary>Which channels NudgeBot posts to.</summary>
static class ChannelCommands
{
    public static Verb All() => new("channel", List(), SetTeam(), RemoveTeam(), SetWins())
    {
        Description = "Which channels I post to.",
        Also = ["channels"],
    };

    static Verb List() => new("list", Needs.Admin, _ => new ChannelRequest.List())
    {
        Description = "The channels of teams and of wins.",
        Examples = ["channel list"],
        Also = ["show", "ls"],
    };

    static Verb SetTeam()
    {
        var (team, channel) = (Values.Team(), Channel());
        return new Verb("team", Needs.Admin, line => new ChannelRequest.SetTeam(line.GetRequiredValue(team), line.GetRequiredValue(channel)), team, channel)
        {
            Description = "Where a team is asked for its wins.",
            Examples = ["channel team Payments https://acme.slack.com/archives/C0123456789"],
            Also = ["set", "add"],
            Form = new VerbForm("A team's channel", "Save"),
        };
    }

    static Verb RemoveTeam()
    {
        var team = Values.Team();
        return new Verb("remove", Needs.Admin, line => new ChannelRequest.RemoveTeam(line.GetRequiredValue(team)), team)
        {
            Description = "A team has no channel any more: nothing is posted for it.",
            Examples = ["channel remove Payments"],
            Also = ["delete"],
            Form = new VerbForm("Forget a channel", "Send"),
        };
    }

    static Verb SetWins()
    {
        var channel = Channel();
        return new Verb("wins", Needs.Admin, line => new ChannelRequest.SetWins(line.GetRequiredValue(channel)), channel)
        {
            Description = "Where wins are posted.",
            Examples = ["channel wins https://acme.slack.com/archives/C0123456789"],
            Form = new VerbForm("The channel of wins", "Save"),
        };
    }

    static System.CommandLine.Argument<string> Channel() => Values.Text("CHANNEL", "a link to the channel, as its menu copies it, or its id");
}
