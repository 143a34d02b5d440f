using NodaTime;
using NudgeBot.Calendars;
using NudgeBot.Campaigns;
using NudgeBot.Nudging;

namespace NudgeBot.Tests.Simulation.Reference;

public sealed partial record ReferenceInput
{
    /// <summary>Nasty but valid: the same seed and number give the same input.</summary>
    public static ReferenceInput Random(int seed, int people) => new RandomInput(seed).Make(people);
}

sealed class RandomInput(int seed)
{
    static readonly string[] Zones =
    [
        "Pacific/Auckland", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu", "Africa/Cairo", "Australia/Lord_Howe",
        "America/Sao_Paulo", "Asia/Jerusalem", "Asia/Dubai", "Etc/UTC", "America/New_York", "America/Los_Angeles", "Europe/London",
        "Europe/Berlin", "Europe/Kyiv", "Asia/Kolkata", "Asia/Tokyo", "Pacific/Chatham", "Pacific/Pago_Pago", "Pacific/Marquesas",
        "Africa/Casablanca", "America/Santiago", "America/Havana", "Asia/Beirut", "Atlantic/Azores", "Asia/Calcutta", "US/Eastern",
    ];

    static readonly string[] Countries = ["DE", "US", "NZ", "EG", "IL", "NP", "AE", "BR", "AU", "CA", "KI", "GB", "IN", "LB", "PT", "CU"];

    /// <summary>The last two reach the hours that a DST change skips or repeats; no gap comes near a window's end.</summary>
    static readonly SendingWindow[] Windows =
    [
        SendingWindow.Default, SendingWindow.Default, new(new LocalTime(8, 30), new LocalTime(18, 15)),
        new(LocalTime.Midnight, new LocalTime(6, 0)),
        new(new LocalTime(0, 30), new LocalTime(23, 30)),
    ];

    static readonly StepKind[] PersonalKinds = [.. Enum.GetValues<StepKind>().Where(kind => kind != StepKind.Wins)];

    readonly Random random = new(seed);

    public ReferenceInput Make(int people)
    {
        var from = Chance(40) ? new LocalDate(2026, 3, 2).PlusDays(Between(0, 7)) : new LocalDate(2025, 1, 1).PlusDays(Between(0, 730));
        var days = Chance(60) ? 75 : Between(1, 120);
        var campaign = MakeCampaign(from);
        var roster = Enumerable.Range(1, people).Select(number => MakePerson(number, people, from, days)).ToArray();
        random.Shuffle(roster);
        return new ReferenceInput
        {
            Campaign = campaign,
            People = roster,
            Calendars = MakeCalendars(from, days),
            Usage = Chance(15) ? null : MakeUsage(roster, from, days),
            Answers = MakeAnswers(roster, campaign),
            From = from,
            Days = days,
        };
    }

    Campaign MakeCampaign(LocalDate from)
    {
        var window = One(Windows);
        Step[] steps =
        [
            .. Enumerable.Range(1, Between(2, 14)).Select(number => MakePersonalStep($"step-{number}", window))
                .Select(step => step.OnlyIf is null ? step with { Otherwise = null } : step),
            .. Enumerable.Range(1, Between(0, 3)).Select(number => MakeTeamStep($"team-{number}", window)),
        ];
        random.Shuffle(steps);
        return new Campaign
        {
            Key = $"trial-{seed}",
            Name = "Trial",
            Tool = "copilot",
            ToolName = "GitHub Copilot",
            OwnerEmail = "owner@example.com",
            Start = from.PlusDays(Between(-60, 60)),
            Audience = Chance(80) ? Audience.Everyone : new Audience(["DEVELOPER", "tester", "analyst"], [], Chance(50) ? [] : ["Berlin", "paris"]),
            RolloutPercent = Chance(40) ? 100 : Between(30, 100),
            HoldoutPercent = Between(0, 50),
            Variants = One<string[]>([["a"], ["a", "b"], ["short", "long", "plain"]]),
            BackOff = Chance(20) ? null : Between(1, 4),
            Window = window,
            Steps = steps,
        };
    }

