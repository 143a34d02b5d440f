using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using NodaTime;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.Limits;
using NudgeBot.Slack.Rendering;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Inbound;

/// <summary>Shows a reply where the person is. What Slack refuses is logged by its reason, never by its words.</summary>
sealed class SlackReplies(SlackCalls calls, HttpClient http, ILogger<SlackReplies> log)
{
    const int MostTries = 3;

    /// <summary>So often a <c>response_url</c> can be used.</summary>
    const int MostResponses = 5;

    /// <summary>Somebody waits: an answer that is later than this is none.</summary>
    static readonly Duration LongestWait = Duration.FromSeconds(10);

    readonly LatestLooks looks = new();

    /// <summary>In the order of the reply.</summary>
    /// <param name="line">The command that opened a form, to offer again where no form can be opened any more; null: the form's own button does.</param>
    public async Task ShowAsync(Workspace workspace, string user, SlackPlace place, IEnumerable<ReplyPart> parts, string? line, string locale, CancellationToken cancellation)
    {
        foreach (var part in parts)
        {
            await part.Match(
                say => PostAllAsync(workspace, user, place, say.Message, locale, cancellation),
                whisper => WhisperAsync(workspace, user, place, whisper.Message, locale, cancellation),
                update => UpdateAsync(workspace, user, place, BlockKit.Messages(update.Message, locale), cancellation),
                open => OpenAsync(workspace, user, place, open.Form, line, locale, cancellation),
                // Only a form that was submitted gets them, and there they are taken before.
                errors => Task.CompletedTask);
        }
    }

    /// <summary>All that the reply says stands in the app's home.</summary>
    public Task PublishAsync(Workspace workspace, string user, Reply reply, string locale, CancellationToken cancellation)
    {
        var blocks = reply.Parts.SelectMany(part => part.Match<IEnumerable<Block>>(
            say => say.Message.Blocks, whisper => whisper.Message.Blocks, update => update.Message.Blocks, open => [], errors => []));
        var view = HomeView.Of(new Message([.. blocks]), locale);
        return CallAsync(workspace, SlackMethod.ViewsPublish, new JsonObject { ["user_id"] = user, ["view"] = view }, cancellation);
    }

    async Task PostAllAsync(Workspace workspace, string user, SlackPlace place, Message message, string locale, CancellationToken cancellation)
    {
        foreach (var one in BlockKit.Messages(message, locale)) await PostAsync(workspace, user, place, Content(one), cancellation);
    }

    /// <summary>The first one stands in place of what was pressed, so that it cannot be pressed again; the others follow.</summary>
    async Task UpdateAsync(Workspace workspace, string user, SlackPlace place, IReadOnlyList<SlackMessage> messages, CancellationToken cancellation)
    {
        await UpdateAsync(workspace, place, Content(messages[0]), cancellation);
        foreach (var one in messages.Skip(1))
        {
            if (place is { IsEphemeral: true, Channel: { } channel }) await WhisperAsync(workspace, user, place, channel, one, cancellation);
            else await PostAsync(workspace, user, place, Content(one), cancellation);
        }
    }

    Task PostAsync(Workspace workspace, string user, SlackPlace place, JsonObject arguments, CancellationToken cancellation)
    {
        // A user's id for a channel is their direct messages with the bot.
        var channel = place.Channel ?? user;
        arguments["channel"] = channel;
        if (place.Thread is { } thread) arguments["thread_ts"] = thread;
        return CallAsync(workspace, SlackMethod.ChatPostMessage, arguments, cancellation, channel);
    }

    async Task WhisperAsync(Workspace workspace, string user, SlackPlace place, Message message, string locale, CancellationToken cancellation)
    {
        if (place.IsDirect || place.Channel is null) await PostAllAsync(workspace, user, place, message, locale, cancellation);
        else
        {
            foreach (var (number, one) in BlockKit.Messages(message, locale).Index())
                await WhisperAsync(workspace, user, number < MostResponses ? place : place with { ResponseUrl = null }, place.Channel, one, cancellation);
        }
    }

    async Task WhisperAsync(Workspace workspace, string user, SlackPlace place, string channel, SlackMessage message, CancellationToken cancellation)
    {
        if (place.ResponseUrl is { } url)
        {
            var content = Content(message);
            content["response_type"] = "ephemeral";
            content["replace_original"] = false;
            if (place.Thread is { } at) content["thread_ts"] = at;
            if (await RespondAsync(url, content, cancellation)) return;
        }
        var arguments = Content(message);
        arguments["channel"] = channel;
        arguments["user"] = user;
        if (place.Thread is { } thread) arguments["thread_ts"] = thread;
        // Where the bot is no member it cannot whisper.
        if (await CallAsync(workspace, SlackMethod.ChatPostEphemeral, arguments, cancellation) is SlackAnswer.Refused)
            await PostAsync(workspace, user, new SlackPlace(), Content(message), cancellation);
    }

