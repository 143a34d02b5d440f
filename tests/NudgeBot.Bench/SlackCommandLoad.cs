using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using NudgeBot.Slack;
using NudgeBot.Slack.Inbound;

namespace NudgeBot.Bench;

/// <param name="P50">In milliseconds.</param>
/// <param name="P99">In milliseconds.</param>
sealed record Load(double PerSecond, double P50, double P99);

/// <summary>The endpoints of Slack on a port of their own, and those who call them: each connection sends its next command when the last is acknowledged.</summary>
sealed class SlackCommandLoad : IAsyncDisposable
{
    public const string Secret = "signing secret";

    static int count;
    readonly WebApplication app;

    SlackCommandLoad(WebApplication app) => this.app = app;

    public static async Task<SlackCommandLoad> StartAsync(SlackSettings settings, Func<SlackDelivery, CancellationToken, Task<SlackAck>> receive)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var load = new SlackCommandLoad(builder.Build());
        SlackEndpoints.Map(load.app, settings, receive);
        await load.app.StartAsync();
        return load;
    }

    public async Task<Load> RunAsync(int connections, TimeSpan warmUp, TimeSpan measured, CancellationToken cancellation)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = connections };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(app.Urls.Single()) };
        await SendAllAsync(http, connections, warmUp, cancellation);
        var from = Stopwatch.GetTimestamp();
        var took = await SendAllAsync(http, connections, measured, cancellation);
        var seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
        took.Sort();
        return new Load(took.Count / seconds, took[took.Count / 2], took[took.Count * 99 / 100]);
    }

    /// <returns>Milliseconds of each.</returns>
    static async Task<List<double>> SendAllAsync(HttpClient http, int connections, TimeSpan during, CancellationToken cancellation)
    {
        var from = Stopwatch.GetTimestamp();
        var each = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            var took = new List<double>();
            while (Stopwatch.GetElapsedTime(from) < during)
            {
                using var command = NextCommand();
                var begun = Stopwatch.GetTimestamp();
                using var answer = await http.SendAsync(command, cancellation);
                took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                answer.EnsureSuccessStatusCode();
            }
            return took;
        }, cancellation)));
        return [.. each.SelectMany(took => took)];
    }

    static HttpRequestMessage NextCommand()
    {
        var number = Interlocked.Increment(ref count);
        var body = Encoding.UTF8.GetBytes(
            $"token=x&team_id=T1&team_domain=acme&channel_id=C1&channel_name=general&user_id=U{number % 5000}&user_name=ada&command=%2Fnudge&text=guide+tests"
            + $"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1%2F{number}%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id={number}.47445629121.803a0bc887a14d10d2c447fce8b6703c");
        var timestamp = WireClock.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, "/slack/commands") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        request.Headers.Add(SlackSignature.TimestampHeader, timestamp);
        request.Headers.Add(SlackSignature.Header, SlackSignature.Of(Secret, timestamp, body));
        return request;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
