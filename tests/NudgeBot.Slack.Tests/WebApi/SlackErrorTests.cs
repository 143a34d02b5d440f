using NudgeBot.Nudging;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Tests.WebApi;

public class SlackErrorTests
{
    static string Shown(SlackError error) => error.Match(final => Words.Of(final.Reason), gone => "gone", wait => "wait", unsure => "unsure");

    [Theory]
    [InlineData("channel_not_found", "no-channel")]
    [InlineData("user_disabled", "no-channel")]
    [InlineData("not_in_channel", "no-channel")]
    [InlineData("is_archived", "no-channel")]
    [InlineData("cannot_dm_bot", "no-channel")]
    [InlineData("account_inactive", "gone")]
    [InlineData("token_revoked", "gone")]
    [InlineData("not_authed", "not-installed")]
    [InlineData("messages_tab_disabled", "blocked-by-user")]
    [InlineData("missing_scope", "rejected")]
    [InlineData("restricted_action", "rejected")]
    [InlineData("msg_too_long", "rejected")]
    [InlineData("invalid_blocks", "rejected")]
    [InlineData("ratelimited", "wait")]
    [InlineData("invalid_auth", "wait")]
    [InlineData("team_added_to_org", "wait")]
    [InlineData("internal_error", "unsure")]
    [InlineData("nobody_knows_this", "rejected")]
    public void Each_word_has_its_meaning(string word, string meaning) => Shown(SlackError.Of(word)).ShouldBe(meaning);

    /// <summary>What the documentation of chat.postMessage, conversations.open and conversations.history lists, besides those above.</summary>
    [Theory]
    [InlineData("restricted_action_read_only_channel", "restricted_action_thread_only_channel", "restricted_action_non_threadable_channel", "too_many_attachments", "no_text")]
    [InlineData("rate_limited", "as_user_not_supported", "ekm_access_denied", "no_permission", "org_login_required", "access_denied", "accesslimited", "enterprise_is_restricted")]
    [InlineData("invalid_arguments", "invalid_arg_name", "invalid_charset", "invalid_form_data", "invalid_post_type", "missing_post_type", "request_timeout", "fatal_error")]
    [InlineData("user_not_found", "user_not_visible", "users_list_not_supplied", "not_enough_users", "too_many_users", "method_not_supported_for_channel_type", "deprecated_endpoint")]
    [InlineData("invalid_cursor", "invalid_ts_latest", "invalid_ts_oldest", "limit_required", "missing_argument")]
    public void Every_documented_word_is_in_the_table(params string[] words) => words.Where(word => !SlackError.ByWord.ContainsKey(word)).ShouldBeEmpty();

    [Theory]
    [InlineData("im:write,chat:write", "im:write,chat:write")]
    [InlineData("a secret\nline", "(not a word)")]
    [InlineData("", "(not a word)")]
    [InlineData(null, "(not a word)")]
    public void Only_words_are_logged(string? from, string shown) => SlackError.Shown(from).ShouldBe(shown);
}
