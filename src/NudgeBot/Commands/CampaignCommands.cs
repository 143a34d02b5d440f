namespace NudgeBot.Commands;

/// <summary>What owners do with a campaign, and administrators with all of them.</summary>
static class CampaignCommands
{
    public static Verb List() => new("list", Needs.Owner, _ => new CampaignRequest.List())
    {
        Description = "Every campaign, and how far it is.",
        Examples = ["campaign list"],
        Also = ["ls", "all"],
    };

    public static Verb Show() => OfOne("show", key => new CampaignRequest.Show(key),
        "One campaign: who is in it, what was sent, what was answered.", "view", "status", "report");

    public static Verb Pause() => OfOne("pause", key => new CampaignRequest.Pause(key),
        "Hold a campaign's messages, from the next one on.", "hold", "stop");

    public static Verb Resume() => OfOne("resume", key => new CampaignRequest.Resume(key),
        "Let a paused campaign go on.", "continue", "start");

    public static Verb End() => OfOne("end", key => new CampaignRequest.End(key),
        "End a campaign for good.", "close", "delete", "finish");

    public static Verb Apply()
    {
        var file = Values.Text("FILE", "the campaign's YAML file");
        var draft = Values.Flag("--draft", "a new campaign takes nobody in before it is launched; without this, applying a file launches it");
        return new Verb("apply", Needs.Operator, line => new CampaignRequest.Apply(line.GetRequiredValue(file), line.GetValue(draft)), file, draft)
        {
            Description = "Create a campaign, or bring it up to date, from its file.",
            Examples = ["campaign apply campaigns/first-60-days.yaml --draft", "campaign apply campaigns/first-60-days.yaml"],
            Also = ["create", "update", "import"],
        };
    }

    static Verb OfOne(string name, Func<string, CommandRequest> request, string description, params string[] also)
    {
        var key = Values.CampaignKey();
        return new Verb(name, Needs.Owner, line => request(line.GetRequiredValue(key)), key)
        {
            Description = description,
            Examples = [$"campaign {name} first-60-days"],
            Also = also,
        };
    }
}
