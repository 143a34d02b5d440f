using NudgeBot.Governance;

namespace NudgeBot.Tests.Governance;

public class LineDifferenceTests
{
    static string Of(string before, string after)
    {
        var (removed, added) = LineDifference.Of(before.Replace(' ', '\n'), after.Replace(' ', '\n'));
        return $"{string.Join(' ', removed)} > {string.Join(' ', added)}";
    }

    [Theory]
    [InlineData("a b c", "a b c", " > ")]
    [InlineData("a b c", "a x c", "b > x")]
    [InlineData("a b c", "a c", "b > ")]
    [InlineData("a c", "a b c", " > b")]
    [InlineData("", "a b", " > a b")]
    [InlineData("a b", "", "a b > ")]
    [InlineData("a b c d", "b c a d", "a > a")]
    [InlineData("a a a", "a a", "a > ")]
    [InlineData("a b c d e", "a x c y e", "b d > x y")]
    [InlineData("a b ", "a b", " > ")]
    public void Tells_what_went_and_what_came(string before, string after, string difference) => Of(before, after).ShouldBe(difference);

    [Fact]
    public void How_lines_end_is_no_difference() => LineDifference.Of("a\r\nb\r\n", "a\nb").ShouldSatisfyAllConditions(
        difference => difference.Removed.ShouldBeEmpty(), difference => difference.Added.ShouldBeEmpty());

    [Fact]
    public void Texts_that_have_nothing_in_common_are_told_apart_whatever_their_length()
    {
        var (before, after) = (Enumerable.Range(0, 30_000).Select(line => $"a{line}").ToList(), Enumerable.Range(0, 30_000).Select(line => $"b{line}").ToList());
        var (removed, added) = LineDifference.Of($"same\n{string.Join('\n', before)}\nend", $"same\n{string.Join('\n', after)}\nend");
        removed.ShouldBe(before);
        added.ShouldBe(after);
    }

    /// <summary>Whatever the texts: what is left of each without its own lines is the same.</summary>
    [Fact]
    public void What_both_keep_is_the_same()
    {
        var random = new Random(7);
        for (var run = 0; run < 200; run++)
        {
            var (before, after) = (Lines(), Lines());
            var (removed, added) = LineDifference.Of(before, after);
            Without(before, removed).ShouldBe(Without(after, added), ignoreOrder: true);
        }

        string Lines() => string.Join('\n', Enumerable.Range(0, random.Next(1, 12)).Select(_ => "abcd"[random.Next(4)]));

        static List<string> Without(string text, IReadOnlyList<string> own)
        {
            var lines = text.Split('\n').ToList();
            foreach (var line in own) lines.Remove(line).ShouldBeTrue();
            return lines;
        }
    }
}
