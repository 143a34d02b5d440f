using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NudgeBot.Chat;
using NudgeBot.Limits;
using NudgeBot.Slack.Rendering;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Sending;

/// <summary>
/// Which message is which nudge: its id travels in the message's metadata, so that the channel's history tells whether it was sent. Slack knows no
/// other way to make sending safe to repeat.
/// </summary>
sealed class SentMessages(SlackCalls calls)
{
    const int PageSize = 200;

    /// <summary>Clocks differ, and so may the moment that Slack wrote down.</summary>
    static readonly Duration Before = Duration.FromMinutes(2);

    /// <summary>A lease and the longest call are over long before.</summary>
    static readonly Duration After = Duration.FromMinutes(10);


    /// <summary>Reads what the channel got around the time of sending, page by page; a page is a call within the limits.</summary>
    public async Task<AskResult> FindAsync(Workspace workspace, string channel, string nudgeId, Instant since, CancellationToken cancellation)
    {
        var cursor = "";
        do
        {
            var arguments = new JsonObject
            {
                ["channel"] = channel,
                ["oldest"] = Seconds(since - Before),
                ["latest"] = Seconds(since + After),
                ["inclusive"] = true,
                ["include_all_metadata"] = true,
                ["limit"] = PageSize,
            };
            if (cursor.Length > 0) arguments["cursor"] = cursor;
            var answer = await calls.CallAsync(workspace, SlackMethod.ConversationsHistory, arguments, Urgency.Bulk, cancellation: cancellation);
            if (answer is not SlackAnswer.Ok page)
                return answer.Match<AskResult>(
                    ok => throw new InvalidOperationException("Handled above."),
                    refused => new AskResult.CannotTell(),
                    throttled => new AskResult.Later(throttled.For),
                    noAnswer => new AskResult.Later(Duration.FromMinutes(1)));
            if (!page.Body.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array) return new AskResult.CannotTell();

            foreach (var message in messages.EnumerateArray())
                if (IdOf(message) == nudgeId && message.TryGetProperty("ts", out var ts) && ts.GetString() is { } found) return new AskResult.Found(found);
            cursor = NextCursor.Of(page.Body);
        }
        while (cursor.Length > 0);
        return new AskResult.NotThere();
    }

    static string? IdOf(JsonElement message) =>
        message.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty("event_type", out var type) && type.ValueEquals(NudgeMetadata.EventType)
        && metadata.TryGetProperty("event_payload", out var payload) && payload.ValueKind == JsonValueKind.Object
        && payload.TryGetProperty("nudge", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;

    static string Seconds(Instant instant) => (instant.ToUnixTimeMilliseconds() / 1000m).ToString("0.000000", CultureInfo.InvariantCulture);
}
