using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Nudging;

namespace NudgeBot.Tests.Campaigns;

/// <summary>Campaigns of every shape that a file can have.</summary>
sealed class InventedCampaign(int seed)
{
    static readonly string[] Awkward =
        ["plain", "a: b", "# no comment", "- no list", "it's", "\"quoted\"", "{braces}", "[x], y", "*", "&a", "!tag", "%", "@", "`", "|", ">", "null", "~", "true", "10:00",
         "0x1F", "1e3", " blanks around ", "Grün & weiß", "東京", "\U0001F44D ok", "back\\slash", "?", ":", ", ,", "...", "---", "x #y", "\u00A0x", "a\u200Bb"];

    static readonly string[] Names = ["a", "b2", "welcome", "day-1", "x-y-z"];

    readonly Random random = new(seed);

    public Campaign Campaign()
    {
        IReadOnlyList<string> variants = [.. Names.Take(random.Next(1, 6))];
        IReadOnlyList<string> shared = Fallback();
        var from = random.Next(0, 1438);
        var window = new SendingWindow(Time(from), Time(random.Next(from + 1, 1440)));
        return new Campaign
        {
            Key = One(Names),
            Name = One(Awkward) + One(Awkward),
            Tool = One(Names),
            ToolName = One(Awkward) + One(Awkward),
            OwnerEmail = "ada@example.com",
            Start = new LocalDate(2027, 1, 1).PlusDays(random.Next(1000)),
            Audience = Coin() ? Audience.Everyone : new Audience(["x" + One(Awkward)], Some(Awkward), Some(Awkward)),
            RolloutPercent = random.Next(101),
            RolloutUnit = One(Enum.GetValues<RolloutUnit>()),
            RolloutStages = Coin() ? RolloutStages.Default : [random.Next(1, 50), random.Next(50, 101)],
            RolloutClosed = Coin(),
            Goals = [.. Enum.GetValues<GoalMetric>().Where(_ => Coin()).Select(metric => new Goal(metric, random.Next(50), random.Next(50, 101), new LocalDate(2027, 6, 1).PlusDays(random.Next(300))))],
            Gate = Coin() ? GateThresholds.Default : new GateThresholds
            {
                People = random.Next(5, 100),
                Days = random.Next(1, 91),
                Delivery = random.Next(101),
                OptOuts = random.Next(101),
                Blocked = random.Next(101),
                Unreachable = random.Next(101),
            },
            HoldoutPercent = random.Next(51),
            Variants = variants,
            BackOff = Coin() ? null : random.Next(1, 21),
            Window = window,
            Managed = One(Enum.GetValues<ManagedBy>()),
            Steps = [.. Enumerable.Range(0, random.Next(1, 6)).Select(i => Step(i, variants, window, Coin() ? shared : Fallback()))],
        };
    }

    Step Step(int number, IReadOnlyList<string> variants, SendingWindow window, IReadOnlyList<string> fallback)
    {
        var kind = One(Enum.GetValues<StepKind>());
        var isForTeams = kind == StepKind.Wins;
        var condition = Coin() ? null : isForTeams ? new Condition.NudgedMembers(random.Next(1, 1001)) : Condition(0);
        return new Step
        {
            Key = $"step-{number}",
            Day = random.Next(121),
            At = window.From,
            Kind = kind,
            Texts = isForTeams || Coin() ? new Dictionary<string, string> { ["*"] = One(Names) } : variants.ToDictionary(v => v, _ => One(Names)),
            Entries = isForTeams ? [] : [.. Enum.GetValues<Entry>().Where(_ => Coin())],
            OnlyIf = condition,
            Otherwise = condition is null || isForTeams || Coin() ? null : One(Names),
            Essential = !isForTeams && Coin(),
            Fallback = fallback,
        };
    }

    Condition Condition(int depth) => random.Next(depth < 3 ? 5 : 3) switch
    {
        0 => new Condition.UsedSinceDayZero(),
        1 => new Condition.AnsweredEarlier(),
        2 when random.Next(1, 61) is var dates => new Condition.UsedFewerThan(random.Next(1, dates + 1), dates),
        3 => new Condition.Any(Parts(depth)),
        _ => new Condition.All(Parts(depth)),
    };

    IReadOnlyList<Condition> Parts(int depth) => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Condition(depth + 1))];

    IReadOnlyList<string> Fallback() => [.. Some(["{locale}/any", "de/{role}", "{locale}/{role}", "pt-BR/any"]), "en/any"];

    static LocalTime Time(int minute) => LocalTime.Midnight.PlusMinutes(minute);

    bool Coin() => random.Next(2) == 0;

    T One<T>(T[] of) => of[random.Next(of.Length)];

    List<string> Some(string[] of) => [.. of.Where(word => !string.IsNullOrWhiteSpace(word) && random.Next(4) == 0)];
}
