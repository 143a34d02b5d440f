using System.Diagnostics;

namespace NudgeBot.Bench;

static class Stopwatches
{
    public static async Task<double> SecondsAsync(Func<Task> work)
    {
        var from = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(from).TotalSeconds;
    }

    /// <summary>
    /// Medians of two kinds of work that are done in turn, so that whatever else the machine does meets both alike. The first tenth warms
    /// up and is not counted.
    /// </summary>
    public static async Task<(double First, double Second)> MediansAsync(int runs, Func<Task> first, Func<Task> second)
    {
        var (firsts, seconds) = (new List<double>(runs), new List<double>(runs));
        for (var run = -(runs + 9) / 10; run < runs; run++)
        {
            var (one, other) = (await SecondsAsync(first), await SecondsAsync(second));
            if (run < 0) continue;
            firsts.Add(one);
            seconds.Add(other);
        }
        return (Median(firsts), Median(seconds));
    }

    static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);
}
