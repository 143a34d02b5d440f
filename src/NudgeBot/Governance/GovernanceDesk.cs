using Dapper;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Nudging;

namespace NudgeBot.Governance;

/// <summary>Who may do what, and what stops everything.</summary>
sealed class GovernanceDesk(NpgsqlConnection connection, AuditTrail audit, Journeys journeys, CampaignStore campaigns, Pauses pauses)
{
    public Task<Message> AnswerAsync(Asker asker, GovernanceRequest request, CancellationToken cancellation) => request.Match(
        pauseAll => PauseAllAsync(asker),
        resumeAll => ResumeAllAsync(asker),
        pause => SetWorkspaceAsync(asker, pause.Name, paused: true),
        resume => SetWorkspaceAsync(asker, resume.Name, paused: false),
        list => ListAdminsAsync(asker),
        add => AddAdminAsync(asker, add.Who),
        remove => RemoveAdminAsync(asker, remove.Who),
        code => MakeCodeAsync(asker),
        claim => ClaimAsync(asker, claim.Code),
        add => SetChampionAsync(asker, add.Who, champion: true),
        remove => SetChampionAsync(asker, remove.Who, champion: false),
        set => SetOwnerAsync(asker, set.Campaign, set.Who, cancellation));

    async Task<Message> PauseAllAsync(Asker asker)
    {
        if (!await pauses.PauseAllAsync(connection, asker.OrganizationId)) return Message.Say("Everything was paused already.");
        await WriteAsync(asker, asker.Does(AuditActions.PauseAll));
        return Message.Say("Everything is paused: nothing more goes out.");
    }

    async Task<Message> ResumeAllAsync(Asker asker)
    {
        if (!await pauses.ResumeAllAsync(connection, asker.OrganizationId)) return Message.Say("Nothing was paused.");
        await WriteAsync(asker, asker.Does(AuditActions.ResumeAll));
        return Message.Say("Messages go on.");
    }

    async Task<Message> SetWorkspaceAsync(Asker asker, string name, bool paused)
    {
        var found = (await connection.QueryAsync<(int Id, string Name, string Platform)>(
            "select id, name, platform from workspaces where organization_id = @OrganizationId order by name, id", new { asker.OrganizationId })).AsList();
        var named = found.FindAll(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || $"{one.Name} ({one.Platform})".Equals(name, StringComparison.OrdinalIgnoreCase));
        if (named is not [var workspace])
            throw new RefusalException(named.Count > 1
                ? $"Several workspaces are called {Markdown.Escape(name)}. Say which one: {string.Join(", ", named.Select(one => $"`\"{one.Name} ({one.Platform})\"`"))}."
                : $"There is no workspace {Markdown.Escape(name)}. There are: {string.Join(", ", found.Select(one => Markdown.Escape(one.Name)))}.", "WORKSPACE");

        var changed = await (paused ? pauses.PauseWorkspaceAsync(connection, asker.OrganizationId, workspace.Id) : pauses.ResumeWorkspaceAsync(connection, asker.OrganizationId, workspace.Id));
        if (changed) await WriteAsync(asker, asker.Does(paused ? AuditActions.PauseWorkspace : AuditActions.ResumeWorkspace) with { After = new() { ["workspace"] = workspace.Name } });
        var called = $"**{Markdown.Escape(workspace.Name)}**";
        return Message.Say((paused, changed) switch
        {
            (true, true) => $"{called} is paused: nothing more goes out there.",
            (true, false) => $"{called} was paused already.",
            (false, true) => $"Messages in {called} go on.",
            (false, false) => $"{called} was not paused.",
        });
    }

    async Task<Message> ListAdminsAsync(Asker asker)
    {
        var admins = (await connection.QueryAsync<(string Email, string Name)>(
            "select email, name from persons where organization_id = @OrganizationId and admin order by email", new { asker.OrganizationId })).AsList();
        return Message.Say(admins.Count == 0
            ? "There is no administrator yet. `nudgebot admin code` in the terminal makes a code; in chat, `admin claim` takes it."
            : string.Join('\n', admins.Select(one => $"- {(one.Name.Length > 0 ? $"{Markdown.Escape(one.Name)}, " : "")}{one.Email}")));
    }

    async Task<Message> AddAdminAsync(Asker asker, string who)
    {
        var person = await NamedPerson.FindAsync(connection, asker.OrganizationId, who);
        if (person.Admin) return Message.Say($"{person.Email} is an administrator already.");
        await SetAdminAsync(asker, AuditActions.AdminAdd, person.Id, admin: true);
        return Message.Say($"{person.Email} is an administrator now.");
    }

