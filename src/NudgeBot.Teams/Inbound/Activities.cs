using System.Text.Json;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.Teams.Rendering;

namespace NudgeBot.Teams.Inbound;

/// <summary>What Teams tells of what happens, in the words of the Bot Framework: an activity is one thing.</summary>
static class Activities
{
    const string CardPressed = "adaptiveCard/action";
    const string DialogFetched = "task/fetch";
    const string DialogSubmitted = "task/submit";
    const string MenuFetched = "composeExtension/fetchTask";
    const string MenuSubmitted = "composeExtension/submitAction";

    /// <summary>The command in the menu of every message, as the app's manifest names it.</summary>
    const string ShareAsWin = "shareAsWin";

    public static bool IsInvoke(JsonElement activity) => activity.Text("type") == "invoke";

    /// <summary>Whether the answer to an invoke is known here.</summary>
    public static bool Answers(string? invoke) => invoke is CardPressed or DialogFetched or DialogSubmitted or MenuFetched or MenuSubmitted;

    /// <param name="body">All of it.</param>
    /// <param name="serviceUrl">Of the very activity, admitted.</param>
    /// <returns>Null where it is none.</returns>
    public static TeamsDelivery? Read(JsonElement activity, ReadOnlyMemory<byte> body, Uri serviceUrl)
    {
        if (activity.Text("type") is not { } type || activity.Text("conversation", "id") is not { } conversation) return null;
        if (ActivityOrigin.Of(activity).TenantId is not { } tenant) return null;
        var place = new TeamsPlace(serviceUrl, conversation, activity.Text("replyToId"))
        {
            // What stands in a message's menu is there in people's chats with each other, too.
            IsPersonal = activity.Text("conversation", "conversationType") == "personal" && AwaitedBy(activity) != Awaited.MenuDialog,
            Locale = activity.Text("locale"),
            TimeZone = activity.Text("localTimezone") ?? ClientInfo(activity)?.Text("timezone"),
        };
        var input = User(activity) is { } user ? InputOf(activity, type, user, place) : null;
        return new TeamsDelivery(tenant.ToLowerInvariant(), KeyOf(activity, body, input), place, AwaitedBy(activity), input);
    }

    static Awaited AwaitedBy(JsonElement activity) => !IsInvoke(activity) ? Awaited.Nothing : activity.Text("name") switch
    {
        CardPressed => Awaited.Card,
        MenuFetched or MenuSubmitted => Awaited.MenuDialog,
        _ => Awaited.Dialog,
    };

    /// <returns>Null for bots, and for who is in no directory.</returns>
    static string? User(JsonElement activity) =>
        activity.Text("from", "role") == "bot" || activity.Text("from", "id")?.StartsWith("28:", StringComparison.Ordinal) == true
            ? null
            : activity.Text("from", "aadObjectId")?.ToLowerInvariant();

    static TeamsInput? InputOf(JsonElement activity, string type, string user, TeamsPlace place) => type switch
    {
        "message" => Pressed(activity.At("value"), user, place) ?? Typed(activity, user, place),
        "invoke" => activity.Text("name") switch
        {
            CardPressed => Sent(activity.At("value", "action", "data"), user, place) ?? Pressed(activity.At("value", "action", "data"), user, place),
            DialogFetched => Pressed(activity.At("value", "data"), user, place),
            DialogSubmitted => Submitted(activity.At("value", "data"), user, place),
            MenuFetched when activity.Text("value", "commandId") == ShareAsWin => Shared(activity.At("value", "messagePayload", "body"), user, place),
            MenuSubmitted => Submitted(activity.At("value", "data"), user, place),
            _ => null,
        },
        // What happens in a team is told to nobody, and wants no answer.
        "conversationUpdate" when place.IsPersonal && Concerns(activity, "membersAdded") => new TeamsInput.Installed(user, place),
        "conversationUpdate" when place.IsPersonal && Concerns(activity, "membersRemoved") => new TeamsInput.Removed(user, place),
        "installationUpdate" when place.IsPersonal => activity.Text("action") switch
        {
            "add" or "add-upgrade" => new TeamsInput.Installed(user, place),
            "remove" or "remove-upgrade" => new TeamsInput.Removed(user, place),
            _ => null,
        },
        _ => null,
    };

    static bool Concerns(JsonElement activity, string members) =>
        activity.Text("recipient", "id") is { } bot && activity.Items(members).Any(member => member.Text("id") == bot);

