namespace NudgeBot.Tests.Guides;

public sealed class GuideFileErrorTests : IDisposable
{
    readonly GuidesFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Hello", 1, 1, "The file must begin with its fields (title: ...), between two lines of ---.")]
    [InlineData("---\ntitle: x\nHello", 1, 1, "The file must begin with its fields (title: ...), between two lines of ---.")]
    [InlineData("---\ntitel: x\n---\nHello", 2, 1, "'titel' is not known here. Did you mean 'title'? Known: title, minutes, tested_with, tested_on, owner.")]
    [InlineData("---\ntitle: x\ntested_on: soon\n---\nHello", 3, 12, "tested_on: 'soon' is not a date like 2027-01-11.")]
    [InlineData("---\ntitle: x\n---\n\n", 4, 1, "The text is empty.")]
    [InlineData("---\ntitle: x\n---\nA\n~~~prompt\nB\n~~~\n~~~prompt\nC\n~~~", 8, 1, "A second prompt; a part has one.")]
    [InlineData("---\ntitle: x\n---\nA\n~~~prompt\n\n~~~", 5, 1, "The prompt is empty.")]
    [InlineData("---\ntitle: x\n---\nA\n~~~ prompt\nB\n~~~", 5, 1, "A prompt begins with the line ~~~prompt.")]
    [InlineData("---\ntitle: x\n---\nA\n### B\nC", 5, 1, "A heading begins with ## and a blank.")]
    [InlineData("---\ntitle: x\n---\nA\n## B\n## C\nD", 5, 1, "The section 'B' is empty.")]
    [InlineData("---\ntitle: x\n---\nA\n## B\nC\n~~~prompt\nD\n~~~", 5, 1, "The prompt stands before the first section.")]
    public void Says_what_is_wrong_with_a_guide_and_where(string text, int line, int column, string message) =>
        Errors("en/any/day-1", text).ShouldContain($"guides/en/any/day-1.md:{line}:{column}: {message}");

    [Theory]
    [InlineData("---\nlabel: x\n---\n", 2, 1, "'order' is missing.")]
    [InlineData("---\nlabel: x\norder: 1\n---\nHello", 5, 1, "A chore begins with its first section.")]
    [InlineData("---\nlabel: x\norder: 1\n---\n## Better prompt\nA", 5, 1, "The section 'Better prompt' needs a sentence and a ~~~prompt.")]
    [InlineData("---\nlabel: x\norder: 1\n---\n## Better prompt\nA", 5, 1, "There must be one section '## Smallest step'; there are 0.")]
    [InlineData("---\nlabel: x\norder: 1\n---\n## Best prompt\nA", 5, 1, "A chore's sections are: Better prompt, Smallest step, Five minutes; not 'Best prompt'.")]
    public void Says_what_is_wrong_with_a_chore_and_where(string text, int line, int column, string message) =>
        Errors("en/any/chores/mail", text).ShouldContain($"guides/en/any/chores/mail.md:{line}:{column}: {message}");

    [Fact]
    public void Takes_no_label_that_is_longer_than_an_option_may_be() =>
        Errors("en/any/chores/mail", $"---\nlabel: {new string('x', 76)}\norder: 1\n---\n").ShouldContain("guides/en/any/chores/mail.md:2:8: label: has 76 characters; at most 75 are allowed.");

    [Fact]
    public void Takes_no_text_that_is_longer_than_one_message()
    {
        Errors("en/any/day-1", $"---\ntitle: x\n---\n{new string('x', 5000)}\n~~~prompt\n{new string('y', 1000)}\n~~~").ShouldBeEmpty();
        Errors("en/any/day-1", $"---\ntitle: x\n---\n{new string('x', 5000)}\n~~~prompt\n{new string('y', 1001)}\n~~~").ShouldContain(
            "guides/en/any/day-1.md:4:1: The text and its prompt have 6001 characters; at most 6000 fit into one message. What is read on demand can stand in a section.");
    }

    [Fact]
    public void Says_where_texts_belong_when_a_file_is_elsewhere() =>
        Errors("en/welcome", "Hello").ShouldHaveSingleItem().ShouldStartWith("guides/en/welcome.md:1:1: Texts are found as <locale>/<role>/<name>.md");

    IReadOnlyList<string> Errors(string path, string text) => [.. folder.File(path, text).Read().Errors.Select(e => e.ToString())];
}