    async Task<Message> RemoveAdminAsync(Asker asker, string who)
    {
        // Two administrators who remove each other at the same time would both find that somebody is left.
        await connection.ExecuteAsync("select from organizations where id = @OrganizationId for update", new { asker.OrganizationId });
        var person = await NamedPerson.FindAsync(connection, asker.OrganizationId, who);
        if (!person.Admin) return Message.Say($"{person.Email} is no administrator.");
        if (!await connection.QuerySingleAsync<bool>(
            "select exists (select from persons where organization_id = @OrganizationId and admin and left_on is null and id <> @Id)", new { asker.OrganizationId, person.Id }))
            throw new RefusalException($"{person.Email} is the last administrator: somebody must be one. Add another one first, with `admin add`.", "WHO");
        await SetAdminAsync(asker, AuditActions.AdminRemove, person.Id, admin: false);
        return Message.Say($"{person.Email} is no longer an administrator.");
    }

    async Task SetAdminAsync(Asker asker, string action, long id, bool admin)
    {
        await connection.ExecuteAsync("update persons set admin = @admin where organization_id = @OrganizationId and id = @id", new { asker.OrganizationId, id, admin });
        await WriteAsync(asker, asker.Does(action) with { SubjectId = id });
    }

    async Task<Message> MakeCodeAsync(Asker asker)
    {
        var code = await new AdminCodes(connection).MakeAsync(asker.OrganizationId);
        await WriteAsync(asker, asker.Does(AuditActions.AdminCode));
        return Message.Of(new Block.Text("Who says this in chat within the hour becomes an administrator. It works once."), new Block.Prompt($"admin claim {code}"));
    }

    /// <summary>A wrong code is no refusal that undoes everything: that it was wrong must be counted.</summary>
    async Task<Message> ClaimAsync(Asker asker, string code)
    {
        if (!await new AdminCodes(connection).UseAsync(asker.OrganizationId, code))
        {
            await WriteAsync(asker, asker.Does(AuditActions.AdminClaim) with { Refused = true });
            return Message.Say("That is not the code, or it is older than an hour, or it was used. `nudgebot admin code` in the terminal makes a new one.");
        }
        await SetAdminAsync(asker, AuditActions.AdminClaim, asker.PersonId!.Value, admin: true);
        return Message.Say("You are an administrator now. `help` shows what you can do; `campaign list` is a good beginning.")
            .With(new Block.Buttons(NextSteps.Line("campaign list", "Campaigns"), CampaignPages.NewCampaign, NextSteps.Line("help", "Help")));
    }

    async Task<Message> SetChampionAsync(Asker asker, string who, bool champion)
    {
        var person = await NamedPerson.FindAsync(connection, asker.OrganizationId, who);
        if (person.Champion == champion) return Message.Say($"{person.Email} {(champion ? "is a champion already" : "is no champion")}.");
        await connection.ExecuteAsync(
            "update persons set champion = @champion where organization_id = @OrganizationId and id = @Id", new { asker.OrganizationId, person.Id, champion });
        await WriteAsync(asker, asker.Does(champion ? AuditActions.ChampionAdd : AuditActions.ChampionRemove) with { SubjectId = person.Id });
        return Message.Say($"{person.Email} is {(champion ? "a champion now" : "no longer a champion")}. The next roster that says something else about it changes it again.");
    }

    async Task<Message> SetOwnerAsync(Asker asker, string key, string who, CancellationToken cancellation)
    {
        var campaign = (await journeys.LatestAsync(connection, asker.OrganizationId, key, cancellation)).Campaign;
        asker.MustChange(campaign);
        var owner = await NamedPerson.FindAsync(connection, asker.OrganizationId, who);
        if (campaign.OwnerEmail == owner.Email) return Message.Say($"**{key}** is {owner.Email}'s campaign already.");
        await campaigns.ApplyAsync(connection, asker.OrganizationId, campaign with { OwnerEmail = owner.Email });
        await WriteAsync(asker, asker.Does(AuditActions.OwnerSet) with
        {
            Campaign = key,
            SubjectId = owner.Id,
            Before = new() { ["owner"] = campaign.OwnerEmail },
            After = new() { ["owner"] = owner.Email },
        });
        return Message.Say($"**{key}** is {owner.Email}'s campaign now.");
    }

    Task WriteAsync(Asker asker, AuditEntry entry) => audit.WriteAsync(asker.OrganizationId, entry);
}
