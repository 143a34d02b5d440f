using System.Text.Json.Nodes;
using NudgeBot.FakeSlack.BlockKit;
using NudgeBot.FakeSlack.Calling;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.WebApi.Methods;

static class Views
{
    const int DeepestStack = 3;

    public static JsonObject Open(ApiCall call)
    {
        var sent = Read(call, "modal");
        var user = call.Server.Triggers.Exchange(call.Arguments.Text("trigger_id"));
        return Answer(call, call.Server.Modals.Open(user, sent));
    }

    public static JsonObject Push(ApiCall call)
    {
        var sent = Read(call, "modal");
        var user = call.Server.Triggers.Exchange(call.Arguments.Text("trigger_id"));
        var stack = call.Server.Modals.Of(user);
        if (stack.Count == 0) throw new SlackRefusal("not_found");
        if (stack.Count == DeepestStack) throw new SlackRefusal("push_limit_reached");
        return Answer(call, call.Server.Modals.Push(user, sent));
    }

    public static JsonObject Update(ApiCall call)
    {
        var id = call.Arguments.Text("view_id");
        var external = call.Arguments.Text("external_id");
        if (id is null && external is null) throw SlackRefusal.Missing("view_id");
        var view = call.Team.Modals.Values.SelectMany(stack => stack).Concat(call.Team.Homes.Values)
            .FirstOrDefault(known => id is null ? known.ExternalId == external : known.Id == id);
        if (view is null) throw new SlackRefusal("not_found");
        CheckHash(call, view);
        Modals.Replace(call.World, view, Read(call, view.Kind));
        return Answer(call, view);
    }

    public static JsonObject Publish(ApiCall call)
    {
        var user = call.Arguments.Required("user_id");
        if (!call.Team.Users.Exists(known => known.Id == user)) throw SlackRefusal.Arguments("invalid `user_id`");
        var sent = Read(call, "home");
        if (call.Team.Homes.TryGetValue(user, out var home))
        {
            CheckHash(call, home);
            Modals.Replace(call.World, home, sent);
            return Answer(call, home);
        }
        home = Modals.New(call.World, call.World.Users[user], sent, previous: null);
        call.Team.Homes.Add(user, home);
        return Answer(call, home);
    }

    static void CheckHash(ApiCall call, View view)
    {
        if (call.Arguments.Text("hash") is { } hash && hash != view.Hash) throw new SlackRefusal("hash_conflict");
    }

    static JsonObject Read(ApiCall call, string kind)
    {
        if (call.Arguments.Structure("view", "invalid_arguments") is not JsonObject view) throw SlackRefusal.Missing("view");
        ViewRules.Check(view, kind);
        BlockIds.Add(view["blocks"] as JsonArray ?? []);
        return view;
    }

    static JsonObject Answer(ApiCall call, View view) => new() { ["view"] = Shapes.Of(view, call.Team, call.App) };
}