    Step MakePersonalStep(string key, SendingWindow window) => new()
    {
        Key = key,
        Day = Chance(50) ? Between(0, 10) : Chance(90) ? Between(0, 65) : Between(66, 120),
        At = MakeTime(window),
        Kind = One(PersonalKinds),
        Entries = Chance(65) ? [] : One<Entry[]>([[Entry.New], [Entry.Lapsed], [Entry.Active], [Entry.New, Entry.Lapsed], [Entry.Lapsed, Entry.Active]]),
        OnlyIf = Chance(45) ? null : MakeCondition(2),
        Otherwise = Chance(30) ? "other" : null,
        Essential = Chance(25),
        Texts = new Dictionary<string, string> { ["*"] = "text" },
        Fallback = ["en/any"],
    };

    Step MakeTeamStep(string key, SendingWindow window) => new()
    {
        Key = key,
        Day = Between(0, 40),
        At = MakeTime(window),
        Kind = StepKind.Wins,
        OnlyIf = Chance(15) ? null : new Condition.NudgedMembers(Between(1, 5)),
        Texts = new Dictionary<string, string> { ["*"] = "text" },
        Fallback = ["en/any"],
    };

    LocalTime MakeTime(SendingWindow window)
    {
        if (Chance(50) && window.Contains(new LocalTime(10, 0))) return new LocalTime(10, 0);
        if (Chance(15)) return window.From;
        if (window.From.Hour == 0 && Chance(60)) return window.From.PlusMinutes(Between(0, 13) * 15);
        var minutes = (int)Period.Between(window.From, window.To, PeriodUnits.Minutes).Minutes;
        return Chance(15) ? window.To.PlusMinutes(-1) : window.From.PlusMinutes(Between(0, (minutes - 1) / 15) * 15);
    }

    Condition MakeCondition(int depth) => Between(0, depth > 0 ? 6 : 4) switch
    {
        0 => new Condition.UsedSinceDayZero(),
        1 => new Condition.AnsweredEarlier(),
        5 => new Condition.Any([MakeCondition(depth - 1), MakeCondition(depth - 1)]),
        6 => new Condition.All([MakeCondition(depth - 1), MakeCondition(depth - 1)]),
        _ => MakeUsedFewerThan(),
    };

    Condition.UsedFewerThan MakeUsedFewerThan()
    {
        var dates = One([1, 2, 4, 7, 7, 14, 28, 60]);
        return new Condition.UsedFewerThan(Between(1, Math.Min(dates, 4)), dates);
    }

    /// <summary>Some countries have no calendar. Weekends of every sort, so that a DST change also falls on a working Sunday.</summary>
    List<WorkCalendar> MakeCalendars(LocalDate from, int days)
    {
        IsoDayOfWeek[][] weekends =
        [
            [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday], [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday],
            [IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday], [IsoDayOfWeek.Saturday], [IsoDayOfWeek.Friday], [],
        ];
        var calendars = new List<WorkCalendar>();
        foreach (var country in Countries.Where(_ => Chance(75)))
        {
            var holidays = new HashSet<LocalDate>();
            for (var day = -10; day < days + 40; day++)
                if (Chance(7)) holidays.Add(from.PlusDays(day));
            if (Chance(40)) holidays.Add(from);
            if (Chance(20))
            {
                var first = from.PlusDays(Between(0, days));
                for (var day = 0; day < 9; day++) holidays.Add(first.PlusDays(day));
            }
            calendars.Add(new WorkCalendar(country, new HashSet<IsoDayOfWeek>(One(weekends)), holidays.ToDictionary(date => date, _ => "")));
        }
        return calendars;
    }

    ReferencePerson MakePerson(int number, int people, LocalDate from, int days)
    {
        LocalDate? licensedSince = Between(0, 9) switch
        {
            < 4 => null,
            < 6 => from.PlusDays(-Between(0, 200)),
            < 9 => from.PlusDays(Between(0, Math.Min(days, 30))),
            _ => from.PlusDays(Between(0, days + 10)),
        };
        var dayZero = licensedSince > from ? licensedSince.Value : from;
        LocalDate? leftOn = Between(0, 19) switch
        {
            < 14 => null,
            14 => dayZero,
            15 => dayZero.PlusDays(1),
            16 => dayZero.PlusDays(7 * Between(1, 4)),
            _ => from.PlusDays(Between(-10, days + 10)),
        };
        var teams = Math.Max(2, people / 6);
        return new ReferencePerson(
            Email: Chance(20) ? $"P{number:0000}@Example.com" : $"p{number:0000}@example.com",
            Role: Between(0, 19) switch { < 9 => "developer", < 14 => "tester", < 17 => "analyst", 17 => "designer", 18 => "writer", _ => "" },
            Team: Chance(10) ? "" : $"team {Math.Min(Between(1, teams), Between(1, teams))}",
            Location: One(["Berlin", "Berlin", "Berlin", "Paris", "Paris", "Cairo", "Oslo"]),
            Country: Chance(70) ? "" : Chance(85) ? One(Countries) : "FR",
            Zone: One(Zones),
            Login: Chance(20) ? "" : Chance(20) ? $"Login-{number}" : $"login-{number}",
            licensedSince,
            leftOn);
    }

