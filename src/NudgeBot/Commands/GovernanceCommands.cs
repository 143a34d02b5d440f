namespace NudgeBot.Commands;

/// <summary>Who may do what, and what stops everything.</summary>
static class GovernanceCommands
{
    /// <param name="further">What stands beside these in one of the two places.</param>
    public static Verb Admins(params IEnumerable<Verb> further) => new("admin",
    [
        new("list", Needs.Admin, _ => new GovernanceRequest.ListAdmins())
        {
            Description = "Who the administrators are.",
            Examples = ["admin list"],
            Also = ["ls", "show"],
        },
        OfPerson("admin add", "Let somebody administer NudgeBot.", "Add an administrator", who => new GovernanceRequest.AddAdmin(who), "make", "grant"),
        OfPerson("admin remove", "Take that right back. The last administrator stays.", "Remove an administrator", who => new GovernanceRequest.RemoveAdmin(who), "delete", "revoke"),
        .. further,
    ])
    {
        Description = "Who may do everything.",
        Also = ["admins", "administrator"],
    };

    public static Verb Claim()
    {
        var code = Values.Text("CODE", "the code that `nudgebot admin code` printed in the terminal");
        return new Verb("claim", Needs.Person, line => new GovernanceRequest.ClaimAdmin(line.GetRequiredValue(code)), code)
        {
            Description = "Become an administrator, with a code from the terminal.",
            Examples = ["admin claim ABCDE-FGHJK"],
            Form = new VerbForm("Become an admin", "Send"),
            Hidden = true,
        };
    }

    public static Verb Code() => new("code", Needs.Operator, _ => new GovernanceRequest.AdminCode())
    {
        Description = "A code with which somebody in chat becomes an administrator, once.",
        Examples = ["admin code"],
        Also = ["token", "invite"],
    };

    public static Verb Champions() => new("champion",
    [
        OfPerson("champion add", "Name somebody a champion of their team.", "Add a champion", who => new GovernanceRequest.AddChampion(who), "make"),
        OfPerson("champion remove", "Somebody is no longer a champion.", "Remove a champion", who => new GovernanceRequest.RemoveChampion(who), "delete"),
    ])
    {
        Description = "Volunteers who help their team.",
        Also = ["champions"],
    };

    public static Verb Owners()
    {
        var campaign = Values.CampaignKey();
        var who = Values.Person();
        return new Verb("owner", new Verb("set", Needs.Owner, line => new GovernanceRequest.SetOwner(line.GetRequiredValue(campaign), line.GetRequiredValue(who)), campaign, who)
        {
            Description = "Hand a campaign over to somebody.",
            Examples = ["owner set first-60-days anna@example.com"],
            Also = ["change", "give"],
            Form = new VerbForm("Hand a campaign over", "Hand over"),
        })
        {
            Description = "Who answers for a campaign.",
            Also = ["owners"],
        };
    }

    public static Verb PauseAll() => new("all", Needs.Admin, _ => new GovernanceRequest.PauseAll())
    {
        Description = "Hold every message of every campaign.",
        Examples = ["pause all"],
    };

    public static Verb ResumeAll() => new("all", Needs.Admin, _ => new GovernanceRequest.ResumeAll())
    {
        Description = "Let the messages of all campaigns go on.",
        Examples = ["resume all"],
    };

    public static Verb PauseWorkspace() => OfWorkspace("pause", "Hold every message in one workspace.", name => new GovernanceRequest.PauseWorkspace(name));

    public static Verb ResumeWorkspace() => OfWorkspace("resume", "Let messages go on in one workspace.", name => new GovernanceRequest.ResumeWorkspace(name));

    static Verb OfWorkspace(string verb, string description, Func<string, GovernanceRequest> request)
    {
        var name = Values.Workspace();
        return new Verb("workspace", Needs.Admin, line => request(line.GetRequiredValue(name)), name)
        {
            Description = description,
            Examples = [$"{verb} workspace Acme"],
            Form = new VerbForm($"{verb[..1].ToUpperInvariant()}{verb[1..]} a workspace", "Send"),
        };
    }

    static Verb OfPerson(string path, string description, string title, Func<string, GovernanceRequest> request, params string[] also)
    {
        var who = Values.Person();
        return new Verb(path.Split(' ')[1], Needs.Admin, line => request(line.GetRequiredValue(who)), who)
        {
            Description = description,
            Examples = [$"{path} anna@example.com"],
            Also = also,
            Form = new VerbForm(title, "Send"),
        };
    }
}
