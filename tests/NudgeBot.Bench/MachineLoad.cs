using System.Globalization;

namespace NudgeBot.Bench;

/// <summary>How busy all cores were since it was made, whoever kept them busy. Known on Linux.</summary>
sealed class MachineLoad
{
    const string Place = "/proc/stat";
    const int Idle = 3, WaitingForDisk = 4, Counted = 8;

    readonly (double Busy, double All)? from = Read();

    /// <returns>Of 1; null where it is not known.</returns>
    public double? Share => from is var (busy, all) && Read() is var (busyNow, allNow) && allNow > all ? (busyNow - busy) / (allNow - all) : null;

    static (double Busy, double All)? Read()
    {
        if (!File.Exists(Place)) return null;
        var ticks = File.ReadLines(Place).First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(Counted)
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToList();
        return (ticks.Sum() - ticks[Idle] - ticks[WaitingForDisk], ticks.Sum());
    }
}
