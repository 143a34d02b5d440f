using System.Text.Json;
using System.Text.RegularExpressions;

namespace NudgeBot.Slack.Inbound;

/// <summary>What the Events API delivers.</summary>
static partial class SlackEvents
{
    /// <returns>Null where it is none.</returns>
    public static SlackDelivery? Read(JsonElement body)
    {
        if (body.Text("type") != "event_callback" || body.Text("team_id") is not { } team || body.Text("event_id") is not { } id) return null;
        if (!EventId().IsMatch(id) || body.At("event") is not { ValueKind: JsonValueKind.Object } inner) return null;
        return new SlackDelivery(team, id, InputOf(inner));
    }

    static SlackInput InputOf(JsonElement e) => e.Text("type") switch
    {
        "message" when e.Text("channel_type") == "im" && IsAPersons(e) =>
            new SlackInput.Words(e.Text("user")!, SlackWords.Decode(e.Text("text") ?? ""), PlaceOf(e) with { IsDirect = true })
            {
                Mentions = SlackWords.Mentions(e.Text("text") ?? ""),
                Files = [.. Files(e)],
            },
        "app_mention" when IsAPersons(e) =>
            new SlackInput.Mention(e.Text("user")!, SlackWords.Decode(SlackWords.WithoutMention(e.Text("text") ?? "")), PlaceOf(e))
            {
                Mentions = SlackWords.Mentions(SlackWords.WithoutMention(e.Text("text") ?? "")),
                Files = [.. Files(e)],
            },
        "app_home_opened" when e.Text("tab") == "home" && e.Text("user") is { } user => new SlackInput.HomeOpened(user),
        "team_join" or "user_change" when e.Text("user", "id") is { } user => new SlackInput.PersonChanged(user),
        "app_uninstalled" => new SlackInput.Revoked(),
        // Tokens of users are none of ours.
        "tokens_revoked" when e.At("tokens", "bot") is { ValueKind: JsonValueKind.Array } bots && bots.GetArrayLength() > 0 => new SlackInput.Revoked(),
        _ => new SlackInput.Nothing(),
    };

    /// <summary>Not an edit, a deletion, or anything else that Slack calls a message too; and no bot's, our own least of all.</summary>
    static bool IsAPersons(JsonElement e) =>
        e.Text("subtype") is null or "file_share" && e.Text("bot_id") is null && e.At("edited") is null && e.Text("user") is not null && e.Text("channel") is not null;

    static IEnumerable<SlackFile> Files(JsonElement e) =>
        from file in e.At("files") is { ValueKind: JsonValueKind.Array } files ? files.EnumerateArray() : []
        let url = file.Text("url_private_download")
        where url is not null
        select new SlackFile(url, file.At("size") is { ValueKind: JsonValueKind.Number } size && size.TryGetInt64(out var bytes) ? bytes : 0);

    static SlackPlace PlaceOf(JsonElement e) => new(e.Text("channel"), e.Text("thread_ts"));

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex EventId();
}
