using System.Collections.Frozen;
using System.Text.RegularExpressions;
using NodaTime;
using NudgeBot.Nudging;

namespace NudgeBot.Slack.WebApi;

/// <summary>The closed set of what an error of Slack's means to whoever called.</summary>
public abstract record SlackError
{
    /// <summary>Of an address that none of the workspace's users has.</summary>
    public const string NobodyFound = "users_not_found";

    SlackError() { }

    /// <summary>Not done, and the next try would end the same.</summary>
    public sealed record Final(FailReason Reason) : SlackError;

    /// <summary>The app is not there any more: nothing is sent or read in the workspace until it is installed again.</summary>
    public sealed record Gone : SlackError;

    /// <summary>Not done now; the workspace may be asked again after that time.</summary>
    public sealed record Wait(Duration For) : SlackError;

    /// <summary>Slack says itself that a part of it may have been done.</summary>
    public sealed record Unsure : SlackError;

    public T Match<T>(Func<Final, T> final, Func<Gone, T> gone, Func<Wait, T> wait, Func<Unsure, T> unsure) => this switch
    {
        Final e => final(e),
        Gone e => gone(e),
        Wait e => wait(e),
        Unsure e => unsure(e),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };

    /// <summary>By its word. One that is in no documentation is final: trying it again would be a guess.</summary>
    public static SlackError Of(string error) => ByWord.GetValueOrDefault(error) ?? new Final(FailReason.Rejected);

    /// <summary>The word itself where it is one, for logs: nothing that came from outside is logged as it came.</summary>
    public static string Shown(string? error) => error is not null && Word.IsMatch(error) ? error : "(not a word)";

    static readonly Regex Word = new("^[a-z0-9_:.,-]{1,200}$", RegexOptions.None, TimeSpan.FromSeconds(1));

    static readonly Final NotInstalled = new(FailReason.NotInstalled);
    static readonly Final BlockedByUser = new(FailReason.BlockedByUser);
    static readonly Final NoChannel = new(FailReason.NoChannel);
    static readonly Final Rejected = new(FailReason.Rejected);
    static readonly Gone NotThere = new();
    static readonly Wait Shortly = new(Duration.FromSeconds(30));
    static readonly Wait InAWhile = new(Duration.FromMinutes(5));
    static readonly Unsure PerhapsDone = new();

    /// <summary>Every error that is documented for the methods that are called here, and what is made of it.</summary>
    internal static readonly FrozenDictionary<string, SlackError> ByWord = new Dictionary<string, SlackError>
    {
        ["account_inactive"] = NotThere,
        ["token_revoked"] = NotThere,
        ["app_uninstalled"] = NotThere,

        ["not_authed"] = NotInstalled,
        ["user_not_in_workspace"] = NotInstalled,

        ["messages_tab_disabled"] = BlockedByUser,
        ["user_blocked"] = BlockedByUser,

        ["channel_not_found"] = NoChannel,
        ["not_in_channel"] = NoChannel,
        ["is_archived"] = NoChannel,
        ["is_inactive"] = NoChannel,
        ["channel_is_limited_access"] = NoChannel,
        ["cannot_dm_bot"] = NoChannel,
        ["user_disabled"] = NoChannel,
        ["user_not_found"] = NoChannel,
        ["user_not_visible"] = NoChannel,
        [NobodyFound] = NoChannel,
        ["method_not_supported_for_channel_type"] = NoChannel,

        ["ratelimited"] = Shortly,
        ["rate_limited"] = Shortly,
        ["message_limit_exceeded"] = Shortly,
        ["slow_mode_limited"] = Shortly,
        ["token_expired"] = Shortly,
        // Also what an address that is not on the workspace's list is told: no proof that the app is gone.
        ["invalid_auth"] = InAWhile,
        ["accesslimited"] = InAWhile,
        ["org_login_required"] = InAWhile,
        ["team_added_to_org"] = InAWhile,
        ["two_factor_setup_required"] = InAWhile,

        ["fatal_error"] = PerhapsDone,
        ["internal_error"] = PerhapsDone,
        ["request_timeout"] = PerhapsDone,
        ["service_unavailable"] = PerhapsDone,

        ["missing_scope"] = Rejected,
        ["no_permission"] = Rejected,
        ["not_allowed_token_type"] = Rejected,
        ["access_denied"] = Rejected,
        ["ekm_access_denied"] = Rejected,
        ["enterprise_is_restricted"] = Rejected,
        ["team_access_not_granted"] = Rejected,
        ["restricted_action"] = Rejected,
        ["restricted_action_read_only_channel"] = Rejected,
        ["restricted_action_thread_only_channel"] = Rejected,
        ["restricted_action_non_threadable_channel"] = Rejected,
        ["restricted_action_thread_locked"] = Rejected,
        ["external_channel_migrating"] = Rejected,
        ["msg_too_long"] = Rejected,
        ["msg_blocks_too_long"] = Rejected,
        ["no_text"] = Rejected,
        ["invalid_blocks"] = Rejected,
        ["invalid_blocks_format"] = Rejected,
        ["invalid_metadata_format"] = Rejected,
        ["invalid_metadata_schema"] = Rejected,
        ["metadata_too_large"] = Rejected,
        ["metadata_must_be_sent_from_app"] = Rejected,
        ["duplicate_message_not_found"] = Rejected,
        ["duplicate_channel_not_found"] = Rejected,
        ["too_many_attachments"] = Rejected,
        ["too_many_contact_cards"] = Rejected,
        ["as_user_not_supported"] = Rejected,
        ["cannot_reply_to_message"] = Rejected,
        ["markdown_text_conflict"] = Rejected,
        ["not_enough_users"] = Rejected,
        ["too_many_users"] = Rejected,
        ["users_list_not_supplied"] = Rejected,
        ["invalid_cursor"] = Rejected,
        ["invalid_ts_latest"] = Rejected,
        ["invalid_ts_oldest"] = Rejected,
        ["invalid_metadata_keys"] = Rejected,
        ["limit_required"] = Rejected,
        ["missing_argument"] = Rejected,
        ["invalid_arg_name"] = Rejected,
        ["invalid_arguments"] = Rejected,
        ["invalid_array_arg"] = Rejected,
        ["invalid_charset"] = Rejected,
        ["invalid_form_data"] = Rejected,
        ["invalid_post_type"] = Rejected,
        ["missing_post_type"] = Rejected,
        ["method_deprecated"] = Rejected,
        ["deprecated_endpoint"] = Rejected,
    }.ToFrozenDictionary();
}
