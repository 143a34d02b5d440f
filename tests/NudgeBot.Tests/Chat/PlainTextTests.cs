using NudgeBot.Chat;

namespace NudgeBot.Tests.Chat;

public class PlainTextTests
{
    [Theory]
    [InlineData("**Hello** `a*b` there", "Hello a*b there")]
    [InlineData("2 * 3", "2 * 3")]
    [InlineData(@"a\\b in `a\b`", @"a\b in a\b")]
    public void Markdown_IsTakenAway(string markdown, string plain) => PlainText.Of(Message.Say(markdown)).ShouldBe(plain);

    [Fact]
    public void WhatSomebodyTyped_ComesBackAsTyped() =>
        PlainText.Of(Message.Say(Markdown.Escape("<@U1> *x* `y` [z](http://a)"))).ShouldBe("<@U1> *x* `y` [z](http://a)");

    [Fact]
    public void Blocks_StandApart_AndButtonsAreLeftOut() => PlainText.Of(Message.Of(
        new Block.Text("One"),
        new Block.Buttons(new Button("command", "stop", "Stop")),
        new Block.Prompt("line 1\nline `2`"),
        new Block.Select("a", "p", "Which?", [new Option("x", "X")]),
        new Block.Context("Small print"))).ShouldBe("One\n\n    line 1\n    line `2`\n\nWhich?\n- X\n\nSmall print");
}
