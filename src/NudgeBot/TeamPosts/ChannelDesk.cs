using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Governance;

namespace NudgeBot.TeamPosts;

/// <summary>Which channels teams' posts and wins go to. The bot must have been let into them, which each platform does in its own way.</summary>
sealed class ChannelDesk(NpgsqlConnection connection, AuditTrail audit)
{
    public Task<Message> AnswerAsync(Asker asker, ChannelRequest request) => request.Match(
        list => ListAsync(asker),
        set => SetTeamAsync(asker, set),
        remove => RemoveTeamAsync(asker, remove.Team),
        set => SetWinsAsync(asker, set.Channel));

    async Task<Message> ListAsync(Asker asker)
    {
        var teams = (await connection.QueryAsync<(string Team, string Id, string Workspace)>("""
            select k.team, k.external_id, w.name from team_channels k join workspaces w on w.id = k.workspace_id
            where k.organization_id = @OrganizationId
            order by k.team
            """, new { asker.OrganizationId })).AsList();
        var wins = (await connection.QueryAsync<(string Workspace, string Id)>(
            "select name, wins_channel from workspaces where organization_id = @OrganizationId and wins_channel is not null order by name", new { asker.OrganizationId })).AsList();
        var lines = teams.Select(one => $"- team {Markdown.Escape(one.Team)}: `{one.Id}` in {Markdown.Escape(one.Workspace)}")
            .Concat(wins.Select(one => $"- wins of {Markdown.Escape(one.Workspace)}: `{one.Id}`")).ToList();
        return Message.Say(lines.Count == 0 ? "No channel is set yet. `channel team` and `channel wins` set them." : string.Join('\n', lines));
    }

    async Task<Message> SetTeamAsync(Asker asker, ChannelRequest.SetTeam set)
    {
        var team = await connection.QueryFirstOrDefaultAsync<string>(
            "select team from segments where organization_id = @OrganizationId and lower(team) = lower(@Team) order by team", new { asker.OrganizationId, set.Team })
            ?? throw new RefusalException($"Nobody on the roster is in a team {Markdown.Escape(set.Team)}.", "TEAM");
        var (workspace, id) = await FindAsync(asker, set.Channel);
        var before = await connection.QuerySingleOrDefaultAsync<string?>(
            "select external_id from team_channels where organization_id = @OrganizationId and team = @team", new { asker.OrganizationId, team });
        await connection.ExecuteAsync("""
            insert into team_channels (organization_id, workspace_id, team, external_id) values (@OrganizationId, @workspace, @team, @id)
            on conflict (organization_id, team) do update set workspace_id = excluded.workspace_id, external_id = excluded.external_id
            """, new { asker.OrganizationId, workspace, team, id });
        await WriteAsync(asker, AuditActions.ChannelTeam, team, before, id);
        return Message.Say($"Team {Markdown.Escape(team)} has its posts in `{id}` from now on. Let me into that channel, if I am not there yet.");
    }

    async Task<Message> RemoveTeamAsync(Asker asker, string team)
    {
        var removed = await connection.QueryFirstOrDefaultAsync<(string Team, string Id)?>("""
            delete from team_channels where organization_id = @OrganizationId and lower(team) = lower(@team) returning team, external_id
            """, new { asker.OrganizationId, team });
        if (removed is not var (name, id)) return Message.Say($"Team {Markdown.Escape(team)} has no channel.");
        await WriteAsync(asker, AuditActions.ChannelRemove, name, id, after: null);
        return Message.Say($"Nothing is posted for team {Markdown.Escape(name)} any more.");
    }

    async Task<Message> SetWinsAsync(Asker asker, string channel)
    {
        var (workspace, id) = await FindAsync(asker, channel);
        var before = await connection.QuerySingleOrDefaultAsync<string?>(
            "select wins_channel from workspaces where organization_id = @OrganizationId and id = @workspace", new { asker.OrganizationId, workspace });
        await connection.ExecuteAsync(
            "update workspaces set wins_channel = @id where organization_id = @OrganizationId and id = @workspace", new { asker.OrganizationId, workspace, id });
        await WriteAsync(asker, AuditActions.ChannelWins, "wins", before, id);
        return Message.Say($"Wins are posted to `{id}` from now on. Let me into that channel, if I am not there yet.");
    }

    /// <summary>Of several workspaces of its platform the asker's.</summary>
    async Task<(int Workspace, string Id)> FindAsync(Asker asker, string said)
    {
        if (ChannelName.Parse(said) is not { } channel)
            throw new RefusalException("That is no channel. Copy the link from the channel's menu, or take its id: C... in Slack, 19:...@thread.tacv2 in Teams.", "CHANNEL");
        var workspaces = (await connection.QueryAsync<(int Id, bool IsAskers)>("""
            select w.id, exists (select from persons p where p.organization_id = @OrganizationId and p.id = @PersonId and p.workspace_id = w.id)
            from workspaces w where w.organization_id = @OrganizationId and w.platform = @Platform
            order by 2 desc, w.id
            """, new { asker.OrganizationId, asker.PersonId, channel.Platform })).AsList();
        return workspaces.Count > 0 ? (workspaces[0].Id, channel.Id) : throw new RefusalException($"That is a channel of {channel.Platform}, and no workspace of it is connected.", "CHANNEL");
    }

    Task WriteAsync(Asker asker, string action, string name, string? before, string? after) => audit.WriteAsync(asker.OrganizationId, asker.Does(action) with
    {
        Before = new() { ["for"] = name, ["channel"] = before },
        After = new() { ["for"] = name, ["channel"] = after },
    });
}
