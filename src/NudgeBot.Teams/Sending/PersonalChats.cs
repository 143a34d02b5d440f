using System.Text.Json;
using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Limits;
using NudgeBot.Teams.Connector;
using NudgeBot.Teams.Graph;
using NudgeBot.Teams.Installing;

namespace NudgeBot.Teams.Sending;

/// <summary>The chats in which the bot talks to one person each. Created once and stored; creating one that is there gives the same.</summary>
/// <param name="graph">Installs the app first, where the settings say so; null: whoever is to be reached has it.</param>
sealed class PersonalChats(TeamsCalls calls, TeamsSettings settings, TeamsTenants tenants, NpgsqlDataSource database, ProductClock clock, GraphCalls? graph = null)
{
    /// <summary>Of what the limit allows, in the seconds of one go; the next one comes a minute after it.</summary>
    const int Seconds = 40;

    const int MostAtATime = 1000;
    const int SideBySide = 10;

    /// <summary>Until Teams has told of an app that was just installed, and with that where the tenant's conversations are.</summary>
    static readonly Duration UntilTold = Duration.FromSeconds(30);

    /// <summary>As it is stored, or created and stored.</summary>
    public async Task<OpenedChat> OpenAsync(Workspace workspace, string user, Urgency urgency, CancellationToken cancellation)
    {
        // Another replica may have been here, or the person has written.
        if (ConversationReference.Parse(await StoredAsync(workspace, user, cancellation)) is { } stored) return new OpenedChat(stored, Failed: null);
        if (settings.Installs && graph is not null && await GiveAsync(graph, workspace, user, cancellation) is var given and not TeamsAnswer.Ok)
            return new OpenedChat(Where: null, given);
        if (await tenants.ServiceUrlAsync(workspace, cancellation) is not { } serviceUrl)
            return new OpenedChat(Where: null, settings.Installs ? new TeamsAnswer.Throttled(UntilTold) : new TeamsAnswer.Refused(TeamsError.Forbidden, TeamsError.NoServiceUrl));

        var answer = await calls.CreateConversationAsync(workspace, serviceUrl, user, urgency, cancellation);
        if (answer is not TeamsAnswer.Ok ok) return new OpenedChat(Where: null, answer);
        if (!ok.Body.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String)
            return new OpenedChat(Where: null, new TeamsAnswer.NoAnswer("a chat without an id"));
        var chat = new ConversationReference(serviceUrl, id.GetString()!);
        await SetAsync(workspace, user, chat.ToString(), unreachable: null);
        return new OpenedChat(chat, Failed: null);
    }

    /// <summary>The app, which whoever has it keeps. Noted before: Teams may tell of it sooner than Graph answers.</summary>
    async Task<TeamsAnswer> GiveAsync(GraphCalls through, Workspace workspace, string user, CancellationToken cancellation)
    {
        await using (var connection = await database.OpenConnectionAsync(cancellation))
            await connection.ExecuteAsync("""
                update accounts set is_given = true where organization_id = @OrganizationId and workspace_id = @Id and external_id = @user and not is_given
                """, new { workspace.OrganizationId, workspace.Id, user });
        return await through.InstallAsync(workspace, user, cancellation);
    }

    /// <summary>A chat that is not there any more is created anew the next time. One that was stored meanwhile stays.</summary>
    public async Task ForgetAsync(Workspace workspace, string user, ConversationReference gone)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await connection.ExecuteAsync("""
            update accounts set conversation = null
            where organization_id = @OrganizationId and workspace_id = @Id and external_id = @user and conversation = @gone
            """, new { workspace.OrganizationId, workspace.Id, user, gone = gone.ToString() });
    }

    /// <summary>
    /// Those who are waited for first, then the others; ends where the limit does. Whom Teams refuses is remembered with its word, and not asked for
    /// again before they are heard of, or the people of the tenant are read. The app is installed only for those who have something coming: nobody else
    /// is to find it.
    /// </summary>
    public async Task OpenAheadAsync(Workspace workspace, CancellationToken cancellation)
    {
        var goesOn = true;
        var options = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellation };
        await Parallel.ForEachAsync(await WithoutChatAsync(workspace, cancellation), options, async (user, token) =>
        {
            if (Volatile.Read(ref goesOn) && !await OpenOneAheadAsync(workspace, user, token)) Volatile.Write(ref goesOn, false);
        });
    }

    /// <returns>False where it makes no sense to go on now.</returns>
    async Task<bool> OpenOneAheadAsync(Workspace workspace, string user, CancellationToken cancellation)
    {
        switch ((await OpenAsync(workspace, user, Urgency.Bulk, cancellation)).Failed)
        {
            case null:
                return true;
            // That says nothing of the person.
            case TeamsAnswer.Refused { Code: TeamsError.MissingPermission }:
                return false;
            case TeamsAnswer.Refused refused when TeamsError.Of(refused) is TeamsError.Final:
                await SetAsync(workspace, user, conversation: null, refused.Code.Length == 0 ? $"status-{refused.Status}" : refused.Code);
                return true;
            default:
                return false;
        }
    }

    async Task<IReadOnlyList<string>> WithoutChatAsync(Workspace workspace, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<string>("""
            select a.external_id
            from accounts a join persons p on p.id = a.person_id
            left join lateral (
              select least((select min(n.due_at) from nudges n where n.person_id = p.id and n.outcome = 'pending'),
                           (select min(e.next_due_at) from enrollments e where e.person_id = p.id and e.arm = 'nudged')) as due_at) next on true
            where a.organization_id = @OrganizationId and a.workspace_id = @Id and a.conversation is null and a.unreachable is null
              and p.account_id = a.id and p.opted_out_at is null and coalesce(p.left_on > (@now at time zone p.time_zone)::date, true)
              and (next.due_at is not null or not @Installs)
            order by next.due_at nulls last, a.id
            limit @atATime
            """, new
        {
            workspace.OrganizationId,
            workspace.Id,
            settings.Installs,
            now = clock.Now,
            atATime = (int)Math.Clamp(settings.BulkPerSecond * Seconds, 1, MostAtATime),
        })).AsList();
    }

    /// <summary>Whether Teams has told that the person removed the app: of a message it says the same word then as of one that is blocked.</summary>
    public async Task<bool> IsRemovedAsync(Workspace workspace, string user, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<bool>("""
            select coalesce(unreachable = 'not-installed', false) from accounts where organization_id = @OrganizationId and workspace_id = @Id and external_id = @user
            """, new { workspace.OrganizationId, workspace.Id, user });
    }

    async Task<string?> StoredAsync(Workspace workspace, string user, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<string?>("""
            select conversation from accounts where organization_id = @OrganizationId and workspace_id = @Id and external_id = @user
            """, new { workspace.OrganizationId, workspace.Id, user });
    }

    async Task SetAsync(Workspace workspace, string user, string? conversation, string? unreachable)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await connection.ExecuteAsync("""
            update accounts set conversation = coalesce(@conversation, conversation), unreachable = @unreachable
            where organization_id = @OrganizationId and workspace_id = @Id and external_id = @user
            """, new { workspace.OrganizationId, workspace.Id, user, conversation, unreachable });
    }
}

/// <param name="Failed">Null where the chat is open.</param>
sealed record OpenedChat(ConversationReference? Where, TeamsAnswer? Failed);
