using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using NudgeBot.Chat;
using NudgeBot.Conversations;
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
                SlackInput.Submitted submitted => await SubmitAsync(workspace, delivery.Key, submitted, either.Token),
                SlackInput.Suggesting suggesting => await SuggestAsync(workspace, suggesting, either.Token),
                SlackInput.Shortcut or SlackInput.Command or SlackInput.Pressed when OpensAForm(delivery.Input) =>
                    await OpenAsync(workspace, delivery.Key, delivery.Input, either.Token),
                _ => await StoreAsync(workspace, delivery, either.Token),
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

    async Task<SlackAck> StoreAsync(Workspace workspace, SlackDelivery delivery, CancellationToken cancellation)
    {
        await product.Inbox.TakeAsync(Platform, delivery.Key, workspace, delivery.Input.User, StoredInput.Write(delivery.Input)).WaitAsync(cancellation);
        return SlackAck.Done;
    }

    async Task<SlackAck> SubmitAsync(Workspace workspace, string key, SlackInput.Submitted submitted, CancellationToken cancellation)
    {
        var reply = await product.Inbox.AnswerOnceAsync(Platform, key, workspace, submitted.User, async token =>
        {
            var answer = await conversing.AnswerAsync(workspace, submitted, product.Clock.Now, token);
            return (answer, IsDone: !answer.Parts.OfType<ReplyPart.Errors>().Any());
        }, cancellation);
        // Sent twice: what was filled in is kept, the form closes.
        if (reply is null) return SlackAck.Done;
        if (reply.Parts.OfType<ReplyPart.Errors>().FirstOrDefault() is not { } errors)
        {
            Follow(workspace, submitted, reply.Parts);
            return SlackAck.Done;
        }
        return SlackAck.With(FieldErrors.Of(errors.ByField));
    }

    async Task<SlackAck> OpenAsync(Workspace workspace, string key, SlackInput input, CancellationToken cancellation)
    {
        var reply = await product.Inbox.AnswerOnceAsync(Platform, key, workspace, input.User, async token =>
        {
            var answer = await conversing.AnswerAsync(workspace, input, product.Clock.Now, token);
            await conversing.ShowAsync(workspace, input, answer.Parts.OfType<ReplyPart.Open>(), token);
            return (answer, IsDone: true);
        }, cancellation);
        if (reply is not null) Follow(workspace, input, reply.Parts.Where(part => part is not ReplyPart.Open));
        return SlackAck.Done;
    }

    async Task<SlackAck> SuggestAsync(Workspace workspace, SlackInput.Suggesting suggesting, CancellationToken cancellation) =>
        SlackAck.With(new JsonObject { ["options"] = StaticSelect.Options(await conversing.SuggestAsync(workspace, suggesting, cancellation)) });

    void Follow(Workspace workspace, SlackInput input, IEnumerable<ReplyPart> parts)
    {
        if (parts.ToList() is { Count: > 0 } rest)
            product.InboxWorker.Follow(Platform, workspace, input.User, cancellation => conversing.ShowAsync(workspace, input, rest, cancellation));
    }
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
