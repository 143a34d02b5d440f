using System.Net;

namespace NudgeBot.Web.Playground;

/// <summary>
/// The playground asks nobody who they are, so only its own page may read or change something: any page on the web can make a browser ask
/// this machine, under a name of its own that leads here or by a form, and only the headers say so.
/// </summary>
static class OwnPages
{
    const string Policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    public static void UseOwnPagesOnly(this WebApplication app) => app.Use((http, next) =>
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (!IsHere(http.Request.Host.Host) || !(IsReading(http.Request) || ComesFromHere(http.Request)))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return http.Response.WriteAsync("Only the playground's own page may do that.");
        }
        return next(http);
    });

    static bool IsHere(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    static bool IsReading(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    /// <summary>A browser sends one of the two headers with every form; a program that sends neither is no page of somebody else's.</summary>
    static bool ComesFromHere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is [{ } site] ? site is "same-origin"
        : request.Headers.Origin is not [{ } origin] || origin == $"{request.Scheme}://{request.Host}";
}
