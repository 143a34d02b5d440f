using System.Diagnostics;

namespace NudgeBot.Teams.Tests.AgentsPlayground;

/// <summary>What comes to pass by itself: asked again and again, and given up with a reason.</summary>
static class Soon
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what, Func<string>? explain = null)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > Deadline) throw new TimeoutException($"Waited {Deadline.TotalSeconds} seconds in vain until {what}.\n{explain?.Invoke()}");
            await Task.Delay(Pause, WireClock.System, TestContext.Current.CancellationToken);
        }
    }
}