    ReferenceUsage MakeUsage(IReadOnlyList<ReferencePerson> people, LocalDate from, int days)
    {
        var namedBy = Chance(50) ? UsageIdentity.Login : UsageIdentity.Email;
        var rows = new List<ReferenceUsageRow> { new("nobody-we-know", from.PlusDays(3)) };
        foreach (var person in people)
        {
            var identity = namedBy == UsageIdentity.Login ? person.Login : person.Email;
            if (identity.Length == 0) continue;
            var dayZero = person.LicensedSince > from ? person.LicensedSince.Value : from;
            foreach (var day in UsedDates(dayZero, from.PlusDays(days + 5)))
            {
                rows.Add(new ReferenceUsageRow(identity, day));
                if (Chance(3)) rows.Add(new ReferenceUsageRow(identity.ToUpperInvariant(), day));
            }
        }
        var shuffled = rows.ToArray();
        random.Shuffle(shuffled);
        return new ReferenceUsage(namedBy, shuffled);
    }

    IEnumerable<LocalDate> UsedDates(LocalDate dayZero, LocalDate end)
    {
        var history = Between(0, 9);
        // The edges of the entry, and what a person in a far zone has used but nobody knows yet.
        if (history is 0 or 1) yield return dayZero.PlusDays(-28);
        if (history is 1 or 2) yield return dayZero.PlusDays(-29);
        if (history is 3) yield return dayZero.PlusDays(-1);
        if (history is 4) yield return dayZero.PlusDays(-Between(64, 200));
        if (history is 5)
            for (var back = 1; back < 90; back += Between(1, 9)) yield return dayZero.PlusDays(-back);

        if (Chance(20)) yield break;
        var likely = One([10, 30, 60, 100]);
        var stops = Chance(40) ? dayZero.PlusDays(Between(1, 30)) : end;
        for (var day = dayZero; day < stops; day = day.PlusDays(1))
        {
            if (Chance(4)) day = day.PlusDays(Between(3, 18));
            if (day < end && Chance(likely)) yield return day;
        }
    }

    ReferenceAnswer[] MakeAnswers(IReadOnlyList<ReferencePerson> people, Campaign campaign)
    {
        var answers = new List<ReferenceAnswer>();
        foreach (var person in people)
        {
            var likely = One([0, 10, 30, 60, 100]);
            foreach (var step in campaign.Steps.Where(s => s.Kind != StepKind.Wins))
            {
                while (Chance(likely))
                {
                    var email = Chance(10) ? person.Email.ToUpperInvariant() : person.Email;
                    answers.Add(new ReferenceAnswer(email, step.Key, MakeMinutes(), MakeWord()));
                    if (Chance(85)) break;
                }
            }
        }
        var shuffled = answers.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>Whole days fall on the very moment of another nudge, unless the clocks changed.</summary>
    int MakeMinutes() => Between(0, 9) switch
    {
        0 => 0,
        1 => 1,
        < 5 => Between(2, 600),
        < 7 => 1440 * Between(1, 8),
        7 => 1440 * Between(1, 8) + One([-1, 1]),
        8 => Between(600, 20_000),
        _ => Between(20_000, 250_000),
    };

    AnswerWord MakeWord() => Between(0, 99) switch
    {
        < 28 => AnswerWord.Worked,
        < 40 => AnswerWord.NotUseful,
        < 54 => AnswerWord.NotYet,
        < 63 => AnswerWord.Blocked,
        < 82 => AnswerWord.Snooze,
        < 86 => AnswerWord.Stop,
        _ => AnswerWord.Text,
    };

    bool Chance(int percent) => random.Next(100) < percent;

    /// <summary>Both included.</summary>
    int Between(int least, int most) => random.Next(least, most + 1);

    T One<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
}
