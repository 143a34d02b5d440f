namespace NudgeBot.Tests.Simulation.Reference;

/// <summary>Weekly retention with Wilson's interval, small groups hidden: docs/measurement.md.</summary>
static class ReferenceRetention
{
    const double Z = 1.959963984540054;
    const int Smallest = 5;

    public static IEnumerable<string> Rows(ReferenceInput input, IReadOnlyList<ReferenceEnrollment> enrollments, DateOnly lastDate)
    {
        var withDayZero = enrollments.Where(e => !e.IsWaiting).ToList();
        (string Name, Func<ReferenceEnrollment, string?> ValueOf)[] groups =
        [
            ("all", _ => "all"),
            ("role", e => e.Person.Role),
            ("team", e => e.Person.Team),
            ("location", e => e.Person.Location),
            ("entry", e => e.Entry is { } entry ? Words.Of(entry) : null),
            ("arm", e => Words.Of(e.Arm)),
        ];
        foreach (var (name, valueOf) in groups)
        {
            var values = withDayZero.Select(valueOf).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
            var cells = new Dictionary<(string Value, int Week), string>();
            for (var week = 1; week <= input.Days / 7; week++)
            {
                var atRisk = withDayZero.Where(e => IsAtRisk(e, week, lastDate)).ToList();
                var counts = values.ConvertAll(value => atRisk.Count(e => valueOf(e) == value));
                var shown = Shown(counts);
                for (var i = 0; i < values.Count; i++)
                {
                    var active = atRisk.Count(e => valueOf(e) == values[i] && IsActive(e, week, input));
                    cells[(values[i], week)] = shown[i] ? Figures(counts[i], active) : ",,,,";
                }
            }
            foreach (var value in values)
                for (var week = 1; week <= input.Days / 7; week++)
                    yield return $"{Csv.Line(name, value, $"{week}")},{cells[(value, week)]}";
        }
    }

    static bool IsAtRisk(ReferenceEnrollment enrollment, int week, DateOnly lastDate)
    {
        var weekEnd = enrollment.DayZero.AddDays(7 * week);
        return weekEnd <= lastDate && !enrollment.HasLeftBy(weekEnd);
    }

    static bool IsActive(ReferenceEnrollment enrollment, int week, ReferenceInput input)
    {
        var use = input.Usage is null ? enrollment.SelfReports : enrollment.Telemetry ?? [];
        return use.Any(date => date > enrollment.DayZero.AddDays(7 * (week - 1)) && date <= enrollment.DayZero.AddDays(7 * week));
    }

    /// <summary>One grouping in one week, in the order of its values. The total, a grouping with one value, follows from the same rule.</summary>
    static bool[] Shown(List<int> atRisk)
    {
        var shown = atRisk.Select(count => count >= Smallest).ToArray();
        while (true)
        {
            var hidden = atRisk.Where((_, i) => !shown[i]).Sum();
            var next = -1;
            for (var i = 0; i < shown.Length; i++)
                if (shown[i] && (next < 0 || atRisk[i] < atRisk[next])) next = i;
            if (hidden is 0 or >= Smallest || next < 0) return shown;
            shown[next] = false;
        }
    }

    static string Figures(int atRisk, int active)
    {
        double n = atRisk;
        var share = active / n;
        var middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
        var half = Z / (1 + Z * Z / n) * Math.Sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
        // The bounds of 0 and of n are exactly 0 and 1; rounding errors would print "-0.000000".
        var low = active == 0 ? 0 : middle - half;
        var high = active == atRisk ? 1 : middle + half;
        return $"{atRisk},{active},{share:F6},{low:F6},{high:F6}";
    }
}
