using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.FakeTeams.Identity;

namespace NudgeBot.FakeTeams.Graph;

/// <summary>What stands for Microsoft Graph, as far as a bot reads people from it and installs itself.</summary>
sealed partial class GraphEndpoints(FakeTeamsServer server)
{
    public const string Root = "graph/v1.0/";

    TenantDirectory People => server.Directory;

    public void Map(WebApplication http)
    {
        void On(string method, string path, Operation operation, Func<HttpContext, Task<Answer>> run)
        {
            Task HandleAsync(HttpContext context) => server.Broken.AroundAsync(context, operation, () => AnswerAsync(context, operation, run));
            http.MapMethods($"/{Root}{path}", [method], HandleAsync);
        }

        On("GET", "users/delta", Operation.Users, context => Task.FromResult(Delta(context)));
        On("GET", "users", Operation.Find, context => Task.FromResult(Find(context)));
        On("GET", "users/{id}/mailboxSettings/timeZone", Operation.Mailbox, context => Task.FromResult(Zone(context)));
        On("POST", "users/{id}/teamwork/installedApps", Operation.Install, InstallAsync);
    }

    async Task<Answer> AnswerAsync(HttpContext http, Operation operation, Func<HttpContext, Task<Answer>> run)
    {
        lock (server.World.Gate) server.Limits.Count(operation);
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ") && server.Login.IsGood(header[7..], Login.GraphScope)
            ? await run(http)
            : Answer.Error(401, "InvalidAuthenticationToken", "Access token is empty or not for this service.");
    }

    bool Permits(string permission) => People.Options.Permissions.Contains(permission);

    static Answer NotForDirectory() => Answer.Error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");

    Answer Delta(HttpContext http)
    {
        if (!Permits("User.Read.All")) return NotForDirectory();
        var query = http.Request.Query;
        var token = query["$skiptoken"].ToString() is { Length: > 0 } skip ? skip : query["$deltatoken"].ToString();
        if (token.Length == 0 && query["$select"].Count == 0) return Answer.Error(400, "Request_BadRequest", "The plans of people are told to nobody who does not select them.");
        if (People.Read(token.Length == 0 ? null : DirectoryPlace.Parse(token)) is not { } page)
            return Answer.Error(410, "syncStateNotFound", "The sync state generation is not found; a full sync is needed.");
        return new Answer(200, new JsonObject
        {
            ["@odata.context"] = $"{server.GraphUrl}$metadata#users",
            [page.IsLast ? "@odata.deltaLink" : "@odata.nextLink"] = $"{server.GraphUrl}users/delta?{(page.IsLast ? "$deltatoken" : "$skiptoken")}={page.Next}",
            ["value"] = new JsonArray([.. page.Entries.Select(entry => (JsonNode)entry.Shape())]),
        });
    }

    Answer Find(HttpContext http)
    {
        if (!Permits("User.Read.All")) return NotForDirectory();
        if (Filter().Match(http.Request.Query["$filter"].ToString()) is not { Success: true } filter) return Answer.Error(400, "Request_BadRequest", "Invalid filter clause.");
        var found = People.Named(filter.Groups["email"].Value.Replace("''", "'", StringComparison.Ordinal));
        return new Answer(200, new JsonObject { ["value"] = new JsonArray([.. found.Select(entry => (JsonNode)entry.Shape())]) });
    }

    Answer Zone(HttpContext http)
    {
        if (!Permits("MailboxSettings.Read")) return Answer.Error(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
        return EntryOf(http) is { MailboxZone: { } zone }
            ? new Answer(200, new JsonObject { ["value"] = zone })
            : Answer.Error(404, "MailboxNotEnabledForRESTAPI", "The mailbox is either inactive, soft-deleted, or is hosted on-premise.");
    }

    async Task<Answer> InstallAsync(HttpContext http)
    {
        if (!Permits("TeamsAppInstallation.ReadWriteSelfForUser.All"))
            return Answer.Error(403, "Forbidden", "Missing role permissions on the request. API requires one of 'TeamsAppInstallation.ReadWriteSelfForUser.All'. Roles on the request ''.");
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var app = Json.Parse(await reader.ReadToEndAsync(http.RequestAborted)).Text("teamsApp@odata.bind");
        if (app is null) return Answer.Error(400, "BadRequest", "Bad bind URL.");
        if (!app.EndsWith($"/appCatalogs/teamsApps/{People.Options.CatalogApp}", StringComparison.Ordinal)) return Answer.Error(404, "NotFound", "The app is not in the tenant's catalog.");
        if (EntryOf(http) is not { } entry) return Answer.Error(404, "NotFound", "User was not found.");
        if (entry.AppBlocked) return Answer.Error(403, "Forbidden", "App is blocked by app permission policy.");
        lock (server.World.Gate)
        {
            if (entry.Person.Installed) return Answer.Error(409, "Conflict", "App is already installed for the user.");
            entry.Person.Installed = true;
        }
        if (People.Options.TellsOfInstalls) People.Tell(() => server.Acting.InstallAsync(entry.Person));
        return new Answer(201, null);
    }

    DirectoryEntry? EntryOf(HttpContext http) => People.Find((string)http.GetRouteValue("id")!);

    [GeneratedRegex("^mail eq '(?<email>[^ ]+)' or userPrincipalName eq '\\k<email>' or proxyAddresses/any\\(p:p eq 'smtp:\\k<email>'\\)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Filter();
}
