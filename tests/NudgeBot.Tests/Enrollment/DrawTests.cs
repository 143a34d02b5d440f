using System.Globalization;
using NudgeBot.Enrollment;

namespace NudgeBot.Tests.Enrollment;

public class DrawTests
{
    // printf '%s' 'rollout|pilot|anna@acme.com' | sha256sum | cut -c1-16, and so on.
    [Theory]
    [InlineData("rollout", "anna@acme.com", "e163ae800d8bebca")]
    [InlineData("rollout", "bob@acme.com", "41cac52a92349861")]
    [InlineData("arm", "anna@acme.com", "0bee8b42c3f4bfff")]
    [InlineData("arm", "bob@acme.com", "fa1cdb089f000690")]
    [InlineData("variant", "anna@acme.com", "3e6c4ca4d50089d3")]
    [InlineData("variant", "bob@acme.com", "f460856ad7ceb7fe")]
    public void Is_the_first_eight_bytes_of_the_hash(string purpose, string email, string hash)
    {
        var expected = (int)(ulong.Parse(hash, NumberStyles.HexNumber, CultureInfo.InvariantCulture) % 10_000);
        Of(purpose, email).ShouldBe(expected);
        Of(purpose, email.ToUpperInvariant()).ShouldBe(expected);
    }

    static int Of(string purpose, string email) => purpose switch
    {
        "rollout" => Draw.Rollout("pilot", email),
        "arm" => Draw.Arm("pilot", email),
        _ => Draw.Variant("pilot", email),
    };

    [Fact]
    public void Anna_of_the_pilot_has_these_buckets() =>
        (Draw.Rollout("pilot", "anna@acme.com"), Draw.Arm("pilot", "anna@acme.com"), Draw.Variant("pilot", "anna@acme.com")).ShouldBe((1130, 2879, 2691));

    [Theory]
    [InlineData(0, "a")]
    [InlineData(3333, "a")]
    [InlineData(3334, "b")]
    [InlineData(6667, "c")]
    [InlineData(9999, "c")]
    public void Variants_share_the_buckets_evenly(int bucket, string variant) => Draw.VariantOf(bucket, ["a", "b", "c"]).ShouldBe(variant);

    [Fact]
    public void Draws_of_one_person_are_independent()
    {
        const int people = 20_000;
        var both = Enumerable.Range(0, people).Count(i => Draw.Rollout("pilot", $"p{i}@acme.com") < 5000 && Draw.Arm("pilot", $"p{i}@acme.com") < 5000);
        var sigma = Math.Sqrt(people * 0.25 * 0.75);
        Math.Abs(both - people * 0.25).ShouldBeLessThan(4 * sigma);
    }
}
