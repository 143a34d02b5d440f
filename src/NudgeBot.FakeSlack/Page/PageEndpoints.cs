using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;
using NudgeBot.FakeSlack.Calling;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.Page;

/// <summary>
/// What a person sees of this Slack, at its address. Each thing that can be done is a form of its own and leads back to the page, so it works without a
/// script too. It asks nobody who they are: only its own page may read it or do something.
/// </summary>
static class PageEndpoints
{
    const string Policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    const char Between = ' ';

    /// <summary>What the page calls an element.</summary>
    public static string NameOf(string block, string action) => $"{block}{Between}{action}";

    public static void MapPage(this WebApplication app, FakeSlackServer server)
    {
        var visits = new Visits(server);
        app.UseWhen(http => http.Request.Path == "/" || http.Request.Path.StartsWithSegments("/page"), page => page.Use(GuardAsync));
        app.UseStaticFiles(new StaticFileOptions { RequestPath = "/page/assets", FileProvider = new EmbeddedFileProvider(typeof(PageEndpoints).Assembly, "page") });
        app.MapGet("/", (HttpContext http) => Show(http, server, visits));
        app.MapGet("/page/changes", (HttpContext http) => ChangesAsync(http, server));
        app.MapGet("/page/exchange/{number:long}", (long number) => server.Traffic.Last.FirstOrDefault(one => one.Number == number) is { } exchange
            ? Results.Text($"{exchange.What}\n\n{exchange.Sent}\n\n{exchange.Outcome}\n\n{exchange.Answer}") : Results.NotFound("That is too long ago."));

        void Post(string action, Func<Doing, Task> act) => app.MapPost($"/page/{action}", (Delegate)((HttpContext http) => ActAsync(http, server, act)));
        Post("say", doing => doing.Field("text") is { Length: > 0 } text ? visits.SayAsync(doing.User, doing.Channel, doing.Look.Thread, text) : Task.CompletedTask);
        Post("press", doing => doing.View is { } view ? visits.PressAsync(doing.User, view, doing.Element, doing.Values, [.. doing.Filled()])
            : doing.Message is { } message ? visits.PressAsync(doing.User, message, doing.Element, doing.Values) : Task.CompletedTask);
        Post("submit", doing => doing.View is { } view ? visits.SubmitAsync(doing.User, view, [.. doing.Filled()]) : Task.CompletedTask);
        Post("close", doing => doing.View is { } view ? visits.CloseAsync(doing.User, view) : Task.CompletedTask);
        Post("home", doing => visits.OpenHomeAsync(doing.User));
        Post("shortcut", doing => doing.Message is { } message ? visits.ShortcutAsync(doing.User, message, doing.Field("callback")) : Task.CompletedTask);
        app.MapPost("/page/host", (Delegate)((HttpContext http) => HostAsync(http, server, visits)));
    }

    static RazorComponentResult Show(HttpContext http, FakeSlackServer server, Visits visits)
    {
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<SlackPage>(new { Model = PageModel.Read(server, visits, Look.From(http.Request.Query)) });
    }

    /// <summary>The number of the last change, at once and at every further one.</summary>
    static async Task ChangesAsync(HttpContext http, FakeSlackServer server)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, server.Stopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            while (true)
            {
                var next = server.Changes.Next;
                await http.Response.WriteAsync($"data: {server.Changes.Count}\n\n", end.Token);
                await http.Response.Body.FlushAsync(end.Token);
                await next.WaitAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page was closed, or the server stops.
        }
    }

    static async Task<IResult> ActAsync(HttpContext http, FakeSlackServer server, Func<Doing, Task> act)
    {
        var look = Look.From(http.Request.Query);
        if (look.User is null || !server.World.Users.TryGetValue(look.User, out var user) || user.IsBot) return Results.NotFound("There is no such user.");
        if (!http.Request.HasFormContentType) return Results.BadRequest("A form is expected.");
        await act(new Doing(server, look, user, await http.Request.ReadFormAsync(http.RequestAborted)));
        return Results.LocalRedirect((look with { Thread = null }).Page);
    }

    static async Task<IResult> HostAsync(HttpContext http, FakeSlackServer server, Visits visits)
    {
        var look = Look.From(http.Request.Query);
        if (!http.Request.HasFormContentType) return Results.BadRequest("A form is expected.");
        var label = (await http.Request.ReadFormAsync(http.RequestAborted))["run"].ToString();
        if (server.Host.Actions.FirstOrDefault(one => one.Label == label) is not { } action) return Results.NotFound("There is no such action.");
        await visits.RunAsync(action, look.User is null ? null : server.World.Users.GetValueOrDefault(look.User), server.Stopping);
        return Results.LocalRedirect(look.Page);
    }

    /// <summary>Any page on the web can make a browser ask this machine, under a name of its own that leads here or by a form; only the headers say so.</summary>
    static Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        var request = http.Request;
        var isHere = request.Host.Host == "localhost" || IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);
        if (isHere && (HttpMethods.IsGet(request.Method) || ComesFromHere(request))) return next(http);
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return http.Response.WriteAsync("Only this Slack's own page may do that.");
    }

    static bool ComesFromHere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is [{ } site] ? site is "same-origin"
        : request.Headers.Origin is not [{ } origin] || origin == $"{request.Scheme}://{request.Host}";

    /// <summary>What was posted, and what of the world it names.</summary>
    sealed record Doing(FakeSlackServer Server, Look Look, User User, IFormCollection Form)
    {
        /// <summary>Browsers send line ends as two characters.</summary>
        public string Field(string name) => Form[name].ToString().ReplaceLineEndings("\n");

        public Channel? Channel => Look.Place is { } place && Server.World.Channels.TryGetValue(place, out var channel) && channel.Members.Contains(User.Id) ? channel : null;

        public Message? Message
        {
            get
            {
                lock (Server.World.Gate) return (Channel ?? Server.World.DirectChannel(User))?.Messages.Find(one => one.Ts == Field("ts") && one.IsSeenBy(User));
            }
        }

        public View? View
        {
            get
            {
                var id = Field("view");
                return Server.ModalOf(User) is { } modal && modal.Id == id ? modal : Server.HomeOf(User) is { } home && home.Id == id ? home : null;
            }
        }

        public ElementId Element => ReadElement(Field("element"));

        /// <summary>Of the element, wherever it stands: in a modal, it is one of its fields.</summary>
        public IReadOnlyList<string> Values => [.. (Form.ContainsKey(Field("element")) ? Form[Field("element")] : Form["value"]).OfType<string>().Where(value => value.Length > 0)];

        /// <summary>The fields of a modal.</summary>
        public IEnumerable<(ElementId, string)> Filled() =>
            from field in Form
            where field.Key.Contains(Between, StringComparison.Ordinal)
            from value in field.Value.Count == 0 ? new StringValues("") : field.Value
            select (ReadElement(field.Key), (value ?? "").ReplaceLineEndings("\n"));

        /// <summary>A block's id may hold a blank, an action's of this page's apps does not.</summary>
        static ElementId ReadElement(string name) => name.LastIndexOf(Between) is > 0 and var at ? new ElementId(name[(at + 1)..], name[..at]) : new ElementId(name);
    }
}
