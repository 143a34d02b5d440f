using System.Globalization;

namespace NudgeBot.Bench;

/// <summary>How much of all cores this program (with what it plays against) and its PostgreSQL took since it was made. Known on Linux.</summary>
sealed class CpuShare(int postmaster)
{
    const double TicksPerSecond = 100;

    readonly long since = WireClock.System.GetTimestamp();
    readonly double from = Seconds(postmaster);

    /// <returns>Of 1; null where it is not known.</returns>
    public double? Now => OperatingSystem.IsLinux()
        ? (Seconds(postmaster) - from) / WireClock.System.GetElapsedTime(since).TotalSeconds / Environment.ProcessorCount
        : null;

    static double Seconds(int postmaster) => OperatingSystem.IsLinux() ? Environment.CpuUsage.TotalTime.TotalSeconds + Directory.EnumerateDirectories("/proc").Sum(folder => Seconds(folder, postmaster)) : 0;

    /// <summary>The processes of a server are its postmaster's children; what those that ended took is in the postmaster's own count.</summary>
    static double Seconds(string process, int postmaster)
    {
        const int Parent = 1, User = 11, System = 12, ChildrensUser = 13, ChildrensSystem = 14;
        try
        {
            var id = Path.GetFileName(process);
            if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return 0;
            // Behind the name, which may hold anything.
            var stat = File.ReadAllText(Path.Combine(process, "stat")).Split(") ")[^1].Split(' ');
            if (number != postmaster && stat[Parent] != postmaster.ToString(CultureInfo.InvariantCulture)) return 0;
            int[] fields = number == postmaster ? [User, System, ChildrensUser, ChildrensSystem] : [User, System];
            return fields.Sum(field => double.Parse(stat[field], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return 0;
        }
    }
}
