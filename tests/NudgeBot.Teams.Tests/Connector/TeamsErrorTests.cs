using NudgeBot.Nudging;
using NudgeBot.Teams.Connector;

namespace NudgeBot.Teams.Tests.Connector;

public class TeamsErrorTests
{
    [Theory]
    [InlineData(403, "MessageWritesBlocked", "blocked-by-user")]
    [InlineData(403, "ConversationBlockedByUser", "blocked-by-user")]
    [InlineData(403, "BotNotInConversationRoster", "not-installed")]
    [InlineData(404, "BotNotInConversationRoster", "not-installed")]
    [InlineData(403, "ForbiddenOperationException", "not-installed")]
    [InlineData(403, "BotDisabledByAdmin", "not-installed")]
    [InlineData(403, "BotNotRegistered", "not-installed")]
    [InlineData(403, "NoServiceUrl", "not-installed")]
    [InlineData(403, "ForeignServiceUrl", "no-channel")]
    [InlineData(404, "ConversationNotFound", "no-channel")]
    [InlineData(404, "MemberNotFoundInConversation", "no-channel")]
    [InlineData(404, "", "no-channel")]
    [InlineData(404, "ActivityNotFoundInConversation", "rejected")]
    [InlineData(413, "MessageSizeTooBig", "rejected")]
    [InlineData(413, "", "rejected")]
    [InlineData(400, "BadArgument", "rejected")]
    [InlineData(400, "BadSyntax", "rejected")]
    [InlineData(403, "NotEnoughPermissions", "rejected")]
    [InlineData(403, "", "rejected")]
    [InlineData(409, "NobodyKnowsThis", "rejected")]
    [InlineData(401, "BotNotRegistered", "wait")]
    [InlineData(401, "invalid_client", "wait")]
    [InlineData(401, "", "wait")]
    public void Each_status_and_word_has_its_meaning(int status, string code, string meaning) =>
        TeamsError.Of(new TeamsAnswer.Refused(status, code)).Match(final => Words.Of(final.Reason), wait => "wait").ShouldBe(meaning);

    [Fact]
    public void Gone_is_what_is_not_found_and_not_what_is_refused()
    {
        TeamsError.IsGone(new TeamsAnswer.Refused(404, "ConversationNotFound")).ShouldBeTrue();
        TeamsError.IsGone(new TeamsAnswer.Refused(403, "ForeignServiceUrl")).ShouldBeTrue();
        TeamsError.IsGone(new TeamsAnswer.Refused(404, "ActivityNotFoundInConversation")).ShouldBeFalse();
        TeamsError.IsGone(new TeamsAnswer.Refused(403, "MessageWritesBlocked")).ShouldBeFalse();
        TeamsError.IsGone(new TeamsAnswer.NoAnswer("status 502")).ShouldBeFalse();
    }
}
