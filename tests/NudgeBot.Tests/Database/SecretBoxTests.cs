using System.Security.Cryptography;
using System.Text;
using NudgeBot.Database;

namespace NudgeBot.Tests.Database;

public class SecretBoxTests
{
    readonly string key = SecretBox.NewKey();

    [Fact]
    public void Opens_what_it_sealed_and_never_seals_alike()
    {
        var box = new SecretBox(key);
        var (one, other) = (box.Seal("xoxb-grüße", "token 1"), box.Seal("xoxb-grüße", "token 1"));

        box.Open(one, "token 1").ShouldBe("xoxb-grüße");
        one.ShouldNotBe(other);
        Encoding.UTF8.GetString(one).ShouldNotContain("xoxb");
    }

    [Fact]
    public void Does_not_open_as_something_else_or_after_any_change()
    {
        var box = new SecretBox(key);
        var seal = box.Seal("secret", "token 1");

        Should.Throw<CryptographicException>(() => box.Open(seal, "token 2"));
        for (var i = 0; i < seal.Length; i++)
        {
            var changed = seal.ToArray();
            changed[i] ^= 1;
            Should.Throw<CryptographicException>(() => box.Open(changed, "token 1"));
        }
        Should.Throw<CryptographicException>(() => box.Open(seal[..10], "token 1"));
    }

    [Fact]
    public void While_a_key_is_rotated_both_open_and_the_first_one_seals()
    {
        var next = SecretBox.NewKey();
        var (before, rotating, after) = (new SecretBox(key), new SecretBox($"{next}, {key}"), new SecretBox(next));
        var seal = before.Seal("secret", "token 1");

        rotating.Open(seal, "token 1").ShouldBe("secret");
        rotating.IsUnderFirstKey(seal).ShouldBeFalse();
        var sealedAnew = rotating.Seal("secret", "token 1");
        rotating.IsUnderFirstKey(sealedAnew).ShouldBeTrue();
        after.Open(sealedAnew, "token 1").ShouldBe("secret");
        Should.Throw<CryptographicException>(() => after.Open(seal, "token 1")).Message.ShouldContain("NUDGEBOT_KEY");
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("aHVudGVyMg==")]
    [InlineData(",")]
    public void A_wrong_key_is_named_and_not_repeated(string wrong)
    {
        Should.Throw<SettingException>(() => new SecretBox(wrong)).Message.ShouldSatisfyAllConditions(m => m.ShouldContain("NUDGEBOT_KEY"), m => m.ShouldNotContain("hunter2"));
        Should.Throw<SettingException>(() => new SecretBox($"{key},{key},{key}"));
    }
}
