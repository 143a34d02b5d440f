using System.Text;
using NodaTime;
using NudgeBot.Slack.Inbound;

namespace NudgeBot.Slack.Tests.Inbound;

public class SlackSignatureTests
{
    /// <summary>The example of Slack's documentation, "Verifying requests from Slack".</summary>
    const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    const string Timestamp = "1531420618";
    const string Signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    static readonly byte[] Body = Encoding.UTF8.GetBytes(
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA"
        + "&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c");

    [Fact]
    public void Accepts_the_example_of_Slacks_documentation() => SlackSignature.IsSigned([Secret], Timestamp, Signature, Body).ShouldBeTrue();

    [Fact]
    public void Accepts_either_secret_while_one_is_being_rotated()
    {
        SlackSignature.IsSigned(["new", Secret], Timestamp, Signature, Body).ShouldBeTrue();
        SlackSignature.IsSigned([Secret, "new"], Timestamp, Signature, Body).ShouldBeTrue();
    }

    [Fact]
    public void Refuses_a_body_in_which_any_byte_was_changed()
    {
        for (var i = 0; i < Body.Length; i++)
        {
            var changed = Body.ToArray();
            changed[i] ^= 1;
            SlackSignature.IsSigned([Secret], Timestamp, Signature, changed).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("v0=")]
    [InlineData("v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("v0=A2114D57B48EAC39B9AD189DD8316235A7B4A8D21A10BD27519666489C69B503")]
    [InlineData("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503 ")]
    [InlineData("v0=ä2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    public void Refuses_any_other_signature(string? signature) => SlackSignature.IsSigned([Secret], Timestamp, signature, Body).ShouldBeFalse();

    [Fact]
    public void Refuses_another_timestamp_another_secret_and_having_no_secret()
    {
        SlackSignature.IsSigned([Secret], "1531420619", Signature, Body).ShouldBeFalse();
        SlackSignature.IsSigned(["other"], Timestamp, Signature, Body).ShouldBeFalse();
        SlackSignature.IsSigned([], Timestamp, Signature, Body).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void A_timestamp_is_fresh_for_five_minutes_either_way(int secondsLater, bool isFresh) =>
        SlackSignature.IsFresh(Timestamp, Instant.FromUnixTimeSeconds(1531420618 + secondsLater)).ShouldBe(isFresh);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("-1531420618")]
    [InlineData("1531420618.0")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999")]
    public void A_timestamp_that_is_none_is_not_fresh(string? timestamp) =>
        SlackSignature.IsFresh(timestamp, Instant.FromUnixTimeSeconds(1531420618)).ShouldBeFalse();
}
