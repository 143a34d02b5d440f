using System.Text.Json.Nodes;
using NudgeBot.FakeSlack.BlockKit;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.Calling;

public sealed partial class ActingUsers
{
    /// <summary>Fills in a modal and sends it; then what the app answers is done with it: closed, updated, pushed, cleared, or left open with errors.</summary>
    /// <param name="values">
    /// By element: the text typed, an option's value, an id, a date (2026-03-09) or a time (10:00); several for one element where it takes several.
    /// </param>
    /// <exception cref="InvalidOperationException">Slack itself would not let this be sent, e.g. a required field is empty.</exception>
    public async Task<Delivery> SubmitViewAsync(User user, View view, params IReadOnlyList<(ElementId Element, string Value)> values)
    {
        var team = server.World.Teams[user.TeamId];
        JsonObject payload;
        lock (server.World.Gate)
        {
            FillIn(view, values);
            RefuseWhatIsMissing(view);
            payload = Interaction("view_submission", user, team);
            payload["view"] = Shapes.Of(view, team, server.App);
            payload["response_urls"] = new JsonArray();
        }
        var delivery = await server.AppRequests.AskAsync(DeliveryKind.Interaction, payload);
        if (delivery.Attempts[^1] is { Acknowledged: true } answer)
            lock (server.World.Gate) Obey(user, view, Parsed(answer.Body));
        return delivery;
    }

    /// <summary>Fills in a modal and does not send it: the app hears nothing of it.</summary>
    /// <param name="values">As <see cref="SubmitViewAsync"/> takes them.</param>
    public void FillIn(View view, params IReadOnlyList<(ElementId Element, string Value)> values)
    {
        lock (server.World.Gate)
        {
            foreach (var filled in values.GroupBy(value => value.Element, value => value.Value))
            {
                var (block, element) = Find(view.Blocks, filled.Key);
                view.Values[(string)block["block_id"]!]![filled.Key.ActionId] = ElementKinds.Filled(element, [.. filled]);
            }
        }
    }

    /// <summary>The app hears of it only where the view says <c>notify_on_close</c>.</summary>
    public async Task<Delivery?> CloseViewAsync(User user, View view)
    {
        JsonObject payload;
        lock (server.World.Gate)
        {
            server.Modals.Of(user).Remove(view);
            payload = Interaction("view_closed", user, server.World.Teams[user.TeamId]);
            payload.Remove("trigger_id");
            payload["view"] = Shapes.Of(view, server.World.Teams[user.TeamId], server.App);
            payload["is_cleared"] = false;
        }
        return (bool?)view.Sent["notify_on_close"] == true ? await server.AppRequests.AskAsync(DeliveryKind.Interaction, payload) : null;
    }

    static void RefuseWhatIsMissing(View view)
    {
        foreach (var block in view.Blocks.OfType<JsonObject>().Where(block => (string?)block["type"] == "input"))
        {
            var element = block["element"]!.AsObject();
            var filled = view.Values[(string)block["block_id"]!]![(string)element["action_id"]!]!.AsObject();
            var empty = ElementKinds.IsEmpty(filled);
            if (empty && (bool?)block["optional"] != true) throw new InvalidOperationException($"\"{block["label"]?["text"]}\" ({element["action_id"]}) must be filled in.");
            if ((int?)element["max_length"] < filled["value"]?.ToString().Length) throw new InvalidOperationException($"\"{block["label"]?["text"]}\" is too long.");
            if (!empty && (int?)element["min_length"] > filled["value"]?.ToString().Length) throw new InvalidOperationException($"\"{block["label"]?["text"]}\" is too short.");
        }
    }

    /// <exception cref="InvalidOperationException">Slack would show the person an error instead.</exception>
    void Obey(User user, View view, JsonObject? answer)
    {
        view.Errors = null;
        var stack = server.Modals.Of(user);
        switch ((string?)answer?["response_action"])
        {
            case null: stack.Remove(view); break;
            case "clear": stack.Clear(); break;
            case "errors":
                var errors = answer!["errors"]!.AsObject();
                foreach (var (block, _) in errors)
                    if (!view.Blocks.Any(known => (string?)known?["block_id"] == block && (string?)known["type"] == "input"))
                        throw new InvalidOperationException($"There is no input block \"{block}\" to show an error at.");
                view.Errors = errors.DeepClone().AsObject();
                break;
            case "update": Modals.Replace(server.World, view, Checked(answer!)); break;
            case "push": server.Modals.Push(user, Checked(answer!)); break;
            case var unknown: throw new InvalidOperationException($"There is no response_action \"{unknown}\".");
        }
    }

    static JsonObject Checked(JsonObject answer)
    {
        var view = answer["view"]!.DeepClone().AsObject();
        ViewRules.Check(view, "modal");
        BlockIds.Add(view["blocks"]!.AsArray());
        return view;
    }
}
