using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.Inbox;
using NudgeBot.Teams.Installing;
using NudgeBot.Teams.Rendering;
using NudgeBot.Teams.Sending;

namespace NudgeBot.Teams.Inbound;

/// <summary>
/// Takes what Teams delivers, and says what Teams is to be answered. Only what must be is done before the answer, which is what Teams calls an invoke.
/// Everything else is stored, and worked off once Teams has its answer.
/// </summary>
sealed class TeamsInbound
{
    /// <summary>Teams waits about fifteen seconds, its network included.</summary>
    static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(10);

    static readonly Dictionary<string, string> NoWords = [];

    readonly NudgingProduct product;
    readonly TeamsTenants tenants;
    readonly TeamsInvokes invokes;
    readonly ILogger<TeamsInbound> log;

    public TeamsInbound(NudgingProduct product, TeamsTenants tenants, TeamsInvokes invokes, TeamsConversing conversing, ILogger<TeamsInbound> log)
    {
        this.product = product;
        this.tenants = tenants;
        this.invokes = invokes;
        this.log = log;
        product.InboxWorker.Serve(TeamsPlatform.Platform, conversing.HandleAsync, log);
    }

    public async Task<TeamsAck> ReceiveAsync(TeamsDelivery delivery, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(AnswersWithin, WireClock.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            if (await tenants.FindAsync(delivery.Tenant, either.Token) is not { } workspace) return TeamsAck.UnknownTenant;
            await tenants.StoreServiceUrlAsync(workspace, delivery.Place.ServiceUrl, either.Token);
            return (delivery.Awaited, delivery.Input) switch
            {
                (_, null) => NotOurs(delivery),
                (Awaited.Card, TeamsInput.Pressed pressed) => await invokes.PressAsync(Entry(workspace, delivery.Key, pressed), pressed, either.Token),
                (Awaited.Card, TeamsInput.Submitted form) => await invokes.SendAsync(Entry(workspace, delivery.Key, form with { Values = NoWords }), form, either.Token),
                (Awaited.Dialog or Awaited.MenuDialog, TeamsInput.Pressed pressed) => await invokes.OpenAsync(Entry(workspace, delivery.Key, pressed), pressed, either.Token),
                (Awaited.Dialog or Awaited.MenuDialog, TeamsInput.Submitted form) => await invokes.SubmitAsync(
                    Entry(workspace, delivery.Key, form with { Values = NoWords }), form, closesWithWords: delivery.Awaited == Awaited.MenuDialog, either.Token),
                (Awaited.Card or Awaited.Dialog or Awaited.MenuDialog, TeamsInput.Drafted draft) =>
                    await invokes.LookAsync(workspace, draft, isDialog: delivery.Awaited != Awaited.Card, either.Token),
                (_, var input) => await StoreAsync(Entry(workspace, delivery.Key, input), either.Token),
            };
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            // The person hears that it did not work. The error's message is not logged: it may repeat what somebody wrote.
            log.LogWarning("A {Kind} of Teams was not taken: {Error}{Where}", delivery.Input?.GetType().Name, error.GetType().Name, error.StackTrace);
            return NotNow(delivery);
        }
    }

    InboxEntry Entry(Workspace workspace, string key, TeamsInput input) => new(TeamsPlatform.Platform, key, workspace, input.User, product.Clock.Now, StoredInput.Write(input));

    async Task<TeamsAck> StoreAsync(InboxEntry entry, CancellationToken cancellation)
    {
        await product.Inbox.TakeAsync(entry).WaitAsync(cancellation);
        return TeamsAck.Done;
    }

    /// <summary>Who pressed a button that nobody here has made, or whom no directory knows.</summary>
    static TeamsAck NotOurs(TeamsDelivery delivery)
    {
        string Words() => Phrases.Say(delivery.Place.ClientLocale, "unknown-action");
        return delivery.Awaited switch
        {
            Awaited.Nothing => TeamsAck.Done,
            Awaited.Card => TeamsAck.With(CardResponse.Error(StatusCodes.Status400BadRequest, "BadRequest", Words())),
            Awaited.Dialog or Awaited.MenuDialog => TeamsAck.With(Dialogs.Close(Words())),
        };
    }

    static TeamsAck NotNow(TeamsDelivery delivery)
    {
        string Words() => Phrases.Say(delivery.Place.ClientLocale, "not-now");
        return (delivery.Awaited, delivery.Input) switch
        {
            (Awaited.Card, _) => TeamsAck.With(CardResponse.Error(StatusCodes.Status500InternalServerError, "InternalError", Words())),
            // Any answer that Teams understands would close the dialog, or clear it: this keeps what was filled in.
            (Awaited.Dialog or Awaited.MenuDialog, TeamsInput.Submitted or TeamsInput.Drafted) => TeamsAck.NotNow,
            (Awaited.Dialog or Awaited.MenuDialog, _) => TeamsAck.With(Dialogs.Close(Words())),
            (Awaited.Nothing, _) => TeamsAck.NotNow,
        };
    }
}

/// <summary>What Teams is answered.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Body">Null: empty. To a dialog that was sent, that closes it.</param>
sealed record TeamsAck(int Status, JsonObject? Body = null)
{
    public static readonly TeamsAck Done = new(StatusCodes.Status200OK);

    public static readonly TeamsAck Malformed = new(StatusCodes.Status400BadRequest);

    /// <summary>The bot signs nobody in anywhere.</summary>
    public static readonly TeamsAck SignsNobodyIn = new(StatusCodes.Status403Forbidden);

    /// <summary>The tenant may speak here, and has not been made a workspace of any organization.</summary>
    public static readonly TeamsAck UnknownTenant = new(StatusCodes.Status404NotFound);

    public static readonly TeamsAck TooLong = new(StatusCodes.Status413PayloadTooLarge);

    public static readonly TeamsAck NotJson = new(StatusCodes.Status415UnsupportedMediaType);

    /// <summary>What the Bot Framework expects where a bot does not know what it is asked.</summary>
    public static readonly TeamsAck UnknownInvoke = new(StatusCodes.Status501NotImplemented);

    public static readonly TeamsAck NotNow = new(StatusCodes.Status503ServiceUnavailable);

    public static TeamsAck With(JsonObject body) => new(StatusCodes.Status200OK, body);
}
