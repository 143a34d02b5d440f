using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NudgeBot.Web.Tests.SlackDemo;

/// <summary>What people see in Slack: the invented company, by signed HTTP requests and the Web API, on the fake's page.</summary>
public sealed class SlackDemoTests(OpenSlackDemo demo) : IClassFixture<OpenSlackDemo>
{
    const string Question = "Mia, a short question: has GitHub Copilot been of any use to you yet?";

    [Fact]
    public async Task A_guide_that_was_not_useful_brings_a_better_prompt_and_the_check_in_comes_by_the_clock()
    {
        var mia = await demo.VisitAsync("Mia Brandt");
        await Expect(mia.Now).ToHaveTextAsync("Wed 23 Sep, 10:30");
        await mia.Presses("Not useful", mia.Messages.Filter(new() { Has = mia.Page.GetByRole(AriaRole.Button, new() { Name = "Not useful" }) }).Last);
        await Expect(mia.LastMessage).ToContainTextAsync("Here is a better one");
        await Expect(mia.LastMessage.Locator("pre").First).ToBeVisibleAsync();

        for (var leaps = 0; await mia.Message(Question).CountAsync() == 0; leaps++)
        {
            leaps.ShouldBeLessThan(10);
            await mia.Leaps("Next message");
        }

        await Expect(mia.Now).ToHaveTextAsync("Thu 24 Sep, 10:00");
        await Expect(mia.Happened).ToContainTextAsync("→ Thu 24 Sep, 10:00 · Messages to");
        await Expect(mia.Message(Question).Locator("time")).ToHaveTextAsync("10:00");
        await mia.PictureAsync("slack-check-in.png");
        await mia.Presses("It worked", mia.Message(Question));

        await Expect(mia.Message(Question)).ToContainTextAsync("Your answer: It worked");
        await Expect(mia.Message(Question)).ToContainTextAsync("(edited)");
        await Expect(mia.Message(Question).Locator(".elements button")).ToHaveCountAsync(0);
        await Expect(mia.LastMessage).ToContainTextAsync("Good to hear. Thank you.");
        await Expect(mia.LastMessage.Locator("pre")).ToContainTextAsync("Document the legacy code below");
        await Expect(mia.Heard.Filter(new() { HasText = "block_actions answer.worked" }).First.Locator(".outcome")).ToHaveTextAsync("200");
        await Expect(mia.Heard.Filter(new() { HasText = "chat.update" }).First.Locator(".outcome")).ToHaveTextAsync("ok");
    }

    [Fact]
    public async Task A_win_is_told_in_a_modal_that_says_at_the_field_what_is_wrong_and_stands_in_the_channel_for_kudos()
    {
        const string what = "Wrote the release notes from forty merge requests in ten minutes.";
        const string prompt = "Sort the titles in <list> for customers & support. One line each, no ticket numbers.";
        var danielle = await demo.VisitAsync("Danielle Okafor");
        var callum = await demo.VisitAsync("Callum Reddick");
        await callum.Opens("wins");

        await danielle.Says("/win");
        await danielle.Field("What went well?").FillAsync("   ");
        await danielle.Field("The prompt you used").FillAsync(prompt);
        await danielle.Sends();
        await Expect(danielle.Error("What went well?")).ToContainTextAsync("Write in a sentence or two");
        await Expect(danielle.Field("What went well?")).ToBeFocusedAsync();
        await Expect(danielle.Field("What went well?")).ToHaveAccessibleDescriptionAsync(new Regex("Write in a sentence"));
        await Expect(danielle.Field("The prompt you used")).ToHaveValueAsync(prompt);
        await danielle.PictureAsync("slack-win.png");
        await danielle.Field("What went well?").FillAsync(what);
        await danielle.Sends();
        await Expect(danielle.Modal).ToHaveCountAsync(0);
        await Expect(danielle.LastMessage).ToContainTextAsync("Thank you. It stands in the wins channel in a moment.");

        // It comes in by itself where the channel is open.
        await Expect(callum.Message(what)).ToContainTextAsync("A win by Danielle Okafor");
        await callum.Presses("Kudos", callum.Message(what));
        await Expect(callum.Message(what).GetByRole(AriaRole.Button, new() { Name = "Kudos 1" })).ToBeVisibleAsync();
        await callum.Presses("Try this prompt", callum.Message(what));
        await Expect(callum.LastMessage).ToContainTextAsync("Only visible to you");
        await Expect(callum.LastMessage.Locator("pre")).ToHaveTextAsync(prompt);
        await callum.PictureAsync("slack-wins.png");
        await danielle.Opens("wins");
        await Expect(danielle.Message(what)).ToContainTextAsync("Kudos 1");
        await Expect(danielle.Messages.Filter(new() { HasText = "Only visible to you" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Commands_are_answered_where_they_were_given_and_an_unknown_one_by_Slack()
    {
        var thiago = await demo.VisitAsync("Thiago Prado");

        await thiago.Says("/nudge snooze 3");
        await Expect(thiago.LastMessage).ToContainTextAsync("Quiet until");
        await Expect(thiago.Messages.Filter(new() { HasText = "/nudge snooze" })).ToHaveCountAsync(0);

        await thiago.Says("/nudgee");
        await Expect(thiago.Notice).ToContainTextAsync("/nudgee is not a valid command");
        await Expect(thiago.Box).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_app_has_a_home_and_anybodys_message_can_be_shared_as_a_win()
    {
        var marcus = await demo.VisitAsync("Marcus Feldstein");

        await marcus.OpensHome();
        await Expect(marcus.Home).ToContainTextAsync("America/New_York");

        await marcus.Opens("bookings");
        await marcus.Says("Copilot found the *off-by-one* in the tariff <table> & told me why");
        await Expect(marcus.LastMessage.Locator("strong").Last).ToHaveTextAsync("off-by-one");
        await marcus.Chooses("Share as win", marcus.LastMessage);

        await Expect(marcus.Field("What went well?")).ToHaveValueAsync(new Regex("in the tariff <table> & told me why"));
        await marcus.Page.Keyboard.PressAsync("Escape");
        await marcus.AnsweredAsync();
        await Expect(marcus.Modal).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("Soo-jin Bae", ColorScheme.Light, 1280, 800)]
    [InlineData("Divya Hegde", ColorScheme.Dark, 390, 844)]
    public async Task No_state_of_the_page_shuts_anybody_out(string name, ColorScheme scheme, int width, int height)
    {
        var somebody = await demo.VisitAsync(name, scheme, width, height);
        var found = new List<string>();
        await LookAsync("messages");
        await somebody.Says("/win");
        await Expect(somebody.Modal).ToBeVisibleAsync();
        await LookAsync("modal");
        await somebody.Page.Keyboard.PressAsync("Escape");
        await somebody.AnsweredAsync();
        await somebody.OpensHome();
        await LookAsync("home");
        if (width < 900)
        {
            foreach (var pane in (string[])["What Slack heard", "People"])
            {
                await somebody.Clicks(somebody.Page.Locator(".panes").GetByRole(AriaRole.Link, new() { Name = pane }));
                await LookAsync(pane);
            }
        }
        await somebody.Opens("wins");
        await LookAsync("channel");
        found.ShouldBeEmpty();

        async Task LookAsync(string state)
        {
            var result = await somebody.Page.RunAxe();
            found.AddRange(result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{state}: {rule.Id} ({rule.Impact}) {node.Html}")));
            var wide = await somebody.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (wide > width) found.Add($"{state}: the page itself scrolls sideways, {wide}");
        }
    }
}
