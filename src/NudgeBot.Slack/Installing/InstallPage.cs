using System.Net;
using Microsoft.AspNetCore.Http;

namespace NudgeBot.Slack.Installing;

/// <summary>What somebody who installs the app gets to see: a heading and a few sentences, and nothing that a browser would load.</summary>
static class InstallPage
{
    public static IResult Show(HttpContext http, int status, string heading, params string[] sentences)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        // The address of this page holds Slack's code.
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        var text = string.Concat(sentences.Select(sentence => $"<p>{WebUtility.HtmlEncode(sentence)}</p>\n"));
        return Results.Content($$"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>NudgeBot</title>
            <style>body { font: 1.1em/1.5 system-ui, sans-serif; max-width: 36em; margin: 4em auto; padding: 0 1em }</style>
            <h1>{{WebUtility.HtmlEncode(heading)}}</h1>
            {{text}}</html>
            """, "text/html; charset=utf-8", statusCode: status);
    }
}