    static TeamsInput? Typed(JsonElement activity, string user, TeamsPlace place)
    {
        var mentions = Mentions(activity).ToLookup(mention => mention.Member == activity.Text("recipient", "id"));
        string[] own = [.. mentions[true].Select(mention => mention.Text)];
        if (!place.IsPersonal && own.Length == 0) return null;
        var text = TeamsWords.Decode(activity.Text("text") ?? "", own);
        TeamsMention[] others = [.. mentions[false].Select(mention => mention with { Text = TeamsWords.Decode(mention.Text) }).Where(mention => mention.Text.Length > 0)];
        if (!place.IsPersonal) return new TeamsInput.Mention(user, place, text) { Mentions = others };
        return text.Length > 0 ? new TeamsInput.Words(user, place, text) { Mentions = others, Files = [.. Files(activity)] } : null;
    }

    static IEnumerable<TeamsMention> Mentions(JsonElement activity) =>
        from entity in activity.Items("entities")
        where entity.Text("type") == "mention"
        let text = entity.Text("text")
        let member = entity.Text("mentioned", "id")
        where text is not null && member is not null
        select new TeamsMention(text, member, entity.Text("mentioned", "aadObjectId")?.ToLowerInvariant());

    static IEnumerable<string> Files(JsonElement activity) =>
        from attachment in activity.Items("attachments")
        where attachment.Text("contentType") == "application/vnd.microsoft.teams.file.download.info"
        let url = attachment.Text("content", "downloadUrl")
        where url is not null
        select url;

    static JsonElement? ClientInfo(JsonElement activity)
    {
        foreach (var entity in activity.Items("entities"))
            if (entity.Text("type") == "clientInfo") return entity;
        return null;
    }

    static TeamsInput.Pressed? Pressed(JsonElement? data, string user, TeamsPlace place) => Ours(data, read =>
    {
        var action = CardAction.Read(read);
        return IsKept(action.ActionId) && IsKept(action.Payload) && IsKept(action.Chosen)
            ? new TeamsInput.Pressed(user, place, action.ActionId, action.Payload, action.Chosen)
            : null;
    });

    /// <summary>A message of anybody's, to begin a win with; null: none, where the command was not given at a message.</summary>
    static TeamsInput.Pressed Shared(JsonElement? body, string user, TeamsPlace place)
    {
        var content = body?.Text("content") ?? "";
        var text = body?.Text("contentType") == "html" ? TeamsWords.OfHtml(content) : SafeText.Clean(content).Trim();
        return new TeamsInput.Pressed(user, place with { Message = null }, ActionIds.Command, $"win {text}".TrimEnd(), Chosen: null);
    }

    /// <summary>A form in a dialog.</summary>
    static TeamsInput? Submitted(JsonElement? data, string user, TeamsPlace place) =>
        // The dialog's word is its client's: it may name the card that it came from, and none of another conversation.
        Sent(data, user, place) switch
        {
            TeamsInput.Submitted form => form with { Place = place with { Message = form.OpenedFrom.Conversation == place.Conversation ? form.OpenedFrom.Message : null } },
            var other => other,
        };

    /// <summary>A form in the chat, which is a message itself.</summary>
    static TeamsInput? Sent(JsonElement? data, string user, TeamsPlace place) => Ours<TeamsInput>(data, read =>
    {
        var form = SubmittedDialog.Read(read);
        if (!IsKept(form.ActionId) || !IsKept(form.Payload)) return null;
        var values = form.Values.ToDictionary(value => value.Key, value => SafeText.Clean(value.Value));
        if (form.IsLook) return new TeamsInput.Drafted(user, place, form.ActionId, form.Payload, values, form.Context);
        return new TeamsInput.Submitted(user, place, form.ActionId, form.Payload, values, form.Context);
    });

    /// <returns>Null for what this program did not put into a card.</returns>
    static T? Ours<T>(JsonElement? data, Func<JsonElement, T?> read) where T : TeamsInput
    {
        try
        {
            return data is { } found ? read(found) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static bool IsKept(string? text) => text is null || !text.Contains('\0');

    /// <summary>
    /// A dialog is known by what opened it and what stands in it: sent again because the answer was late, which is another activity, it is the same; corrected
    /// after an error, it is another.
    /// </summary>
    static string KeyOf(JsonElement activity, ReadOnlyMemory<byte> body, TeamsInput? input) =>
        input is TeamsInput.Submitted { OpenedFrom.Opening: { } opening } form
            ? ActivityJson.Hash(form.Values.OrderBy(value => value.Key, StringComparer.Ordinal).SelectMany(value => new[] { value.Key, value.Value })
                .Prepend(opening).Prepend(form.Payload).Prepend(form.ActionId).Prepend(form.User).Prepend("form"))
        : activity.Text("id") is { } id ? ActivityJson.Hash("activity", activity.Text("conversation", "id"), id)
        : ActivityJson.Hash(body.Span);
}
