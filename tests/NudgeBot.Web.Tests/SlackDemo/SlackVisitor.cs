using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NudgeBot.Web.Tests.SlackDemo;

/// <summary>Somebody at the page of the fake Slack, in the words of what stands there. Whatever they do has been answered when it returns.</summary>
sealed class SlackVisitor(IPage page)
{
    /// <summary>A folder: the pictures of the documentation are written there. Without it, none is.</summary>
    const string PicturesVariable = "NUDGEBOT_PICTURES";

    public IPage Page => page;

    public ILocator Now => page.Locator(".host time");

    /// <summary>What happened while the clock moved.</summary>
    public ILocator Happened => page.Locator("#host-line");

    public ILocator Messages => page.Locator("#messages .message");

    public ILocator LastMessage => Messages.Last;

    public ILocator Box => page.Locator("#text");

    public ILocator Modal => page.GetByRole(AriaRole.Dialog);

    public ILocator Home => page.Locator("#home");

    /// <summary>What Slack itself says.</summary>
    public ILocator Notice => page.Locator(".notice");

    /// <summary>The last of what went to and fro, the latest first.</summary>
    public ILocator Heard => page.Locator("#heard > li");

    public ILocator Message(string words) => Messages.Filter(new() { HasText = words });

    public ILocator Field(string label) => Modal.GetByLabel(label);

    /// <summary>What is wrong with a field, next to it.</summary>
    public ILocator Error(string label) => Modal.Locator(".field").Filter(new() { HasText = label }).Locator(".error");

    public async Task Becomes(string name)
    {
        await page.Locator("#find").FillAsync(name);
        await Clicks(page.Locator("#people").GetByRole(AriaRole.Link, new() { Name = name }));
    }

    public Task Opens(string place) => Clicks(page.Locator("#sidebar").GetByRole(AriaRole.Link, new() { Name = place }));

    public Task OpensHome() => Clicks(page.Locator(".tabs").GetByRole(AriaRole.Button, new() { Name = "Home" }));

    public Task Presses(string button, ILocator within) => Clicks(within.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).Last);

    public async Task Says(string words)
    {
        await Box.FillAsync(words);
        await Box.PressAsync("Enter");
        await AnsweredAsync();
    }

    public Task Sends(string button = "Send") => Presses(button, Modal);

    /// <summary>In the menu of a message.</summary>
    public async Task Chooses(string shortcut, ILocator message)
    {
        await message.HoverAsync();
        await message.Locator("summary").ClickAsync();
        await Clicks(message.Locator(".menu").GetByText(shortcut));
    }

    /// <summary>A button at the top.</summary>
    public Task Leaps(string leap) => Presses(leap, page.Locator(".host"));

    public async Task PictureAsync(string file)
    {
        if (Environment.GetEnvironmentVariable(PicturesVariable) is not { Length: > 0 } folder) return;
        await page.EvaluateAsync("() => { const box = document.querySelector('#find'); box.value = ''; box.dispatchEvent(new Event('input', { bubbles: true })); }");
        await page.Mouse.MoveAsync(0, 0);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, file), Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
    }

    public async Task Clicks(ILocator what)
    {
        await what.ClickAsync();
        await AnsweredAsync();
    }

    /// <summary>The page knows itself that it waits; a week of forty people takes seconds.</summary>
    public Task AnsweredAsync() => Expect(page.Locator("body:not([data-busy])")).ToHaveCountAsync(1, new() { Timeout = 60_000 });
}
