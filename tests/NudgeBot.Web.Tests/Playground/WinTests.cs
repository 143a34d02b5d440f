using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>A win from its telling to its applause.</summary>
public sealed class WinTests
{
    const string What = "Renamed a field over 40 files, with the tests running in between.";
    const string Prompt = "Rename [old] to [new] in this package only.\n\n  Show me first where the word means something else: <T>, \"x\", 'y'.";

    [Theory]
    [InlineData("/nudge win")]
    [InlineData("/win")]
    public async Task A_win_is_told_in_a_form_and_stands_in_the_wins_channel(string command)
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");

        await mia.Says($"{command} {What}");
        await Expect(mia.Field("What went well?")).ToHaveValueAsync(What);
        await Expect(mia.Field("What went well?")).ToBeFocusedAsync();
        await Expect(mia.Form.GetByText("Leave out what must never be pasted")).ToBeVisibleAsync();
        await mia.Fills(("The prompt you used", Prompt), ("How many minutes", "25"));
        await mia.Sends();

        await Expect(mia.LastMessage).ToContainTextAsync("Thank you. It stands in the wins channel in a moment.");
        await mia.Opens("#wins");
        await Expect(mia.LastMessage).ToContainTextAsync("A win by Mia Brandt, with GitHub Copilot");
        await Expect(mia.LastMessage).ToContainTextAsync(What);
        await Expect(mia.LastMessage).ToContainTextAsync("Minutes saved: 25");
        await mia.Says("/nudge win list 3");
        await Expect(mia.LastMessage.Locator("li").First).ToContainTextAsync($"Mia Brandt, 2026-09-23, GitHub Copilot: {What}");
    }

    [Fact]
    public async Task Kudos_count_once_a_person_and_never_for_the_author()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await ToldAsync(playground);
        var jonas = await playground.VisitAsync("Jonas Wiegand");
        await jonas.Opens("#wins");

        await jonas.Presses("Kudos");
        await Expect(jonas.Message(What).GetByRole(AriaRole.Button).First).ToHaveTextAsync("Kudos 1");
        await jonas.Presses("Kudos 1");
        await Expect(jonas.LastMessage).ToContainTextAsync("Only visible to you");
        await Expect(jonas.LastMessage).ToContainTextAsync("sind schon gezählt");
        await Expect(jonas.LastMessage).ToBeInViewportAsync();
        await Expect(jonas.Message(What).GetByRole(AriaRole.Button).First).ToHaveTextAsync("Kudos 1");

        await mia.Opens("#wins");
        await mia.Presses("Kudos 1");
        await Expect(mia.LastMessage).ToContainTextAsync("This win is yours");
        await Expect(mia.Message("sind schon gezählt")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_prompt_is_shown_to_the_asker_alone_and_copied_as_it_was_written()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await ToldAsync(playground);
        var callum = await playground.VisitAsync("Callum Reddick");
        await callum.Opens("#wins");

        await callum.Presses("Try this prompt");

        await Expect(callum.LastMessage).ToContainTextAsync("Only visible to you");
        await Expect(callum.LastMessage.Locator("pre")).ToContainTextAsync("Rename [old] to [new]");
        await callum.Presses("Copy", callum.LastMessage);
        await Expect(callum.LastMessage.Locator(".copy")).ToHaveTextAsync("Copied");
        (await callum.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldBe(Prompt);
        await mia.Opens("#wins");
        await Expect(mia.Messages.Locator("pre")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_form_with_an_error_keeps_what_was_typed_and_says_it_at_the_field()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        await mia.Says("/nudge win");

        await mia.Fills(("What went well?", What), ("The prompt you used", Prompt), ("How many minutes", "<b>ten</b>"));
        await mia.Sends();

        await Expect(mia.Error("How many minutes")).ToContainTextAsync("Give a whole number from 0 to 10080");
        await Expect(mia.Field("How many minutes")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(mia.Field("How many minutes")).ToBeFocusedAsync();
        await Expect(mia.Field("How many minutes")).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("Give a whole number"));
        await Expect(mia.Field("How many minutes")).ToHaveValueAsync("<b>ten</b>");
        await Expect(mia.Field("What went well?")).ToHaveValueAsync(What);
        await Expect(mia.Field("The prompt you used")).ToHaveValueAsync(Prompt);

        await mia.Fills(("How many minutes", "10"));
        await mia.Sends();
        await Expect(mia.Form).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_is_taken_once()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        await mia.Says("/nudge win");
        await mia.Fills(("What went well?", What));

        await mia.Form.GetByRole(AriaRole.Button, new() { Name = "Send" }).DblClickAsync();
        await mia.AnsweredAsync();

        await Expect(mia.Form).ToHaveCountAsync(0);
        (await playground.AskAsync<int>($"select count(*)::int from wins where what = '{What}'")).ShouldBe([1]);
    }

    [Theory]
    [InlineData("Cancel")]
    [InlineData("Escape")]
    public async Task A_form_can_be_left(string how)
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        await mia.Says("/nudge win");
        await mia.Fills(("What went well?", What));

        if (how == "Escape") await mia.Hits("Escape");
        else await mia.Sends("Cancel");

        await Expect(mia.Form).ToHaveCountAsync(0);
        await Expect(mia.Box).ToBeFocusedAsync();
        (await playground.AskAsync<int>($"select count(*)::int from wins where what = '{What}'")).ShouldBe([0]);
        await mia.Page.ReloadAsync();
        await Expect(mia.Form).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_looks_like_markup_is_shown_as_it_was_typed()
    {
        const string hostile = "<img src=x onerror=\"document.title='taken'\"> [x](javascript:alert(1)) ![y](https://example.com/y.png) **bold** <https://example.com>";
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");

        await mia.Says(hostile);
        await Expect(mia.Messages.Nth(-2)).ToContainTextAsync(hostile);
        await mia.Says($"/win {hostile}");
        await mia.Fills(("The prompt you used", hostile), ("How many minutes", hostile));
        await mia.Sends();
        await Expect(mia.Field("How many minutes")).ToHaveValueAsync(hostile);
        await mia.Fills(("How many minutes", ""));
        await mia.Sends();
        await mia.Opens("#wins");

        await Expect(mia.LastMessage).ToContainTextAsync(hostile);
        await Expect(mia.Messages.Locator("img, .text a, strong:text('bold')")).ToHaveCountAsync(0);
        await mia.Presses("Try this prompt");
        await Expect(mia.LastMessage.Locator("pre")).ToHaveTextAsync(hostile);
        (await mia.Page.TitleAsync()).ShouldBe("Mia Brandt · NudgeBot playground");
    }

    /// <returns>Mia, whose win stands in the channel.</returns>
    static async Task<Visitor> ToldAsync(OpenPlayground playground)
    {
        var mia = await playground.VisitAsync("Mia Brandt");
        await mia.Says($"/nudge win {What}");
        await mia.Fills(("The prompt you used", Prompt));
        await mia.Sends();
        return mia;
    }
}
