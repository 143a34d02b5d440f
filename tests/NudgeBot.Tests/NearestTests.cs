namespace NudgeBot.Tests;

public class NearestTests
{
    static readonly string[] Known = ["kind", "key", "text", "otherwise", "only_if"];

    [Theory]
    [InlineData("kidn", "kind")]
    [InlineData("Kind", "kind")]
    [InlineData("othrwise", "otherwise")]
    [InlineData("onlyif", "only_if")]
    [InlineData("txt", "text")]
    public void Finds_the_word_that_was_meant(string typed, string meant) => Nearest.To(typed, Known).ShouldBe(meant);

    [Theory]
    [InlineData("")]
    [InlineData("colour")]
    [InlineData("ab")]
    public void Finds_nothing_when_no_word_is_near(string typed) => Nearest.To(typed, Known).ShouldBeNull();
}
