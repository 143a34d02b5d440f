using System.Text.Json.Nodes;
using NodaTime;

namespace NudgeBot.FakeSlack.World;

/// <summary>How Slack writes what it knows; after slackapi/slack-api-specs and the answers' types of @slack/web-api.</summary>
static class Shapes
{
    public static JsonObject Of(User user, Instant now, bool withEmail, bool withLocale)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(user.Tz) ?? DateTimeZone.Utc;
        var profile = new JsonObject
        {
            ["title"] = "",
            ["phone"] = "",
            ["real_name"] = user.RealName,
            ["real_name_normalized"] = user.RealName,
            ["display_name"] = user.Name,
            ["display_name_normalized"] = user.Name,
            ["status_text"] = "",
            ["status_emoji"] = "",
            ["avatar_hash"] = "g000000",
            ["team"] = user.TeamId,
        };
        if (withEmail && user.Email is not null) profile["email"] = user.Email;
        var shape = new JsonObject
        {
            ["id"] = user.Id,
            ["team_id"] = user.TeamId,
            ["name"] = user.Name,
            ["deleted"] = user.Deleted,
            ["profile"] = profile,
            ["is_bot"] = user.IsBot,
            ["is_app_user"] = false,
            ["updated"] = user.Updated,
        };
        if (user.Deleted) return shape;
        shape["color"] = "9f69e7";
        shape["real_name"] = user.RealName;
        shape["tz"] = user.Tz;
        shape["tz_label"] = zone.GetZoneInterval(now).Name;
        shape["tz_offset"] = zone.GetUtcOffset(now).Seconds;
        shape["is_admin"] = user.IsAdmin;
        shape["is_owner"] = false;
        shape["is_primary_owner"] = false;
        shape["is_restricted"] = user.IsRestricted;
        shape["is_ultra_restricted"] = false;
        shape["is_email_confirmed"] = user.Email is not null;
        if (withLocale) shape["locale"] = user.Locale;
        return shape;
    }

    public static JsonObject Of(Channel channel, Team team, SlackWorld world) => channel.Kind == ChannelKind.Direct
        ? new JsonObject
        {
            ["id"] = channel.Id,
            ["created"] = channel.Created,
            ["is_archived"] = channel.IsArchived,
            ["is_im"] = true,
            ["is_org_shared"] = false,
            ["context_team_id"] = team.Id,
            ["user"] = channel.With,
            ["is_user_deleted"] = channel.With is { } with && world.Users[with].Deleted,
            ["last_read"] = "0000000000.000000",
            ["is_open"] = true,
            ["priority"] = 0,
        }
        : new JsonObject
        {
            ["id"] = channel.Id,
            ["name"] = channel.Name,
            ["name_normalized"] = channel.Name,
            ["is_channel"] = channel.Kind == ChannelKind.Public,
            ["is_group"] = channel.Kind == ChannelKind.Private,
            ["is_im"] = false,
            ["is_mpim"] = false,
            ["is_private"] = channel.Kind == ChannelKind.Private,
            ["created"] = channel.Created,
            ["is_archived"] = channel.IsArchived,
            ["is_general"] = channel.Name == "general",
            ["is_shared"] = false,
            ["is_org_shared"] = false,
            ["is_ext_shared"] = false,
            ["is_member"] = team.Bot is { } bot && channel.Members.Contains(bot.Id),
            ["context_team_id"] = team.Id,
            ["topic"] = new JsonObject { ["value"] = "", ["creator"] = "", ["last_set"] = 0 },
            ["purpose"] = new JsonObject { ["value"] = "", ["creator"] = "", ["last_set"] = 0 },
            ["num_members"] = channel.Members.Count,
        };

    public static JsonObject Of(Message message, Channel channel, Team team, FakeApp app, bool withMetadata)
    {
        var shape = new JsonObject { ["type"] = "message", ["user"] = message.UserId, ["ts"] = message.Ts, ["text"] = message.Text, ["team"] = channel.TeamId };
        if (message.BotId is { } bot)
        {
            shape["bot_id"] = bot;
            shape["app_id"] = app.Id;
            shape["bot_profile"] = new JsonObject { ["id"] = bot, ["app_id"] = app.Id, ["name"] = app.Name, ["deleted"] = false, ["team_id"] = team.Id };
        }
        if (message.Blocks is not null) shape["blocks"] = message.Blocks.DeepClone();
        if (message.Attachments is not null) shape["attachments"] = message.Attachments.DeepClone();
        if (message.Files is not null)
        {
            shape["subtype"] = "file_share";
            shape["files"] = message.Files.DeepClone();
        }
        if (withMetadata && message.Metadata is not null) shape["metadata"] = message.Metadata.DeepClone();
        if (message.Edited is not null) shape["edited"] = new JsonObject { ["user"] = message.UserId, ["ts"] = message.Edited };
        if (message.ThreadTs is null) return shape;
        shape["thread_ts"] = message.ThreadTs;
        if (message.Broadcast) shape["subtype"] = "thread_broadcast";
        if (message.ThreadTs != message.Ts) return shape;
        var replies = channel.Messages.FindAll(reply => reply.ThreadTs == message.Ts && reply != message && reply.EphemeralFor is null);
        var users = replies.Select(reply => reply.UserId).Distinct().ToList();
        shape["reply_count"] = replies.Count;
        shape["reply_users_count"] = users.Count;
        shape["latest_reply"] = replies.Count == 0 ? null : replies[^1].Ts;
        shape["reply_users"] = new JsonArray([.. users.Select(user => (JsonNode)user)]);
        return shape;
    }

    public static JsonObject Of(View view, Team team, FakeApp app)
    {
        JsonNode? Sent(string field) => view.Sent[field]?.DeepClone();
        return new JsonObject
        {
            ["id"] = view.Id,
            ["team_id"] = view.TeamId,
            ["type"] = view.Kind,
            ["title"] = Sent("title"),
            ["close"] = Sent("close"),
            ["submit"] = Sent("submit"),
            ["blocks"] = view.Blocks.DeepClone(),
            ["private_metadata"] = Sent("private_metadata") ?? "",
            ["callback_id"] = Sent("callback_id") ?? "",
            ["external_id"] = Sent("external_id") ?? "",
            ["state"] = new JsonObject { ["values"] = view.Values.DeepClone() },
            ["hash"] = view.Hash,
            ["clear_on_close"] = Sent("clear_on_close") ?? false,
            ["notify_on_close"] = Sent("notify_on_close") ?? false,
            ["root_view_id"] = view.RootId,
            ["previous_view_id"] = view.PreviousId,
            ["app_id"] = app.Id,
            ["app_installed_team_id"] = view.TeamId,
            ["bot_id"] = team.BotId,
        };
    }
}