    async Task UpdateAsync(Workspace workspace, SlackPlace place, JsonObject content, CancellationToken cancellation)
    {
        if (place is { IsEphemeral: true, ResponseUrl: { } url })
        {
            content["replace_original"] = true;
            await RespondAsync(url, content, cancellation);
        }
        else if (place is { Channel: { } channel, Message: { } ts })
        {
            content["channel"] = channel;
            content["ts"] = ts;
            await CallAsync(workspace, SlackMethod.ChatUpdate, content, cancellation);
        }
    }

    /// <summary>Where nothing was pressed, or too long ago, a button is offered that opens it.</summary>
    async Task OpenAsync(Workspace workspace, string user, SlackPlace place, Form form, string? line, string locale, CancellationToken cancellation)
    {
        if (place.TriggerId is { } trigger)
        {
            var arguments = new JsonObject { ["trigger_id"] = trigger, ["view"] = Modals.View(form, place.ContextOf(form)) };
            if (await CallAsync(workspace, SlackMethod.ViewsOpen, arguments, cancellation) is SlackAnswer.Ok or SlackAnswer.Refused { Error: "exchanged_trigger_id" }) return;
        }
        var label = form.Title.Length <= 75 ? form.Title : form.Title[..75];
        var button = line is { Length: <= 2000 } ? new Button(ActionIds.Command, line, label) : new Button(form.ActionId, form.Payload, label);
        await WhisperAsync(workspace, user, place, Message.Of(new Block.Buttons(button)), locale, cancellation);
    }

    /// <summary>A form that is open, with what stands in it. What its person does meanwhile is not undone: see <see cref="Modals"/>.</summary>
    /// <param name="errors">By field id.</param>
    public async Task ShowAnewAsync(
        Workspace workspace, SlackInput.Drafted drafted, Form form, IReadOnlyDictionary<string, string>? errors, CancellationToken cancellation)
    {
        looks.Note(drafted.View);
        var arguments = new JsonObject
        {
            ["view_id"] = drafted.View.Id,
            ["hash"] = drafted.View.Hash,
            ["view"] = Modals.View(form, drafted.Context with { ActionId = form.ActionId, Payload = form.Payload }, errors),
        };
        var answer = await CallAsync(workspace, SlackMethod.ViewsUpdate, arguments, cancellation);
        if (answer is SlackAnswer.Refused { Error: "hash_conflict" } && looks.IsLatest(drafted.View))
        {
            // Two lists were chosen from in a moment: the second does not know of what the first was answered, and is what stands there now.
            arguments.Remove("hash");
            await CallAsync(workspace, SlackMethod.ViewsUpdate, arguments, cancellation);
        }
    }

    static JsonObject Content(SlackMessage message) => new() { ["text"] = message.Text, ["blocks"] = message.Blocks.DeepClone() };

    /// <summary>Waits out a short throttle. What may have been done is not repeated.</summary>
    /// <param name="channel">As <see cref="SlackCalls.CallAsync"/> takes it.</param>
    async Task<SlackAnswer> CallAsync(Workspace workspace, SlackMethod method, JsonObject arguments, CancellationToken cancellation, string? channel = null)
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await calls.CallAsync(workspace, method, (JsonObject)arguments.DeepClone(), Urgency.Interactive, channel, cancellation);
            if (answer is SlackAnswer.Throttled { For: var wait } && tries < MostTries && wait <= LongestWait)
            {
                await Task.Delay(wait.ToTimeSpan(), WireClock.System, cancellation);
                continue;
            }
            if (answer is not SlackAnswer.Ok) log.LogWarning("{Method} for an answer in workspace {Workspace}: {Why}", method.Name, workspace.Id, Why(answer));
            return answer;
        }
    }

    async Task<bool> RespondAsync(string url, JsonObject content, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync(url, content, cancellation);
            if (answer.IsSuccessStatusCode) return true;
            log.LogWarning("response_url: status {Status}", (int)answer.StatusCode);
            return false;
        }
        catch (HttpRequestException error)
        {
            log.LogWarning("response_url: {Why}", error.HttpRequestError);
            return false;
        }
    }

    static string Why(SlackAnswer answer) => answer.Match(
        ok => "ok", refused => refused.Error, throttled => $"throttled for {throttled.For.TotalSeconds} s", noAnswer => noAnswer.Why);
}
