using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>Somebody at a browser of their own, in the words of what stands on the page. Whatever they do has been answered when it returns.</summary>
sealed class Visitor(IPage page)
{
    public IPage Page => page;

    public ILocator Clock => page.Locator(".clock time");

    /// <summary>What happened while the clock moved; also where a problem is told.</summary>
    public ILocator Happened => page.Locator(".happened");

    public ILocator Messages => page.Locator(".message");

    public ILocator LastMessage => Messages.Last;

    public ILocator Box => page.Locator("#text");

    public ILocator Form => page.GetByRole(AriaRole.Dialog);

    /// <summary>What the engine knows of the person who is played.</summary>
    public ILocator Engine => page.Locator(".person-card");

    public ILocator Suggestions => page.Locator("#suggestions [role=option]");

    /// <summary>The commands on offer below the box, without their descriptions.</summary>
    public ILocator Offered => Suggestions.Locator("b");

    public ILocator Message(string words) => Messages.Filter(new() { HasText = words });

    /// <summary>A field of the open form.</summary>
    public ILocator Field(string label) => Form.GetByLabel(label);

    /// <summary>What is wrong with a field, next to it.</summary>
    public ILocator Error(string label) => Form.Locator(".field").Filter(new() { HasText = label }).Locator(".error");

    /// <summary>A step in the engine's list, of the past or of the future, e.g. <c>Day 10 · re-engagement</c>.</summary>
    public ILocator Step(string step) => Engine.Locator(".steps > li").Filter(new() { HasText = step });

    /// <summary>From now on as this person, in their chat with NudgeBot.</summary>
    public Task Becomes(string name) => Clicks(page.Locator(".people").GetByRole(AriaRole.Link, new() { Name = name }));

    public Task Opens(string channel) => Clicks(page.Locator(".tabs").GetByRole(AriaRole.Link, new() { Name = channel, Exact = true }));

    /// <summary>The last button of that name in the chat.</summary>
    public Task Presses(string button) => Presses(button, page.Locator("#messages"));

    public Task Presses(string button, ILocator within) => Clicks(within.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).Last);

    public async Task Says(string words)
    {
        await Box.FillAsync(words);
        await Box.PressAsync("Escape");
        await Box.PressAsync("Enter");
        await AnsweredAsync();
    }

    public async Task Fills(params (string Label, string Value)[] fields)
    {
        foreach (var (label, value) in fields) await Field(label).FillAsync(value);
    }

    /// <summary>A button of the open form.</summary>
    public Task Sends(string button = "Send") => Presses(button, Form);

    /// <summary>A button of the time machine.</summary>
    public Task Leaps(string leap) => Presses(leap, page.Locator(".leaps"));

    public Task GoesTo(string step) => Clicks(Step(step).GetByRole(AriaRole.Button));

    public Task Uses(string use) => Presses(use, page.Locator(".use"));

    /// <summary>How many of the people new to the tool were active in a week that is over.</summary>
    public async Task<int> ActiveInWeekAsync(int week)
    {
        var cell = await page.Locator($".retention tbody tr:nth-child({week}) td").First.TextContentAsync();
        return int.Parse(cell!.Split(' ')[0], null);
    }

    public async Task Clicks(ILocator what)
    {
        await what.ClickAsync();
        await AnsweredAsync();
    }

    public async Task Hits(string key)
    {
        await page.Keyboard.PressAsync(key);
        await AnsweredAsync();
    }

    /// <summary>The page knows itself that it waits.</summary>
    public Task AnsweredAsync() => Expect(page.Locator("body")).Not.ToHaveAttributeAsync("data-busy", "");
}
