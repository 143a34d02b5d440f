using Microsoft.Playwright;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>Walks docs/tour.md, and takes its pictures if asked to (see docs/operations.md).</summary>
public sealed class TourTests
{
    [Fact]
    public async Task Whoever_follows_the_tour_sees_what_it_says()
    {
        var text = TourText.Read();
        await using var playground = await OpenPlayground.StartAsync();
        var page = await Chromium.OpenAsync(playground.Url);
        var walk = new TourWalk(page, text);

        await OpeningAsync(walk);
        await DeveloperAsync(walk);
        await WhoStoppedAsync(walk);
        await ChampionAsync(walk);
        await AdminAsync(walk);
        await HoldoutAsync(walk);
        await RetentionAsync(walk);

        text.Left.ShouldBe(0, "the tour says more than was walked");
        await page.Context.CloseAsync();
    }

    static async Task OpeningAsync(TourWalk walk)
    {
        await walk.PictureAsync("tour-welcome.png");
        await walk.SeeAsync(walk.Bar, "Wed 23 Sep, 09:30");
        await walk.SeeAsync(walk.Bar, "Time stands still here until you move it.");
        await walk.SeeAsync(walk.Engine, "Do they stay?");
        await walk.SeeAsync(walk.Engine, "24 of 30");
    }

    static async Task DeveloperAsync(TourWalk walk)
    {
        await walk.FollowAsync("Be Mia");
        await walk.SeeAsync(walk.Messages, "Say stop at any time, and I stop.");
        await walk.SeeAsync(walk.Messages, "Noted: Writing tests.");
        await walk.SeeAsync(walk.Engine, "1 of 3 unanswered");
        await walk.SeeAsync(walk.Engine, "Day 3 · check-in");
        await walk.SeeAsync(walk.Step("Day 3 · check-in"), "would be sent");
        await walk.PressAsync("Go there", walk.Step("Day 3 · check-in"));

        await walk.SeeAsync(walk.Bar, "9 sent (7 day-10-re-engagement, 2 day-3-check-in), 8 skipped (7 condition-false, 1 opted-out)");
        await walk.SeeAsync(walk.Messages, "has GitHub Copilot been of any use to you yet?");
        await walk.PictureAsync("tour-check-in.png");
        await walk.PressAsync("Tried, not useful");
        await walk.SeeAsync(walk.Messages, "Your answer: Tried, not useful");
        await walk.SeeAsync(walk.Messages, "Here is a better one:");
        await walk.SeeAsync(walk.Messages, "And this is today's task:");
        await walk.SeeAsync(walk.Engine, "You answer for Mia.");
        await walk.PictureAsync("tour-better-prompt.png");

        await walk.SayAsync("/nudge snooze 7");
        await walk.SeeAsync(walk.Messages, "Quiet until 2026-10-01.");
        await walk.SeeAsync(walk.Engine, "Day 5 · guide");
        await walk.SeeAsync(walk.Step("Day 5 · guide"), "held: snoozed until 2026-10-01 09:00; would be sent");
        await walk.SayAsync("/nudge stop");
        await walk.SeeAsync(walk.Messages, "I have stopped.");
        await walk.SeeAsync(walk.Step("Day 5 · guide"), "would be skipped: opted-out");
        await walk.SayAsync("/nudge resume");
        await walk.SeeAsync(walk.Messages, "Welcome back. Messages go on.");
        await walk.PictureAsync("tour-phone.png", width: 390, height: 844);
    }

    static async Task WhoStoppedAsync(TourWalk walk)
    {
        await walk.BeAsync("Danielle Okafor");
        await walk.SeeAsync(walk.Engine, "Last use: Tuesday, 15 September, by telemetry.");
        await walk.SeeAsync(walk.Engine, "Day 10 · re-engagement");
        await walk.SeeAsync(walk.Step("Day 10 · re-engagement"), "only if no use on the 4 dates before");
        await walk.PressAsync("Go there", walk.Step("Day 10 · re-engagement"));
        await walk.SeeAsync(walk.Messages, "if you have five minutes today");
        await walk.PictureAsync("tour-re-engagement.png");
        await walk.PressAsync("Tell me why not");
        await walk.FillAsync("What keeps you from it?", "Most of my week is calls with carriers.");
        await walk.PressAsync("Send", walk.Dialog);
        await walk.SeeAsync(walk.Messages, "Thank you. That is useful to know.");

        await walk.BeAsync("Callum Reddick");
        await walk.SeeAsync(walk.Engine, "Day 10 · re-engagement");
        await walk.SeeAsync(walk.Step("Day 10 · re-engagement"), "skipped: condition-false");
        await walk.SeeAsync(walk.Engine, "Last use: Tuesday, 22 September, by telemetry.");
        await walk.BeAsync("Marcus Feldstein");
        await walk.SeeAsync(walk.Engine, "snoozed until Tue 6 Oct");
        await walk.BeAsync("Lachlan Petrie");
        await walk.SeeAsync(walk.Step("Day 10 · re-engagement"), "skipped: opted-out");
    }

