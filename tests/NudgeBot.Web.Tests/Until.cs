using System.Diagnostics;

namespace NudgeBot.Web.Tests;

/// <summary>Waits for what another process does: asks again and again, and gives up with a reason.</summary>
static class Until
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

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
