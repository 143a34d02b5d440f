using Microsoft.Playwright;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>The one browser of all tests of this process. Each test has a context of its own, so no cookie of one is another's.</summary>
static class Chromium
{
    static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];

    static readonly Lazy<Task<IBrowser>> Browser = new(LaunchAsync);

    public static async Task<IPage> OpenAsync(Uri url, ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 800, bool script = true)
    {
        var context = await (await Browser.Value).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = url.ToString(),
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Permissions = ["clipboard-read", "clipboard-write"],
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = script,
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        return page;
    }

    static async Task<IBrowser> LaunchAsync()
    {
        var place = Array.Find(Places, File.Exists) ?? throw new InvalidOperationException($"No browser is installed; looked for {string.Join(", ", Places)}. Debian: apt-get install chromium.");
        var playwright = await Playwright.CreateAsync();
        // On a machine that is busy with all the other tests.
        Assertions.SetDefaultExpectTimeout(20_000);
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = place,
            // It runs as root in containers, and reaches nothing but this machine.
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }
}
