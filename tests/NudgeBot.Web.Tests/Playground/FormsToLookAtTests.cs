using System.Text;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>Forms that say how many people they are about, and forms that take a file.</summary>
public sealed class FormsToLookAtTests
{
    [Fact]
    public async Task The_number_follows_what_is_ticked_and_whoever_ticks_stays_where_they_are()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var admin = await playground.VisitAsync("Rhiannon Pugh");
        await admin.Says("/nudge campaign create autumn");
        await Expect(Said(admin)).ToHaveTextAsync("For everyone: 40 people today; all of them can be reached.");

        await admin.Form.Locator("[name='--name']").FillAsync("In autumn");
        await Box(admin, "Teams", "Bookings").FocusAsync();
        await admin.Hits("Space");
        await Expect(Said(admin)).ToContainTextAsync("For team Bookings: ");
        await Expect(Box(admin, "Teams", "Bookings")).ToBeFocusedAsync();
        await Expect(Box(admin, "Teams", "Bookings")).ToBeInViewportAsync();
        await admin.Hits("Tab");
        await admin.Hits("Space");
        await Expect(Said(admin)).ToContainTextAsync("For team Bookings or Customs: ");
        await Expect(admin.Form.Locator("[name='--name']")).ToHaveValueAsync("In autumn");
        await Expect(admin.Form.Locator(".error")).ToHaveCountAsync(0);
        (await admin.Page.RunAxe()).Violations.Select(rule => rule.Id).ShouldBeEmpty();

        await admin.Form.Locator("[name='--start']").FillAsync("some day");
        await admin.Form.Locator("[name='--tool']").FillAsync("copilot");
        await admin.Sends("Count the people");
        await Expect(admin.Form.Locator("#field---start-error")).ToContainTextAsync("takes a date");
        await Expect(admin.Form.Locator("[name='--start']")).ToBeFocusedAsync();
        await admin.Form.Locator("[name='--start']").FillAsync("in 3 days");
        await Box(admin, "Teams", "Customs").UncheckAsync();
        await admin.AnsweredAsync();
        await Expect(admin.Form.Locator("#field---start-error")).ToHaveCountAsync(0);
        (await playground.AskAsync<long>("select count(*) from campaigns")).Single().ShouldBe(1);

        // Enter sends the form, and does not ask.
        await admin.Form.Locator("[name='--name']").PressAsync("Enter");
        await admin.AnsweredAsync();
        await Expect(admin.Form).ToHaveCountAsync(0);
        await Expect(admin.LastMessage).ToContainTextAsync("--teams Bookings");
    }

    [Fact]
    public async Task Without_a_script_the_button_asks_and_all_that_was_filled_in_stays()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var admin = await playground.VisitAsync(script: false);
        await admin.Becomes("Rhiannon Pugh");
        await admin.Box.FillAsync("/nudge campaign create autumn");
        await admin.Presses("Send", admin.Page.Locator(".write"));

        await admin.Form.Locator("[name='--tool']").FillAsync("copilot");
        await Box(admin, "Roles", "qa").CheckAsync();
        await Box(admin, "Roles", "devops").CheckAsync();
        await admin.Sends("Count the people");
        await Expect(Said(admin)).ToContainTextAsync("For role devops or qa: ");
        await Expect(Box(admin, "Roles", "qa")).ToBeCheckedAsync();
        await Expect(Box(admin, "Roles", "developer")).Not.ToBeCheckedAsync();
        await Expect(admin.Form.Locator("[name='--tool']")).ToHaveValueAsync("copilot");
        await admin.Form.Locator("[name='--start']").FillAsync("in 3 days");
        await admin.Sends("Create");

        await admin.Box.FillAsync("/nudge campaign edit autumn");
        await admin.Presses("Send", admin.Page.Locator(".write"));
        await Expect(Box(admin, "Roles", "devops")).ToBeCheckedAsync();
        await Box(admin, "Roles", "qa").UncheckAsync();
        await Box(admin, "Roles", "devops").UncheckAsync();
        await admin.Sends("Save");
        await Expect(admin.LastMessage).ToContainTextAsync("--roles all --teams all --locations all");
        await Expect(admin.Message("For everyone: 40 people today")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_form_that_takes_a_file_says_what_is_wrong_with_it_and_takes_it_when_it_is_right()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var admin = await playground.VisitAsync("Rhiannon Pugh");
        await admin.Says("/nudge people import");

        await admin.Sends("Import");
        await Expect(admin.Form.Locator("#field-CSV-error")).ToHaveTextAsync("This is needed.");
        await Chooses(admin, [0xff, 0xfe, 0, 1]);
        await admin.Sends("Import");
        await Expect(admin.Form.Locator("#field-CSV-error")).ToContainTextAsync("The file is not UTF-8 text.");
        await Expect(File(admin)).ToHaveValueAsync("", new() { Timeout = 5000 });
        await Chooses(admin, new byte[2 * 1024 * 1024]);
        await admin.Sends("Import");
        await Expect(admin.Form.Locator("#field-CSV-error")).ToContainTextAsync("larger than 1 MB");
        await Chooses(admin, Encoding.UTF8.GetBytes("email,name,role,time_zone\nzoe@example.com,Zoë,qa,Europe/Berlin\n"));
        await admin.Sends("Import");

        await Expect(admin.Form).ToHaveCountAsync(0);
        await Expect(admin.Message("1 added, 0 changed")).ToHaveCountAsync(1);
        (await playground.AskAsync<string>("select name from persons where email = 'zoe@example.com'")).ShouldBe(["Zoë"]);
    }

    [Fact]
    public async Task A_file_comes_with_a_message()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var admin = await playground.VisitAsync("Rhiannon Pugh");
        var attach = admin.Page.Locator(".attach input");

        await attach.SetInputFilesAsync(new FilePayload { Name = "roster.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("email,name,role,time_zone\nzoe@example.com,Zoë,qa,Europe/Berlin\n") });
        await Expect(admin.Page.Locator(".attach output")).ToHaveTextAsync("roster.csv");
        await admin.Says("/nudge people import");

        await Expect(admin.Message("1 added, 0 changed")).ToHaveCountAsync(1);
        await Expect(admin.Message("roster.csv")).ToHaveCountAsync(1);
        await Expect(admin.Page.Locator(".attach output")).ToHaveTextAsync("");
        (await playground.AskAsync<string>("select name from persons where email = 'zoe@example.com'")).ShouldBe(["Zoë"]);
    }

    static ILocator Said(Visitor visitor) => visitor.Form.Locator("#form-look");

    static ILocator Box(Visitor visitor, string list, string option) =>
        visitor.Form.GetByRole(AriaRole.Group, new() { Name = list }).GetByLabel(option, new() { Exact = true });

    static ILocator File(Visitor visitor) => visitor.Form.Locator("[type=file]");

    static Task Chooses(Visitor visitor, byte[] content) => File(visitor).SetInputFilesAsync(new FilePayload { Name = "roster.csv", MimeType = "text/csv", Buffer = content });
}
