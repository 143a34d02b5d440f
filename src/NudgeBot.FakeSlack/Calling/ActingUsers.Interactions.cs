using System.Text.Json;
using System.Text.Json.Nodes;
using NudgeBot.FakeSlack.BlockKit;
using NudgeBot.FakeSlack.WebApi;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.Calling;

public sealed partial class ActingUsers
{
    /// <summary>A slash command; what the app answers at once is posted for this person.</summary>
    /// <param name="command">With its slash.</param>
    /// <param name="channel">Null: the direct channel with the app.</param>
    public async Task<Delivery> CommandAsync(User user, string command, string text = "", Channel? channel = null)
    {
        var team = server.World.Teams[user.TeamId];
        JsonObject payload;
        lock (server.World.Gate)
        {
            channel ??= server.World.OpenDirect(team, user);
            payload = new JsonObject
            {
                ["token"] = server.App.VerificationToken,
                ["team_id"] = team.Id,
                ["team_domain"] = team.Domain,
                ["channel_id"] = channel.Id,
                ["channel_name"] = NameOf(channel),
                ["user_id"] = user.Id,
                ["user_name"] = user.Name,
                ["command"] = command,
                ["text"] = TypedText.InCommand(text.Trim(), team),
                ["api_app_id"] = server.App.Id,
                ["is_enterprise_install"] = "false",
                ["response_url"] = server.ResponseUrls.New(channel, user, original: null),
                ["trigger_id"] = server.Triggers.New(user),
            };
        }
        var delivery = await server.AppRequests.AskAsync(DeliveryKind.Command, payload);
        if (delivery.Attempts[^1] is { Acknowledged: true, Body.Length: > 0 } answer)
        {
            var said = Parsed(answer.Body) ?? new JsonObject { ["text"] = answer.Body };
            if (said.Count > 0)
                lock (server.World.Gate) server.ResponseUrls.Post(channel, user, new Arguments(said));
        }
        return delivery;
    }

    public Task<Delivery> PressAsync(User user, Message message, ElementId element) => UseAsync(user, message, element, []);

    /// <summary>A select, check boxes, a date ... in a message; values as <see cref="SubmitViewAsync"/> takes them.</summary>
    public Task<Delivery> ChooseAsync(User user, Message message, ElementId element, params IReadOnlyList<string> values) => UseAsync(user, message, element, values);

    Task<Delivery> UseAsync(User user, Message message, ElementId element, IReadOnlyList<string> values)
    {
        var team = server.World.Teams[user.TeamId];
        JsonObject payload;
        lock (server.World.Gate)
        {
            var channel = server.World.Channels[message.ChannelId];
            payload = Interaction("block_actions", user, team);
            payload["container"] = new JsonObject
            {
                ["type"] = "message",
                ["message_ts"] = message.Ts,
                ["channel_id"] = channel.Id,
                ["is_ephemeral"] = message.EphemeralFor is not null,
            };
            payload["channel"] = new JsonObject { ["id"] = channel.Id, ["name"] = NameOf(channel) };
            if (message.EphemeralFor is null) payload["message"] = Shapes.Of(message, channel, team, server.App, withMetadata: true);
            var state = InitialValues.Of(message.Blocks ?? []);
            payload["actions"] = new JsonArray(Action(message.Blocks ?? [], element, values, state));
            payload["state"] = new JsonObject { ["values"] = state };
            payload["response_url"] = server.ResponseUrls.New(channel, user, message);
        }
        return server.AppRequests.AskAsync(DeliveryKind.Interaction, payload);
    }

    public Task<Delivery> PressAsync(User user, View view, ElementId element) => ChooseAsync(user, view, element);

