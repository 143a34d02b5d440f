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
        await Expect(admin.LastMessage.Locator("li")).ToHaveCountAsync(11);
        await Expect(admin.LastMessage).ToContainTextAsync("day 0, 10:00: day-0-welcome");
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