    static async Task ChampionAsync(TourWalk walk)
    {
        await walk.BeAsync("Oluwaseun Bankole");
        await walk.OpenAsync("#wins");
        var win = walk.Message("A win by Rebecca Lindqvist");
        await walk.PressAsync("Kudos 3", win);
        await walk.SeeAsync(win, "Kudos 4");
        await walk.PressAsync("Try this prompt", win);
        await walk.SeeAsync(walk.Messages, "Paste it into GitHub Copilot, and change what is yours:");
        await walk.SayAsync("/nudge win");
        await walk.FillAsync("What went well?", "Release notes from ticket titles in ten minutes. Two lines were wrong, and easy to spot.");
        await walk.PressAsync("Send", walk.Dialog);
        await walk.PressAsync("+ 1 hour");
        await walk.SeeAsync(walk.Messages, "Release notes from ticket titles in ten minutes.");
        await walk.PictureAsync("tour-wins.png", ColorScheme.Dark);
        await walk.OpenAsync("#Bookings");
        await walk.SeeAsync(walk.Messages, "what worked with GitHub Copilot, and what did not?");
        await walk.SeeAsync(walk.Messages, "What Bookings wrote about GitHub Copilot");
        await walk.PictureAsync("tour-team.png");
    }

    static async Task AdminAsync(TourWalk walk)
    {
        await walk.BeAsync("Rhiannon Pugh");
        await walk.SayAsync("/nudge campaign show first-60-days");
        await walk.SeeAsync(walk.Messages, "3 10:00 day-3-check-in 35");
        await walk.SayAsync("/nudge pause all");
        await walk.SeeAsync(walk.Messages, "Everything is paused: nothing more goes out.");
        await walk.PressAsync("Next working day");
        await walk.SeeAsync(walk.Bar, "1 skipped (1 condition-false)");
        await walk.BeAsync("Kevin Tashima");
        await walk.SeeAsync(walk.Engine, "Day 10 · re-engagement");
        await walk.SeeAsync(walk.Step("Day 10 · re-engagement"), "held: paused until 2026-09-29 17:00; would be skipped: paused");
        await walk.BeAsync("Rhiannon Pugh");
        await walk.SayAsync("/nudge resume all");
        await walk.SeeAsync(walk.Messages, "Messages go on.");
        await walk.PressAsync("Next message");
        await walk.SeeAsync(walk.Bar, "3 sent (3 day-10-re-engagement)");
        await walk.PictureAsync("tour-admin.png");
    }

    static async Task HoldoutAsync(TourWalk walk)
    {
        await walk.BeAsync("Annika Lorenz");
        await walk.SeeAsync(walk.Engine, "in the holdout: measured, and sent nothing");
        await walk.SeeAsync(walk.Messages, "NudgeBot has not written to Annika Lorenz yet.");
        await walk.BeAsync("Rhiannon Pugh");
        await walk.SayAsync("/nudge retention --campaign first-60-days --by arm");
        var answer = walk.Message("Arm, share in week");
        await walk.SeeAsync(answer, "holdout");
        await walk.SeeAsync(answer, "nudged");
        (await answer.InnerTextAsync()).ShouldMatch(@"holdout +- +-[\s\S]*nudged +- +-");
    }

    static async Task RetentionAsync(TourWalk walk)
    {
        await walk.PressAsync("Figures");
        await walk.PressAsync("+ 1 week");
        await walk.SeeAsync(walk.Engine, "12 of 30");
        foreach (var name in (string[])["Danielle Okafor", "Haruka Minegishi", "Talia Kepa", "Minh Anh Phạm", "Beatriz Sanfelice"])
        {
            await walk.BeAsync(name);
            await walk.PressAsync("Daily");
        }
        await walk.PressAsync("+ 1 week");
        await walk.SeeAsync(walk.Engine, "11 of 30");
        await walk.SeeAsync(walk.Engine, "22 % to 54 %");
        await walk.PictureAsync("tour-retention.png");
    }
}
