using System.Collections.Frozen;
using NodaTime;
using NudgeBot.Nudging;

namespace NudgeBot.Teams.Connector;

/// <summary>The closed set of what a refusal of Teams' means to whoever called.</summary>
abstract record TeamsError
{
    public const int Unauthorized = 401;
    public const int Forbidden = 403;
    const int NotFound = 404;
    public const int Gone = 410;

    /// <summary>Ours: the conversation is said to be where the bot's token must not go.</summary>
    public const string ForeignServiceUrl = nameof(ForeignServiceUrl);

    /// <summary>Ours: no activity of the tenant has come yet, so that nobody has the app.</summary>
    public const string NoServiceUrl = nameof(NoServiceUrl);

    /// <summary>Ours: an admin has not consented to what Graph was asked for.</summary>
    public const string MissingPermission = nameof(MissingPermission);

    /// <summary>Ours: the tenant's app policies keep the app from this person.</summary>
    public const string BlockedByPolicy = "blocked-by-policy";

    TeamsError() { }

    /// <summary>Not done, and the next try would end the same.</summary>
    public sealed record Final(FailReason Reason) : TeamsError;

    /// <summary>Not done now; Teams may be asked again after that time.</summary>
    public sealed record Wait(Duration For) : TeamsError;

    public T Match<T>(Func<Final, T> final, Func<Wait, T> wait) => this switch
    {
        Final e => final(e),
        Wait e => wait(e),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };

    /// <summary>By the word where it is a known one, else by the status. One that is in no documentation is final: trying it again would be a guess.</summary>
    public static TeamsError Of(TeamsAnswer.Refused refused) => refused.Status switch
    {
        // A secret that has expired is renewed: until its last chance nothing is lost.
        Unauthorized => new Wait(Duration.FromMinutes(5)),
        _ => new Final(ByWord.TryGetValue(refused.Code, out var reason) ? reason : refused.Status == NotFound ? FailReason.NoChannel : FailReason.Rejected),
    };

    /// <summary>Whether an admin has not consented to what Graph was asked for: each part of it has a word of its own for that.</summary>
    public static bool LacksPermission(TeamsAnswer.Refused refused) =>
        refused.Status == Forbidden && refused.Code is MissingPermission or "Authorization_RequestDenied" or "ErrorAccessDenied";

    /// <summary>Whether the conversation is not there, or not there any more.</summary>
    public static bool IsGone(TeamsAnswer answer) => answer is TeamsAnswer.Refused refused && Of(refused) is Final { Reason: FailReason.NoChannel };

    /// <summary>Every word that is documented for the calls that are made here, and what is made of it.</summary>
    internal static readonly FrozenDictionary<string, FailReason> ByWord = new Dictionary<string, FailReason>
    {
        ["MessageWritesBlocked"] = FailReason.BlockedByUser,
        ["ConversationBlockedByUser"] = FailReason.BlockedByUser,

        ["BotNotInConversationRoster"] = FailReason.NotInstalled,
        ["ForbiddenOperationException"] = FailReason.NotInstalled,
        ["BotDisabledByAdmin"] = FailReason.NotInstalled,
        ["BotNotRegistered"] = FailReason.NotInstalled,
        [NoServiceUrl] = FailReason.NotInstalled,
        [MissingPermission] = FailReason.NotInstalled,
        [BlockedByPolicy] = FailReason.NotInstalled,

        ["ConversationNotFound"] = FailReason.NoChannel,
        ["MemberNotFoundInConversation"] = FailReason.NoChannel,
        [ForeignServiceUrl] = FailReason.NoChannel,

        // Of a message that is not there any more: the conversation is.
        ["ActivityNotFoundInConversation"] = FailReason.Rejected,
        ["MessageSizeTooBig"] = FailReason.Rejected,
        ["BadArgument"] = FailReason.Rejected,
        ["BadSyntax"] = FailReason.Rejected,
        ["NotEnoughPermissions"] = FailReason.Rejected,
        ["UnsupportedMediaType"] = FailReason.Rejected,
    }.ToFrozenDictionary();
}
