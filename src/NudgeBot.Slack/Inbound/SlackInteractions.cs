using System.Text.Json;
using NudgeBot.Slack.Rendering;

namespace NudgeBot.Slack.Inbound;

/// <summary>What people do with buttons, selects, modals and message menus.</summary>
static class SlackInteractions
{
    /// <returns>Null where it is none.</returns>
    public static SlackDelivery? Read(JsonElement body)
    {
        if ((body.Text("team", "id") ?? body.Text("user", "team_id")) is not { } team || body.Text("user", "id") is not { } user) return null;
        return body.Text("type") switch
        {
            "block_actions" => body.Text("view", "type") == "modal" ? Drafted(body, team, user) : Pressed(body, team, user),
            "view_submission" => Submitted(body, team, user),
            "message_action" when body.Text("trigger_id") is { } trigger => new SlackDelivery(team, SlackJson.Hash("shortcut", trigger), new SlackInput.Shortcut(
                user, SlackWords.Decode(body.Text("message", "text") ?? ""), PlaceOf(body))),
            "block_suggestion" when body.Text("action_id") is { } action => new SlackDelivery(team, "", new SlackInput.Suggesting(
                user, SlackActionId.Parse(action), body.Text("value") ?? "")),
            // A closed form leaves nothing behind; types to come are no concern of ours.
            { } => new SlackDelivery(team, "", new SlackInput.Nothing()),
            null => null,
        };
    }

    static SlackDelivery? Pressed(JsonElement body, string team, string user)
    {
        // Slack sends one at a time.
        if (body.At("actions") is not { ValueKind: JsonValueKind.Array } actions || actions.GetArrayLength() == 0) return null;
        var action = actions[0];
        if (action.Text("action_id") is not { } id) return null;
        var chosen = action.Text("selected_option", "value");
        // A select has no value of its own: its payload stands in the id of its block.
        var payload = chosen is null ? action.Text("value") ?? "" : SelectPayload.Parse(action.Text("block_id") ?? "");
        var key = SlackJson.Hash("action", team, user, body.Text("trigger_id"), action.Text("action_ts"), id, payload, chosen);
        return new SlackDelivery(team, key, new SlackInput.Pressed(user, SlackActionId.Parse(id), payload, chosen, PlaceOf(body)));
    }

    /// <summary>
    /// The key is the form with what stands in it: pressed again because the answer was late, it is the same; corrected after an error, it is another.
    /// </summary>
    static SlackDelivery? Submitted(JsonElement body, string team, string user)
    {
        if (body.At("view") is not { } view || view.Text("id") is not { } id || ViewOf(view) is not var (context, values)) return null;
        var key = SlackJson.Hash(values.OrderBy(value => value.Key, StringComparer.Ordinal).SelectMany(value => new[] { value.Key, value.Value }).Prepend(id).Prepend(user).Prepend("form"));
        return new SlackDelivery(team, key, new SlackInput.Submitted(
            user, context.ActionId, context.Payload, values, SlackPlace.Of(context) with { TriggerId = body.Text("trigger_id") }));
    }

    /// <summary>Something was pressed or chosen in a form. Which one does not matter: all that stands in the form comes with it.</summary>
    static SlackDelivery? Drafted(JsonElement body, string team, string user)
    {
        if (body.At("view") is not { } view || view.Text("id") is not { } id || view.Text("hash") is not { } hash || ViewOf(view) is not var (context, values)) return null;
        var at = body.At("actions") is { ValueKind: JsonValueKind.Array } actions && actions.GetArrayLength() > 0 ? actions[0].Text("action_ts") : null;
        return new SlackDelivery(team, "", new SlackInput.Drafted(user, context, values, new SlackView(id, hash, at ?? "")));
    }

    /// <returns>Null where it is no form of this program's.</returns>
    static SubmittedView? ViewOf(JsonElement view)
    {
        try
        {
            return SubmittedView.Of(view);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    static SlackPlace PlaceOf(JsonElement body)
    {
        var channel = body.Text("channel", "id") ?? body.Text("container", "channel_id");
        var isPress = body.Text("type") == "block_actions";
        return new SlackPlace(channel, body.Text("container", "thread_ts") ?? body.Text("message", "thread_ts"), isPress ? body.Text("container", "message_ts") : null)
        {
            // A button of ours in direct messages is in ours.
            IsDirect = isPress && channel?.StartsWith('D') == true,
            IsEphemeral = body.Is("container", "is_ephemeral"),
            ResponseUrl = body.Text("response_url"),
            TriggerId = body.Text("trigger_id"),
        };
    }
}
