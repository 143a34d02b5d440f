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
