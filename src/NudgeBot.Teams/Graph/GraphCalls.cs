using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Limits;
using NudgeBot.Teams.Connector;
using NudgeBot.Teams.Installing;

namespace NudgeBot.Teams.Graph;

/// <summary>
/// Calls Microsoft Graph within limits that are well below its own, each part of it with its own. What lacks an admin's consent is remembered with the tenant.
/// </summary>
sealed partial class GraphCalls(BearerApi api, TeamsSettings settings, TeamsTenants tenants, NpgsqlDataSource database, ILogger<GraphCalls> log)
{
    const int Conflict = 409;

    /// <summary>Only what decides whose account it is and whether it can be reached.</summary>
    const string Fields = "$select=id,mail,userPrincipalName,proxyAddresses,accountEnabled,userType,assignedPlans,preferredLanguage";

    /// <summary>Microsoft's: thousands in ten seconds, whatever the tenant's size.</summary>
    static readonly Budget UsersBudget = new("graph-users", Capacity: 5, PerSecond: 20, Patience: 5, Reserve: 0);

    /// <summary>Microsoft's: 30 a second.</summary>
    static readonly Budget InstallsBudget = new("graph-installs", Capacity: 2, PerSecond: 20, Patience: 5, Reserve: 0);

    /// <summary>Microsoft's: 10,000 in ten minutes, four at a time; they are read one after the other.</summary>
    static readonly Budget MailboxesBudget = new("graph-mailboxes", Capacity: 5, PerSecond: 10, Patience: 5, Reserve: 0);

    static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    readonly RateBudgets budgets = new(database);

    /// <summary>A page of the tenant's people: everybody's first one, or the one that an earlier answer has named.</summary>
    public Task<TeamsAnswer> UsersAsync(Workspace workspace, string? link, CancellationToken cancellation)
    {
        if (link is null) return CallAsync(workspace, Get("users", $"users/delta?{Fields}", GraphPermission.Users, UsersBudget), cancellation);
        return Uri.TryCreate(link, UriKind.Absolute, out var url) && Uri.Compare(url, settings.GraphUrl, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0
            ? CallAsync(workspace, new Call("users", HttpMethod.Get, url, Body: null, GraphPermission.Users, UsersBudget), cancellation)
            : Task.FromResult<TeamsAnswer>(new TeamsAnswer.Refused(TeamsError.Gone, TeamsError.ForeignServiceUrl));
    }

    /// <summary>Whoever has this e-mail, as one of several or to sign in with.</summary>
    public Task<TeamsAnswer> FindUsersAsync(Workspace workspace, string email, CancellationToken cancellation)
    {
        var text = email.Replace("'", "''", StringComparison.Ordinal);
        var filter = Uri.EscapeDataString($"mail eq '{text}' or userPrincipalName eq '{text}' or proxyAddresses/any(p:p eq 'smtp:{text}')");
        return CallAsync(workspace, Get("find", $"users?{Fields}&$filter={filter}", GraphPermission.Users, UsersBudget), cancellation);
    }

    /// <summary>The body's <c>value</c> is the zone of somebody's mailbox, mostly by Windows' name.</summary>
    public Task<TeamsAnswer> ZoneAsync(Workspace workspace, string user, CancellationToken cancellation) => CallAsync(
        workspace, Get("mailbox", $"users/{Uri.EscapeDataString(user)}/mailboxSettings/timeZone", GraphPermission.Mailboxes, MailboxesBudget), cancellation);

    /// <summary>For one person. Teams then tells the bot of it, and where it may write. Installing what is there does nothing.</summary>
    public Task<TeamsAnswer> InstallAsync(Workspace workspace, string user, CancellationToken cancellation)
    {
        var asked = new JsonObject { ["teamsApp@odata.bind"] = UrlOf($"appCatalogs/teamsApps/{settings.CatalogApp}").ToString() };
        var url = UrlOf($"users/{Uri.EscapeDataString(user)}/teamwork/installedApps");
        return CallAsync(workspace, new Call("install", HttpMethod.Post, url, asked, GraphPermission.Installs, InstallsBudget), cancellation);
    }

    Uri UrlOf(string path) => new(settings.GraphUrl, path);

    Call Get(string name, string path, string permission, Budget budget) => new(name, HttpMethod.Get, UrlOf(path), Body: null, permission, budget);

    async Task<TeamsAnswer> CallAsync(Workspace workspace, Call call, CancellationToken cancellation)
    {
        var budget = call.Budget.Faster(settings.LimitsTimes);
        var grant = await budgets.TakeAsync(workspace, [budget], Urgency.Bulk, cancellation: cancellation);
        if (!grant.IsGranted) return new TeamsAnswer.Throttled(grant.Wait);
        if (grant.Wait > Duration.Zero) await Task.Delay(grant.Wait.ToTimeSpan(), WireClock.System, cancellation);

        var answer = await api.CallAsync(call.Method, call.Url, call.Body, cancellation);
        switch (answer)
        {
            case TeamsAnswer.Ok or TeamsAnswer.Refused { Status: Conflict }:
                await tenants.StoreConsentAsync(workspace, call.Permission, isGiven: true);
                return answer is TeamsAnswer.Ok ? answer : new TeamsAnswer.Ok(Nothing);
            case TeamsAnswer.Throttled throttled:
                TooMany(call.Name, workspace.Id, throttled.For.TotalSeconds);
                await budgets.WaitAsync(workspace, budget, throttled.For);
                break;
            case TeamsAnswer.Refused refused when TeamsError.LacksPermission(refused):
                NotPermitted(call.Name, workspace.Id, call.Permission);
                await tenants.StoreConsentAsync(workspace, call.Permission, isGiven: false);
                return refused with { Code = TeamsError.MissingPermission };
            case TeamsAnswer.Refused refused:
                Refused(call.Name, workspace.Id, refused.Status, refused.Code.Length == 0 ? "no word" : refused.Code);
                break;
            case TeamsAnswer.NoAnswer none:
                Unanswered(call.Name, workspace.Id, none.Why);
                break;
        }
        return answer;
    }

    /// <param name="Name">For the log, where people are not named.</param>
    sealed record Call(string Name, HttpMethod Method, Uri Url, JsonObject? Body, string Permission, Budget Budget);

    [LoggerMessage(1, LogLevel.Warning, "Microsoft Graph says that it was called too often ({Call}, workspace {Workspace}); it is not called for {Seconds} seconds.")]
    partial void TooMany(string call, int workspace, double seconds);

    [LoggerMessage(2, LogLevel.Warning, "Microsoft Graph refused a call ({Call}, workspace {Workspace}): the bot's registration lacks {Permission}, or an admin's consent to it.")]
    partial void NotPermitted(string call, int workspace, string permission);

    [LoggerMessage(3, LogLevel.Warning, "Microsoft Graph refused a call ({Call}, workspace {Workspace}): {Status} {Code}.")]
    partial void Refused(string call, int workspace, int status, string code);

    [LoggerMessage(4, LogLevel.Warning, "Microsoft Graph did not answer a call ({Call}, workspace {Workspace}): {Why}.")]
    partial void Unanswered(string call, int workspace, string why);
}
