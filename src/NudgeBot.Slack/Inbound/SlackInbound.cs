using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.Inbox;
using NudgeBot.Slack.Installing;
using NudgeBot.Slack.Rendering;

namespace NudgeBot.Slack.Inbound;

/// <summary>
/// Takes what Slack delivers, by whichever way, and says what Slack is to be answered. Only what must be is done before the answer: forms that were filled
/// in, options of a field, and what opens a form. Everything else is stored, and worked off once Slack has its answer.
/// </summary>
sealed class SlackInbound
{
    public const string Platform = "slack";

    /// <summary>Slack waits three seconds, its network included.</summary>
    static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(2.5);

    static readonly Dictionary<string, string> NoWords = [];

    readonly NudgingProduct product;
    readonly SlackInstallations installations;
    readonly SlackConversing conversing;
    readonly ILogger<SlackInbound> log;

    public SlackInbound(NudgingProduct product, SlackInstallations installations, SlackConversing conversing, ILogger<SlackInbound> log)
    {
        this.product = product;
        this.installations = installations;
        this.conversing = conversing;
        this.log = log;
        product.InboxWorker.Serve(Platform, conversing.HandleAsync, log);
    }

    public async Task<SlackAck> ReceiveAsync(SlackDelivery delivery, CancellationToken cancellation)
    {
        if (delivery.Input is SlackInput.Nothing) return SlackAck.Done;
        using var deadline = new CancellationTokenSource(AnswersWithin, WireClock.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            if (await installations.FindAsync(delivery.Team, either.Token) is not { } workspace) return SlackAck.UnknownTeam;
            return delivery.Input switch
            {
                SlackInput.Submitted submitted => await SubmitAsync(Entry(workspace, delivery.Key, submitted with { Values = NoWords }), submitted, either.Token),
                SlackInput.Drafted drafted => await LookAsync(workspace, drafted, either.Token),
                SlackInput.Suggesting suggesting => await SuggestAsync(workspace, suggesting, either.Token),
                SlackInput.Shortcut or SlackInput.Command or SlackInput.Pressed when OpensAForm(delivery.Input) =>
                    await OpenAsync(Entry(workspace, delivery.Key, delivery.Input), delivery.Input, either.Token),
                _ => await StoreAsync(Entry(workspace, delivery.Key, delivery.Input), either.Token),
            };
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            // Slack tells the person that it did not work, keeps a form as it was, and delivers an event again. The error's message is not logged: it may
            // repeat what somebody wrote.
            log.LogWarning("A {Kind} of Slack was not taken: {Error}{Where}", delivery.Input.GetType().Name, error.GetType().Name, error.StackTrace);
            return SlackAck.NotNow;
        }
    }

    static bool OpensAForm(SlackInput input) => input switch
    {
        SlackInput.Shortcut => true,
        SlackInput.Command command => FormOpeners.IsLine(command.Line),
        SlackInput.Pressed pressed => FormOpeners.IsButton(pressed.ActionId, pressed.Payload),
        _ => false,
    };

    InboxEntry Entry(Workspace workspace, string key, SlackInput input) =>
        new(Platform, key, workspace, input.User, product.Clock.Now, StoredInput.Write(input));

    async Task<SlackAck> StoreAsync(InboxEntry entry, CancellationToken cancellation)
    {
        await product.Inbox.TakeAsync(entry).WaitAsync(cancellation);
        return SlackAck.Done;
    }

    /// <param name="entry">Without what was filled in: that is handled before the answer, and only the reply is left.</param>
    async Task<SlackAck> SubmitAsync(InboxEntry entry, SlackInput.Submitted submitted, CancellationToken cancellation)
    {
        var answer = await conversing.AnswerAsync(entry.Workspace, submitted, entry.ReceivedAt, cancellation);
        var reply = await product.Inbox.AnswerOnceAsync(entry, answer, reply => reply.Parts, cancellation);
        // Null: sent twice. What was filled in is kept, the form closes.
        return reply?.Parts.OfType<ReplyPart.Errors>().FirstOrDefault() is { } errors ? SlackAck.With(FieldErrors.Of(errors.ByField)) : SlackAck.Done;
    }

    /// <summary>It changes nothing: told twice, it is answered twice.</summary>
    async Task<SlackAck> LookAsync(Workspace workspace, SlackInput.Drafted drafted, CancellationToken cancellation)
    {
        var answer = await conversing.AnswerAsync(workspace, drafted, product.Clock.Now, cancellation);
        var reply = await product.Inbox.AnswerAsync(answer, cancellation);
        await conversing.ShowAsync(workspace, drafted, reply, cancellation);
        return SlackAck.Done;
    }

    async Task<SlackAck> OpenAsync(InboxEntry entry, SlackInput input, CancellationToken cancellation)
    {
        var answer = await conversing.AnswerAsync(entry.Workspace, input, entry.ReceivedAt, cancellation);
        var reply = await product.Inbox.AnswerOnceAsync(entry, answer, reply => reply.Parts.Where(part => part is not ReplyPart.Open), cancellation);
        if (reply is not null) await conversing.ShowAsync(entry.Workspace, input, reply.Parts.OfType<ReplyPart.Open>(), cancellation);
        return SlackAck.Done;
    }

    async Task<SlackAck> SuggestAsync(Workspace workspace, SlackInput.Suggesting suggesting, CancellationToken cancellation) =>
        SlackAck.With(new JsonObject { ["options"] = StaticSelect.Options(await conversing.SuggestAsync(workspace, suggesting, cancellation)) });
}

/// <summary>What Slack is answered.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Body">Null: empty.</param>
sealed record SlackAck(int Status, JsonObject? Body = null)
{
    public static readonly SlackAck Done = new(200);

    /// <summary>
    /// Nothing here can ever answer it. The endpoint tells Slack not to deliver it again, which would be no use: a workspace that has the app and is not
    /// known here belongs to another installation.
    /// </summary>
    public static readonly SlackAck UnknownTeam = new(404);

    public static readonly SlackAck Malformed = new(400);

    /// <summary>Slack may deliver it again.</summary>
    public static readonly SlackAck NotNow = new(503);

    public static SlackAck With(JsonObject body) => new(200, body);
}