    /// <summary>An element of a modal or of the Home tab. All that is filled in goes with it.</summary>
    /// <exception cref="InvalidOperationException">Slack would tell nobody: an input's block does not say <c>dispatch_action</c>.</exception>
    public Task<Delivery> ChooseAsync(User user, View view, ElementId element, params IReadOnlyList<string> values)
    {
        var team = server.World.Teams[user.TeamId];
        JsonObject payload;
        lock (server.World.Gate)
        {
            if (Find(view.Blocks, element).Block is var block && (string?)block["type"] == "input" && (bool?)block["dispatch_action"] != true)
                throw new InvalidOperationException($"The app does not hear of \"{element}\" before the modal is sent.");
            payload = Interaction("block_actions", user, team);
            payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = view.Id };
            payload["actions"] = new JsonArray(Action(view.Blocks, element, values, view.Values));
            payload["view"] = Shapes.Of(view, team, server.App);
        }
        return server.AppRequests.AskAsync(DeliveryKind.Interaction, payload);
    }

    /// <summary>What was typed into an external select; the app's answer is in the attempt.</summary>
    public Task<Delivery> SuggestAsync(User user, View view, string actionId, string typed)
    {
        var team = server.World.Teams[user.TeamId];
        JsonObject payload;
        lock (server.World.Gate)
        {
            var (block, element) = Find(view.Blocks, actionId);
            payload = Interaction("block_suggestion", user, team);
            payload.Remove("trigger_id");
            payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = view.Id };
            payload["action_id"] = (string)element["action_id"]!;
            payload["block_id"] = (string)block["block_id"]!;
            payload["value"] = typed;
            payload["view"] = Shapes.Of(view, team, server.App);
        }
        return server.AppRequests.AskAsync(DeliveryKind.Interaction, payload);
    }

    /// <summary>A shortcut in a message's menu.</summary>
    public Task<Delivery> ShortcutAsync(User user, Message message, string callbackId)
    {
        var team = server.World.Teams[user.TeamId];
        JsonObject payload;
        lock (server.World.Gate)
        {
            var channel = server.World.Channels[message.ChannelId];
            payload = Interaction("message_action", user, team);
            payload["callback_id"] = callbackId;
            payload["action_ts"] = server.World.NextTs();
            payload["message_ts"] = message.Ts;
            payload["message"] = Shapes.Of(message, channel, team, server.App, withMetadata: true);
            payload["channel"] = new JsonObject { ["id"] = channel.Id, ["name"] = NameOf(channel) };
            payload["response_url"] = server.ResponseUrls.New(channel, user, original: null);
        }
        return server.AppRequests.AskAsync(DeliveryKind.Interaction, payload);
    }

    JsonObject Action(JsonArray blocks, ElementId id, IReadOnlyList<string> values, JsonObject state)
    {
        var (block, element) = Find(blocks, id);
        var type = (string)element["type"]!;
        var blockId = (string)block["block_id"]!;
        var action = new JsonObject { ["type"] = type, ["block_id"] = blockId, ["action_id"] = id.ActionId, ["action_ts"] = server.World.NextTs() };
        foreach (var field in (string[])["text", "value", "url", "style", "placeholder", "confirm"])
            if (element[field] is { } value)
                action[field] = value.DeepClone();
        if (type == "button") return action;
        var filled = ElementKinds.Filled(element, values);
        foreach (var (field, value) in filled) action[field] = value?.DeepClone();
        if (ElementKinds.HoldsValue(type)) (state[blockId] ??= new JsonObject())[id.ActionId] = filled;
        return action;
    }

    static (JsonObject Block, JsonObject Element) Find(JsonArray blocks, ElementId id)
    {
        foreach (var block in blocks.OfType<JsonObject>().Where(block => id.BlockId is null || (string?)block["block_id"] == id.BlockId))
            foreach (var element in BlockIds.Elements(block))
                if ((string?)element["action_id"] == id.ActionId)
                    return (block, element);
        throw new InvalidOperationException($"There is no \"{id}\" to use here.");
    }

    /// <summary>What all interactions begin with.</summary>
    JsonObject Interaction(string type, User user, Team team) => new()
    {
        ["type"] = type,
        ["user"] = new JsonObject { ["id"] = user.Id, ["username"] = user.Name, ["name"] = user.Name, ["team_id"] = team.Id },
        ["api_app_id"] = server.App.Id,
        ["token"] = server.App.VerificationToken,
        ["team"] = new JsonObject { ["id"] = team.Id, ["domain"] = team.Domain },
        ["enterprise"] = null,
        ["is_enterprise_install"] = false,
        ["trigger_id"] = server.Triggers.New(user),
    };

    static string NameOf(Channel channel) => channel.Kind == ChannelKind.Direct ? "directmessage" : channel.Name;

    static JsonObject? Parsed(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
