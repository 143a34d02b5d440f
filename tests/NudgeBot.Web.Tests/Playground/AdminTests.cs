using System.Text.RegularExpressions;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Governance;
using static Microsoft.Playwright.Assertions;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>What an administrator asks and orders in chat, and what others may not.</summary>
public sealed class AdminTests
{
    [Fact]
    public async Task Retention_and_the_campaign_are_shown()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var admin = await playground.VisitAsync("Rhiannon Pugh");

        await admin.Says("/nudge retention --campaign first-60-days");
        await Expect(admin.LastMessage).ToContainTextAsync("Retention, week by week after day 0");
        await Expect(admin.LastMessage).ToContainTextAsync("80 %");

        await admin.Says("/nudge campaign show first-60-days");
        await Expect(admin.LastMessage).ToContainTextAsync("day-0-welcome");
        await Expect(admin.LastMessage).ToContainTextAsync("day-60-milestone");
    }

    [Fact]
    public async Task While_everything_is_paused_nothing_is_sent()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var admin = await playground.VisitAsync("Rhiannon Pugh");

        await admin.Says("/nudge pause all");
        await Expect(admin.LastMessage).ToContainTextAsync("Everything is paused: nothing more goes out.");
        await Expect(admin.Engine).ToContainTextAsync("paused");
        await admin.Leaps("Next working day");
        await Expect(admin.Happened).Not.ToContainTextAsync("sent");
        await Expect(admin.Page.Locator(".unread")).ToHaveCountAsync(0);

        await admin.Says("/nudge resume all");
        await Expect(admin.LastMessage).ToContainTextAsync("Messages go on.");
        await Expect(admin.Page.Locator(".unread")).Not.ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Somebody_else_is_told_kindly_whose_command_it_is()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");

        await mia.Says("/nudge pause all");

        await Expect(mia.LastMessage).ToContainTextAsync("/nudge pause all is for administrators.");
        await Expect(mia.LastMessage).ToContainTextAsync("snooze");
        await Expect(mia.Engine).Not.ToContainTextAsync("paused");
    }

    [Fact]
    public async Task An_administrator_makes_previews_forecasts_and_ends_a_campaign_by_chat_alone()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var desk = playground.World.Product.Desk;
        var organization = (await playground.AskAsync<int>("select id from organizations")).Single();
        var mia = await playground.VisitAsync("Mia Brandt");

        var code = PlainText.Of(await desk.AnswerAsync(Asker.Operator(organization), new GovernanceRequest.AdminCode(), TestContext.Current.CancellationToken));
        await mia.Says($"/nudge admin claim {Regex.Match(code, "[A-Z0-9]{5}-[A-Z0-9]{5}").Value}");
        await Expect(mia.LastMessage).ToContainTextAsync("administrator");

        await mia.Says("/nudge campaign create");
        await Expect(mia.Form).ToContainTextAsync("New campaign");
        await FillsAsync(mia, ("NEW-KEY", "autumn"), ("--tool", "copilot"), ("--start", "some day"), ("--owner", "nobody@example.com"));
        await PictureAsync(mia, "campaign-form.png");
        await mia.Sends("Create");
        await Expect(mia.Form.Locator("#field---start-error")).ToContainTextAsync("takes a date");
        await FillsAsync(mia, ("--start", "in 3 days"));
        await mia.Sends("Create");
        await Expect(mia.Form.Locator("#field---owner-error")).ToContainTextAsync("There is nobody with the e-mail");
        await FillsAsync(mia, ("--owner", (await playground.PersonAsync("Mia Brandt")).Email));
        await mia.Sends("Create");
        await Expect(mia.Form).ToHaveCountAsync(0);
        await Expect(mia.LastMessage).ToContainTextAsync("/nudge campaign create autumn --tool copilot");
        await Expect(mia.LastMessage).Not.ToContainTextAsync("--template", new() { Timeout = 1 });

        await mia.Says("/nudge campaign preview autumn day-0-welcome --role qa");
        await PictureAsync(mia, "campaign-preview.png");
        await mia.Says("/nudge campaign forecast autumn");
        await playground.World.Product.ForecastRuns.RunAsync(organization, TestContext.Current.CancellationToken);
        await mia.Presses("How far is it?");
        await Expect(mia.LastMessage).ToContainTextAsync("autumn");
        await PictureAsync(mia, "campaign-forecast.png");

        await mia.Says("/nudge campaign pause autumn");
        await Expect(mia.LastMessage).ToContainTextAsync("is paused");
        await mia.Says("/nudge campaign resume autumn");
        await Expect(mia.LastMessage).ToContainTextAsync("goes on");
        await mia.Says("/nudge owner set autumn @Jonas Wiegand");
        await Expect(mia.LastMessage).ToContainTextAsync("jonas");
        await mia.Says("/nudge campaign end autumn");
        await Expect(mia.LastMessage).ToContainTextAsync("has ended");
        await mia.Says("/nudge audit --campaign autumn");
        foreach (var action in new[] { "campaign.create", "campaign.pause", "campaign.resume", "owner.set", "campaign.end" }) await Expect(mia.LastMessage).ToContainTextAsync(action);
        await PictureAsync(mia, "audit.png");
    }

    [Fact]
    public async Task What_a_form_does_not_have_to_be_told_is_left_open()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var admin = await playground.VisitAsync("Rhiannon Pugh");
        var before = (await playground.AskAsync<long>("select count(*) from persons where left_on is not null")).Single();

        await admin.Says("/nudge people import");
        await Expect(admin.Form.Locator("[name='--complete']")).ToHaveValueAsync("");
        await FillsAsync(admin, ("CSV", "email,name,role,time_zone\nzoe@example.com,Zoe,qa,Europe/Berlin"));
        await admin.Sends("Import");

        await Expect(admin.Message("1 added, 0 changed")).ToHaveCountAsync(1);
        (await playground.AskAsync<long>("select count(*) from persons where left_on is not null")).Single().ShouldBe(before);
    }

    static async Task FillsAsync(Visitor visitor, params (string Field, string Value)[] values)
    {
        foreach (var (field, value) in values) await visitor.Form.Locator($"[name='{field}']").FillAsync(value);
    }

    static async Task PictureAsync(Visitor visitor, string file)
    {
        if (Environment.GetEnvironmentVariable(TourWalk.PicturesVariable) is not { Length: > 0 } folder) return;
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, file), Animations = Microsoft.Playwright.ScreenshotAnimations.Disabled });
    }

    [Fact]
    public async Task A_team_tells_in_its_channel_what_worked()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        await mia.Opens("#Bookings");

        await mia.Presses("Add a line");
        await mia.Sends();
        await Expect(mia.Error("What worked?")).ToHaveTextAsync("Write at least one of the two.");
        await mia.Fills(("What did not?", "The whole service at once"));
        await mia.Sends();

        await Expect(mia.LastMessage).ToContainTextAsync("Thank you, your line is in.");
        await Expect(mia.LastMessage).ToContainTextAsync("Only visible to you");
    }
}
