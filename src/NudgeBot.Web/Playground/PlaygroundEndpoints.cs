using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime.Text;
using NudgeBot.Chat;
using NudgeBot.Web.Playground.Pages;

namespace NudgeBot.Web.Playground;

/// <summary>What can be done on the page. Each is a form of its own and leads back to the page, so it works without a script too.</summary>
static class PlaygroundEndpoints
{
    const string ThemeCookie = "nudgebot-theme";

    public static void MapPlayground(this WebApplication app)
    {
        app.MapGet("/", ShowAsync);
        app.MapGet("/changes", ChangesAsync);
        app.MapGet("/complete", CompleteAsync);
        app.MapPost("/press", PressAsync);
        app.MapPost("/write", WriteAsync);
        app.MapPost("/submit", SubmitAsync);
        app.MapPost("/look", LookAsync);
        app.MapPost("/cancel", CancelAsync);
        app.MapPost("/use", UseAsync);
        app.MapPost("/hand-back", HandBackAsync);
        app.MapPost("/clock", ClockAsync);
        app.MapPost("/theme", ThemeAsync);
    }

    static async Task<RazorComponentResult> ShowAsync(HttpContext http, PlaygroundWorld world, PlaygroundVisit visit, TimeMachine time, CancellationToken stop)
    {
        var page = await PlaygroundPage.ReadAsync(world, visit, time, Here.From(http.Request.Query), stop);
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<PlaygroundDocument>(new { Page = page, Theme = http.Request.Cookies[ThemeCookie] });
    }

    /// <summary>The number of the last change, at once and at every further one, for as long as the page is open.</summary>
    static async Task ChangesAsync(HttpContext http, PlaygroundWorld world, IHostApplicationLifetime life)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            while (true)
            {
                var next = world.Changes.Next;
                await http.Response.WriteAsync($"data: {world.Changes.Count}\n\n", end.Token);
                await http.Response.Body.FlushAsync(end.Token);
                await next.WaitAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page was closed, or the program ends.
        }
    }

    static async Task<IResult> CompleteAsync(HttpContext http, string line, PlaygroundVisit visit, CancellationToken stop)
    {
        if (await visit.PersonAsync(Here.From(http.Request.Query), stop) is not { } person) return Results.NotFound();
        return Results.Json(await visit.CompleteAsync(person, line, stop));
    }

    static Task<IResult> PressAsync(HttpContext http, PlaygroundVisit visit, CancellationToken stop) => ActAsync(http, visit, async (here, person, form) =>
    {
        if (!long.TryParse(form["message"], NumberStyles.None, CultureInfo.InvariantCulture, out var message)) return false;
        return await visit.PressAsync(person, message, form["action"].ToString(), form["payload"].ToString(), form["chosen"] is [{ } chosen] ? chosen : null, stop);
    });

    static Task<IResult> WriteAsync(HttpContext http, PlaygroundVisit visit, CancellationToken stop) => ActAsync(http, visit, async (here, person, form) =>
    {
        if (form["text"].ToString().Trim() is { Length: > 0 } text) await visit.WriteAsync(person, here.Channel, text, await PostedForm.FileAsync(form, PostedForm.Attached, stop), stop);
        return true;
    });

    static Task<IResult> SubmitAsync(HttpContext http, PlaygroundVisit visit, CancellationToken stop) => ActAsync(http, visit, async (here, person, form) =>
    {
        await visit.SubmitAsync(person, PostedForm.Values(form), await PostedForm.FilesAsync(form, stop), stop);
        return true;
    });

    static Task<IResult> LookAsync(HttpContext http, PlaygroundVisit visit, CancellationToken stop) => ActAsync(http, visit, async (here, person, form) =>
    {
        await visit.LookAsync(person, PostedForm.Values(form), stop);
        return true;
    });

    static Task<IResult> CancelAsync(HttpContext http, PlaygroundVisit visit, CancellationToken stop) => ActAsync(http, visit, (here, person, form) =>
    {
        visit.Cancel(person);
        return Task.FromResult(true);
    });

    static Task<IResult> UseAsync(HttpContext http, PlaygroundVisit visit, CancellationToken stop) => ActAsync(http, visit, async (here, person, form) =>
    {
        if (!Words.TryParse<Use>(form["use"], out var use)) return false;
        await visit.UseAsync(person, use, stop);
        return true;
    });

    static Task<IResult> HandBackAsync(HttpContext http, PlaygroundVisit visit, CancellationToken stop) => ActAsync(http, visit, async (here, person, form) =>
    {
        await visit.HandBackAsync(person, stop);
        return true;
    });

    static async Task<IResult> ClockAsync(HttpContext http, PlaygroundVisit visit, TimeMachine time, CancellationToken stop)
    {
        var here = Here.From(http.Request.Query);
        if (await PostedForm.ReadAsync(http.Request, stop) is not { } form) return Unreadable();
        if (Words.TryParse<Leap>(form["leap"], out var leap))
        {
            var person = await visit.WhoseDayAsync(here, stop);
            await time.LeapAsync(leap, person.TimeZone, person.Country, stop);
        }
        else if (InstantPattern.ExtendedIso.Parse(form["to"].ToString()) is not { Success: true } moment)
            return Results.BadRequest("Say how far: leap=hour, working-day, week or message, or to=an instant such as 2026-09-24T08:00:00Z.");
        else if (!await time.ToAsync(moment.Value, stop)) return Results.BadRequest($"That is too far: the clock moves by at most {TimeMachine.Farthest.Days} days at once.");
        return Back(here);
    }

    /// <summary>
    /// From what the system wants to the opposite, which only the browser knows: its script says with the form what is wanted. Without
    /// one it goes by what was chosen before.
    /// </summary>
    static async Task<IResult> ThemeAsync(HttpContext http, CancellationToken stop)
    {
        if (await PostedForm.ReadAsync(http.Request, stop) is not { } form) return Unreadable();
        var wanted = form["theme"] is [{ } named] ? named : http.Request.Cookies[ThemeCookie] == "dark" ? "light" : "dark";
        http.Response.Cookies.Append(ThemeCookie, wanted == "light" ? "light" : "dark", new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Strict });
        return Back(Here.From(http.Request.Query));
    }

    static async Task<IResult> ActAsync(
        HttpContext http, PlaygroundVisit visit, Func<Here, PlaygroundPerson, IFormCollection, Task<bool>> act)
    {
        var here = Here.From(http.Request.Query);
        if (await visit.PersonAsync(here, http.RequestAborted) is not { } person) return Results.NotFound("There is nobody of that number.");
        if (await PostedForm.ReadAsync(http.Request, http.RequestAborted) is not { } form) return Unreadable();
        return await act(here, person, form) ? Back(here) : Results.BadRequest("The page is out of date; load it again.");
    }

    static IResult Unreadable() => Results.BadRequest("That is not what the page sends: a form, with texts of at most a few thousand characters, and files of at most 1 MB.");

    /// <summary>What was drafted has been said.</summary>
    static IResult Back(Here here) => Results.LocalRedirect((here with { Draft = null }).Page);
}
