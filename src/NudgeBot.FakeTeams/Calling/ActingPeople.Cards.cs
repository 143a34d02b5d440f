using System.Text.Json.Nodes;
using NudgeBot.FakeTeams.Connector;
using NudgeBot.FakeTeams.World;

namespace NudgeBot.FakeTeams.Calling;

public sealed partial class ActingPeople
{
    const string Unreachable = "Unable to reach app. Please try again.";

    /// <summary>
    /// Presses a button of a message's card, and does what the client does with the answer: Action.Execute replaces the card or shows a notice, Action.Submit sends
    /// its data as a message or opens a dialog.
    /// </summary>
    /// <param name="name">The action's id, its verb, or what stands on it.</param>
    /// <param name="inputs">What is filled in on the card, by the inputs' ids; several for one id where it takes several choices.</param>
    /// <exception cref="InvalidOperationException">The client would not let this be done, or the bot's answer is none that Teams understands.</exception>
    public async Task<Delivery> PressAsync(Person person, Message message, string name, params IReadOnlyList<(string Id, string Value)> inputs)
    {
        JsonObject action, data;
        lock (server.World.Gate)
        {
            var card = message.CardSeenBy(person) ?? throw new InvalidOperationException("This message has no card.");
            action = CardActions.Find(card, name);
            data = CardActions.Data(card, action, inputs);
        }
        return action.Text("type") switch
        {
            "Action.Execute" => await ExecuteAsync(person, message, action, data),
            "Action.Submit" when data["msteams"].Text("type") == "task/fetch" => await DialogAsync(person, message, "task/fetch", data),
            "Action.Submit" => await SubmitAsync(person, message, data),
            var type => throw new InvalidOperationException($"The bot does not hear of {type}."),
        };
    }

    /// <summary>Sends what is filled in on the open dialog.</summary>
    /// <param name="name">The button; null: the only one.</param>
    public async Task<Delivery> SubmitDialogAsync(Person person, string? name, params IReadOnlyList<(string Id, string Value)> inputs)
    {
        Dialog dialog;
        JsonObject data;
        lock (server.World.Gate)
        {
            dialog = server.World.Dialogs.GetValueOrDefault(person.Id) ?? throw new InvalidOperationException($"{person.Name} has no dialog open.");
            var action = name is null ? (dialog.Card["actions"] as JsonArray)?.OfType<JsonObject>().Single() : CardActions.Find(dialog.Card, name);
            if (action.Text("type") != "Action.Submit") throw new InvalidOperationException("A dialog is sent by an Action.Submit.");
            data = CardActions.Data(dialog.Card, action!, inputs);
        }
        return await DialogAsync(person, dialog.Message, "task/submit", data);
    }

    /// <summary>The bot does not hear of it.</summary>
    public void CloseDialog(Person person)
    {
        lock (server.World.Gate) server.World.Dialogs.Remove(person.Id);
    }

    async Task<Delivery> ExecuteAsync(Person person, Message message, JsonObject action, JsonObject data)
    {
        var delivery = await server.Deliveries.SendAsync(_activities.Invoke("adaptiveCard/action", person, message, new JsonObject
        {
            ["action"] = new JsonObject
            {
                ["type"] = "Action.Execute",
                ["id"] = action["id"]?.DeepClone(),
                ["title"] = action["title"]?.DeepClone(),
                ["verb"] = action["verb"]?.DeepClone(),
                ["data"] = data,
            },
            ["trigger"] = "manual",
        }));
        lock (server.World.Gate)
        {
            if (!delivery.Taken)
            {
                server.World.Notify(person, Unreachable);
                return delivery;
            }
            if (Json.Parse(delivery.Attempts[0].Answer) is not { } answer) throw Misunderstood("adaptiveCard/action", "no JSON object");
            switch (answer.Text("type"))
            {
                case "application/vnd.microsoft.card.adaptive":
                    message.Refresh(person, Card(answer["value"]));
                    break;
                case "application/vnd.microsoft.activity.message" when answer.Text("value") is { } text:
                    server.World.Notify(person, text);
                    break;
                case "application/vnd.microsoft.error" when answer["value"].Text("message") is { } text:
                    server.World.Notify(person, text);
                    break;
                case var type: throw Misunderstood("adaptiveCard/action", $"the type {type ?? "(none)"}");
            }
        }
        return delivery;
    }

    Task<Delivery> SubmitAsync(Person person, Message message, JsonObject data)
    {
        var activity = _activities.ByClient("message", person, message.In, message, server.World.Ids.NextMessage());
        activity["replyToId"] = message.Id;
        activity["value"] = data;
        return server.Deliveries.SendAsync(activity);
    }

    async Task<Delivery> DialogAsync(Person person, Message message, string name, JsonObject data)
    {
        var value = new JsonObject { ["data"] = data, ["context"] = new JsonObject { ["theme"] = "default" } };
        var delivery = await server.Deliveries.SendAsync(_activities.Invoke(name, person, message, value));
        lock (server.World.Gate)
        {
            if (!delivery.Taken)
            {
                server.World.Notify(person, Unreachable);
                return delivery;
            }
            var said = delivery.Attempts[0].Answer;
            var task = Json.Parse(said)?["task"];
            // An empty answer closes; so does a text, which is shown for a moment.
            if (name == "task/submit") server.World.Dialogs.Remove(person.Id);
            switch (task.Text("type"))
            {
                case "continue":
                    var next = task!["value"];
                    if (next?["card"].Text("contentType") != Message.CardType) throw Misunderstood(name, "no card to go on with");
                    server.World.Dialogs[person.Id] = new Dialog(next.Text("title") ?? "", Card(next["card"]!["content"]), message);
                    break;
                case "message" when task.Text("value") is { } text:
                    server.World.Notify(person, text);
                    break;
                case null when name == "task/submit" && task is null && said.Trim() is "" or "{}" or "null": break;
                case var type: throw Misunderstood(name, $"the type {type ?? "(none)"}");
            }
        }
        return delivery;
    }

    static JsonObject Card(JsonNode? content)
    {
        try
        {
            ActivityRules.CheckCard(content);
        }
        catch (ConnectorRefusal refusal)
        {
            throw new InvalidOperationException($"The bot answered with a card that Teams cannot show: {refusal.Message}", refusal);
        }
        return content!.DeepClone().AsObject();
    }

    static InvalidOperationException Misunderstood(string name, string what) => new($"Teams does not understand the bot's answer to {name}: {what}.");
}
