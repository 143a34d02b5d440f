using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace NudgeBot.FakeSlack.WebApi;

/// <summary>A call's arguments: a JSON object, or a form or query whose structured values are JSON in a string, as Slack's own clients send them.</summary>
sealed class Arguments(JsonObject values)
{
    public static async Task<Arguments> ReadAsync(HttpRequest request)
    {
        var values = new JsonObject();
        if (BasicCredentials(request) is var (user, password)) (values["client_id"], values["client_secret"]) = (user, password);
        foreach (var (name, value) in request.Query) values[name] = value.ToString();
        if (!HttpMethods.IsPost(request.Method)) return new Arguments(values);
        if (request.HasFormContentType)
        {
            foreach (var (name, value) in await request.ReadFormAsync()) values[name] = value.ToString();
            return new Arguments(values);
        }
        if (request.ContentType is not { } type) return request.ContentLength is null or 0 ? new Arguments(values) : throw new SlackRefusal("missing_post_type");
        if (!type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)) throw new SlackRefusal("invalid_post_type");
        try
        {
            foreach (var (name, value) in await JsonNode.ParseAsync(request.Body) as JsonObject ?? throw new SlackRefusal("json_not_object")) values[name] = value?.DeepClone();
            return new Arguments(values);
        }
        catch (JsonException)
        {
            throw new SlackRefusal("invalid_json");
        }
    }

    /// <summary>How an app proves itself, as Slack recommends it: in the header, in place of two arguments.</summary>
    static (string User, string Password)? BasicCredentials(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header is not { Scheme: "Basic", Parameter: { } parameter }) return null;
        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out var length)) return null;
        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return parts is [var user, var password] ? (user, password) : null;
    }

    public string? Text(string name) => values[name] switch
    {
        null => null,
        JsonValue value => value.ToString() is { Length: > 0 } text ? text : null,
        JsonArray several => string.Join(',', several.Select(one => one?.ToString())),
        var other => other.ToJsonString(),
    };

    public string Required(string name) => Text(name) ?? throw SlackRefusal.Missing(name);

    /// <summary>Also 1 and 0, in JSON and in forms.</summary>
    public bool Flag(string name) => Text(name) is "true" or "True" or "1";

    public int Number(string name, int otherwise) =>
        Text(name) is not { } text ? otherwise
        : int.TryParse(text, out var number) ? number
        : throw SlackRefusal.Arguments($"must be an integer [json-pointer:/{name}]");

    /// <summary>Null where it is not given; a string is taken as JSON.</summary>
    public JsonNode? Structure(string name, string errorIfBroken)
    {
        if (values[name] is not JsonValue value) return values[name]?.DeepClone();
        if (Text(name) is not { } text) return null;
        try
        {
            return JsonNode.Parse(value.GetValueKind() == JsonValueKind.String ? text : value.ToJsonString());
        }
        catch (JsonException)
        {
            throw new SlackRefusal(errorIfBroken);
        }
    }

    /// <summary>Without the token, which some send among them.</summary>
    public override string ToString() => new JsonObject(values.Where(value => value.Key != "token").Select(value => KeyValuePair.Create(value.Key, value.Value?.DeepClone()))).ToJsonString(Json.Relaxed);
}
