using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace NudgeBot.FakeSlack.WebApi;

/// <summary>What stands for <c>files.slack.com</c>: files are read with a token that may read them. Everybody else is sent to a page to sign in.</summary>
sealed class FileEndpoint(FakeSlackServer server)
{
    public JsonObject Keep(string name, byte[] content)
    {
        var id = server.World.Ids.Next("F");
        server.World.Files.Add(id, content);
        var url = new Uri(server.Address, $"files-pri/{id}/{Uri.EscapeDataString(name)}").AbsoluteUri;
        return new JsonObject
        {
            ["id"] = id,
            ["name"] = name,
            ["title"] = name,
            ["mimetype"] = "text/plain",
            ["size"] = content.Length,
            ["mode"] = "hosted",
            ["is_external"] = false,
            ["url_private"] = url,
            ["url_private_download"] = url,
        };
    }

    public async Task HandleAsync(HttpContext http, string id)
    {
        byte[]? content;
        lock (server.World.Gate)
        {
            var token = ApiEndpoint.Bearer(http.Request) is { } value ? server.World.Tokens.GetValueOrDefault(value) : null;
            content = token is { Revoked: false } && token.Scopes.Contains("files:read") ? server.World.Files.GetValueOrDefault(id) : null;
        }
        if (content is null)
        {
            http.Response.Redirect(new Uri(server.Address, "signin").AbsoluteUri);
            return;
        }
        http.Response.ContentType = "text/plain";
        http.Response.Headers.ContentLength = content.Length;
        await http.Response.Body.WriteAsync(content, http.RequestAborted);
    }
}
