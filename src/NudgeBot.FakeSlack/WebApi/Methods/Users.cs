using System.Text.Json.Nodes;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.WebApi.Methods;

static class Users
{
    public static JsonObject Info(ApiCall call) => new() { ["user"] = Shape(call, call.User(call.Arguments.Required("user"))) };

    public static JsonObject List(ApiCall call)
    {
        var users = call.Team.Users;
        var from = Cursor.Read(call.Arguments.Text("cursor"), "user") is { } id ? users.FindIndex(user => user.Id == id) : 0;
        if (from < 0) throw new SlackRefusal("invalid_cursor");
        var limit = Cursor.Page(call.Arguments, 1000, 1000);
        return new JsonObject
        {
            ["members"] = new JsonArray([.. users.Skip(from).Take(limit).Select(user => (JsonNode)Shape(call, user))]),
            ["cache_ts"] = call.Server.Time.Now.ToUnixTimeSeconds(),
            ["response_metadata"] = new JsonObject { ["next_cursor"] = from + limit < users.Count ? Cursor.Of("user", users[from + limit].Id) : "" },
        };
    }

    /// <summary>Somebody deactivated is not found.</summary>
    public static JsonObject LookupByEmail(ApiCall call)
    {
        var email = call.Arguments.Required("email");
        var user = call.Team.Users.Find(known => !known.Deleted && string.Equals(known.Email, email, StringComparison.OrdinalIgnoreCase));
        return new JsonObject { ["user"] = Shape(call, user ?? throw new SlackRefusal("users_not_found")) };
    }

    static JsonObject Shape(ApiCall call, User user) =>
        Shapes.Of(user, call.Server.Time.Now, call.Has("users:read.email"), call.Arguments.Flag("include_locale"));
}
