using Microsoft.Playwright;
using NudgeBot.Web.Tests.Playground;

namespace NudgeBot.Teams.Tests.AgentsPlayground;

/// <summary>Anna at the page of the Agents Playground, in the words of what stands there. That the page has opened the personal chat is that the app was installed.</summary>
sealed class PlaygroundVisitor(IPage page)
{
    /// <summary>A folder, where the pictures of the documentation are made.</summary>
    const string PicturesVariable = "NUDGEBOT_PICTURES";

    public ILocator Cards => page.Locator(".ac-adaptiveCard");

    public ILocator LastCard => Cards.Last;

    public static async Task<PlaygroundVisitor> OpenAsync(TeamsClient client) => new(await Chromium.OpenAsync(client.Address, width: 1280, height: 900));

    /// <summary>The last that says so.</summary>
    public ILocator Card(string words) => Cards.Filter(new() { HasText = words }).Last;

    public static ILocator Button(string label, ILocator card) => card.GetByRole(AriaRole.Button, new() { Name = label, Exact = true });

    /// <summary>The Playground asks no more than that it is clicked: what comes of it is for the test to see.</summary>
    public static Task Presses(string label, ILocator card) => Button(label, card).Last.ClickAsync();

    public async Task Types(string words)
    {
        var box = page.GetByRole(AriaRole.Textbox).Last;
        await box.ClickAsync();
        await page.Keyboard.TypeAsync(words);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>A new post in the channel that is open.</summary>
    public async Task Posts(string words, string? mention = null)
    {
        await page.GetByRole(AriaRole.Textbox).First.ClickAsync();
        if (mention is not null)
        {
            await page.Keyboard.TypeAsync($"@{mention}");
            await page.GetByRole(AriaRole.Menuitem, new() { Name = mention }).ClickAsync();
        }
        await page.Keyboard.TypeAsync($" {words}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync();
    }

    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    /// <summary>A command in the menu of a message. The Playground does not read the app's manifest and asks for the command's id.</summary>
    /// <param name="first">A field of the dialog that follows. On a busy machine the client at times opens its dialog before it has the answer, and leaves it empty: it is asked again.</param>
    public async Task Chooses(string command, string message, string first)
    {
        await ChooseAsync(command, message);
        try
        {
            await Dialog.GetByLabel(first).WaitForAsync(new() { Timeout = 10_000 });
        }
        catch (TimeoutException)
        {
            await Dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
            await ChooseAsync(command, message);
        }
    }

    async Task ChooseAsync(string command, string message)
    {
        await page.GetByText(message, new() { Exact = true }).Last.HoverAsync();
        await page.GetByLabel("Show more information").Last.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Action Command" }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Textbox).FillAsync(command);
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
    }

    public Task Opens(string chat) => page.GetByText(chat, new() { Exact = true }).First.ClickAsync();

    /// <summary>Kept beside the tests' program, or with the documentation's pictures; the end of the conversation, without the Playground's log.</summary>
    public async Task PictureAsync(string file, ILocator shown)
    {
        var folder = Environment.GetEnvironmentVariable(PicturesVariable) is { Length: > 0 } wanted ? wanted : Path.Combine(AppContext.BaseDirectory, "pictures");
        await shown.ScrollIntoViewIfNeededAsync();
        await page.Mouse.MoveAsync(0, 0);
        await page.ScreenshotAsync(new()
        {
            Path = Path.Combine(folder, file),
            Animations = ScreenshotAnimations.Disabled,
            Caret = ScreenshotCaret.Hide,
            Clip = new Clip { X = 0, Y = 0, Width = 950, Height = 900 },
        });
    }
}
