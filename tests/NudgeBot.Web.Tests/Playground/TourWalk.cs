using Microsoft.Playwright;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>Does in the browser what docs/tour.md says next, and looks for what it says is seen.</summary>
sealed class TourWalk(IPage page, TourText text)
{
    /// <summary>A folder: the pictures of the tour are written there. Without it, none is.</summary>
    public const string PicturesVariable = "NUDGEBOT_PICTURES";

    /// <summary>A week of forty people takes seconds.</summary>
    const float Patience = 60_000;

    public ILocator Bar => page.Locator(".top");
    public ILocator Middle => page.Locator(".middle");
    public ILocator Messages => page.Locator(".messages");
    public ILocator Engine => page.Locator(".engine");
    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    /// <summary>A step of the engine panel, by its name.</summary>
    public ILocator Step(string name) => Engine.Locator(".steps > li").Filter(new() { HasText = name });

    public ILocator Message(string words) => Messages.Locator(".message").Filter(new() { HasText = words });

    /// <param name="within">Where several places have such a button.</param>
    public Task PressAsync(string words, ILocator? within = null) =>
        ClickAsync(words, (within ?? page.Locator("body")).Locator("button, summary").Filter(new() { HasText = words }));

    public Task FollowAsync(string words, ILocator? within = null) =>
        ClickAsync(words, (within ?? page.Locator("body")).GetByRole(AriaRole.Link).Filter(new() { HasText = words }));

    /// <summary>Chooses somebody on the left.</summary>
    public Task BeAsync(string name) => FollowAsync(name, page.Locator(".people"));

    public Task OpenAsync(string tab) => FollowAsync(tab, page.Locator(".tabs"));

    public async Task SayAsync(string words)
    {
        var box = page.Locator("#text");
        await box.FillAsync(text.Next(Mark.Type, words));
        await box.PressAsync("Enter");
        await SettleAsync();
    }

    public async Task FillAsync(string label, string words)
    {
        await SeeAsync(Dialog, label);
        await Dialog.GetByLabel(label).FillAsync(text.Next(Mark.Type, words));
    }

    public Task SeeAsync(ILocator where, string words) => Assertions.Expect(where)
        .ToContainTextAsync(text.Next(Mark.See, words), new() { UseInnerText = true, IgnoreCase = true, Timeout = Patience });

    public async Task PictureAsync(string file, ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 800)
    {
        text.Next(Mark.Picture, file);
        if (Environment.GetEnvironmentVariable(PicturesVariable) is not { Length: > 0 } folder) return;
        var shown = page;
        if ((scheme, width) != (ColorScheme.Light, 1280))
        {
            // The same place in another window.
            shown = await Chromium.OpenAsync(new Uri(page.Url), scheme, width, height);
            await shown.GotoAsync(page.Url);
        }
        await shown.Mouse.MoveAsync(0, 0);
        await shown.ScreenshotAsync(new() { Path = Path.Combine(folder, file), Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
        if (shown != page) await shown.Context.CloseAsync();
    }

    async Task ClickAsync(string words, ILocator target)
    {
        text.Next(Mark.Press, words);
        await target.ClickAsync();
        await SettleAsync();
    }

    /// <summary>The answer is on the page.</summary>
    Task SettleAsync() => page.WaitForFunctionAsync("() => !('busy' in document.body.dataset)", null, new() { Timeout = Patience });
}
