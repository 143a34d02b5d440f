using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.FakeTeams.Identity;

namespace NudgeBot.FakeTeams.Connector;

/// <summary>Where a bot's calls come in: token, form, limits, then what is asked for.</summary>
sealed class ConnectorEndpoints(FakeTeamsServer server)
{
    public void Map(WebApplication http)
    {
        const string conversation = "/{region}/v3/conversations/{id}";
        void On(string method, string path, Operation operation, Func<Call, Answer> run)
        {
            Task HandleAsync(HttpContext context) => server.Broken.AroundAsync(context, operation, () => AnswerAsync(context, operation, run));
            http.MapMethods(path, [method], HandleAsync);
        }

        On("POST", "/{region}/v3/conversations", Operation.Create, Conversing.Create);
        On("POST", $"{conversation}/activities", Operation.Send, Conversing.Send);
        On("POST", $"{conversation}/activities/{{activity}}", Operation.Reply, Conversing.Reply);
        On("PUT", $"{conversation}/activities/{{activity}}", Operation.Update, Conversing.Update);
        On("DELETE", $"{conversation}/activities/{{activity}}", Operation.Delete, Conversing.Delete);
        On("GET", $"{conversation}/members", Operation.Members, Members.All);
        On("GET", $"{conversation}/pagedmembers", Operation.Members, Members.Page);
        On("GET", $"{conversation}/members/{{member}}", Operation.Members, Members.One);
        On("GET", "/{region}/v3/teams/{id}", Operation.Members, Members.Team);
        On("GET", "/{region}/v3/teams/{id}/conversations", Operation.Members, Members.Channels);
    }

    async Task<Answer> AnswerAsync(HttpContext http, Operation operation, Func<Call, Answer> run)
    {
        try
        {
            var header = http.Request.Headers.Authorization.ToString();
            if (!header.StartsWith("Bearer ") || !server.Login.IsGood(header[7..], Login.BotFrameworkScope))
                throw ConnectorRefusal.Unauthorized();
            if ((string?)http.GetRouteValue("region") != server.Region) throw ConnectorRefusal.NoConversation();
            var body = HttpMethods.IsPost(http.Request.Method) || HttpMethods.IsPut(http.Request.Method) ? await BodyAsync(http) : [];
            var call = new Call(server, body, name => (string?)http.GetRouteValue(name) ?? "", http.Request.Query);
            lock (server.World.Gate)
            {
                var limited = operation is Operation.Send or Operation.Reply or Operation.Update or Operation.Delete ? call.ConversationId : null;
                return server.Limits.Refuses(operation, limited) is { } wait ? BrokenCalls.TooMany((int)Math.Ceiling(wait.TotalSeconds)) : run(call);
            }
        }
        catch (ConnectorRefusal refusal)
        {
            return refusal.Answer;
        }
    }

    async Task<JsonObject> BodyAsync(HttpContext http)
    {
        if (http.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
            throw new ConnectorRefusal(StatusCodes.Status415UnsupportedMediaType, "UnsupportedMediaType", "The content type must be application/json.");
        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (await http.Request.Body.ReadAsync(chunk, http.RequestAborted) is > 0 and var length)
        {
            body.Write(chunk, 0, length);
            if (body.Length > server.LargestActivity) throw ConnectorRefusal.TooBig();
        }
        return Json.Parse(Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length)) ?? throw ConnectorRefusal.NotJson("The body must be a JSON object.");
    }
}
