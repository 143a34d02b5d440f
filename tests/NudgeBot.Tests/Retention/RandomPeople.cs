using NodaTime;

namespace NudgeBot.Tests.Retention;

/// <summary>
/// Invented people: some without login, some who left, some waiting, in groups from large to tiny, with day 0 over eighteen weeks and use from
/// before the bitmaps begin to after they end.
/// </summary>
static class RandomPeople
{
    public static readonly LocalDate Start = new(2026, 1, 5);

    public static IReadOnlyList<MeasuredPerson> Of(int seed, int count = 160)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => Person(random, i))];
    }

    static MeasuredPerson Person(Random random, int number)
    {
        var dayZero = random.Next(12) == 0 ? (LocalDate?)null : Start.PlusDays(random.Next(5) == 0 ? random.Next(0, 126) : random.Next(0, 3) * 7);
        var from = (dayZero ?? Start).PlusDays(-80);
        var telemetry = random.Next(6) == 0 ? [] : Dates(random, from);
        return new MeasuredPerson($"p{number:000}@example.com")
        {
            Role = Pick(random, "developer", "tester", "analyst", ""),
            Team = Pick(random, "Alpha", "Beta", "Gamma", "Delta", "Epsilon", "beta", "Örtlich", "Zulu, \"the\" best"),
            Location = Pick(random, "Berlin", "Paris", ""),
            Login = telemetry.Count == 0 ? null : $"octo-{number}",
            DayZero = dayZero,
            LeftOn = random.Next(6) == 0 ? (dayZero ?? Start).PlusDays(random.Next(1, 130)) : null,
            Arm = random.Next(10) == 0 ? "holdout" : "nudged",
            Entry = random.Next(15) == 0 ? null : Pick(random, "new", "lapsed", "active"),
            IsDone = random.Next(3) == 0,
            Telemetry = telemetry,
            SelfReports = random.Next(3) == 0 ? [] : Dates(random, from),
            Sessions = telemetry.Where(_ => random.Next(3) > 0).ToDictionary(day => day, _ => random.Next(1, 9)),
            Nudges = dayZero is { } zero ? [.. Nudges(random, zero)] : [],
        };
    }

    static HashSet<LocalDate> Dates(Random random, LocalDate from)
    {
        var density = random.Next(1, 25);
        var until = random.Next(90, 230);
        return [.. Enumerable.Range(0, until).Where(_ => random.Next(density) == 0).Select(from.PlusDays)];
    }

    static IEnumerable<MeasuredNudge> Nudges(Random random, LocalDate dayZero)
    {
        foreach (var (step, day) in new[] { ("day-0", 0), ("day-3", 3), ("day-10", 10), ("day-62", 62), ("day-122", 122) })
        {
            if (random.Next(8) == 0) continue;
            yield return new MeasuredNudge(step, dayZero.PlusDays(day + random.Next(0, 5)), Pick(random, "sent", "sent", "sent", "unknown", "pending"));
        }
    }

    /// <summary>The first most often, the last least.</summary>
    static string Pick(Random random, params string[] words) => words[Math.Min(random.Next(words.Length), random.Next(words.Length))];
}
