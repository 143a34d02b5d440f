using NudgeBot.Retention;

namespace NudgeBot.Tests.Retention;

/// <summary>
/// Against R 4.2.2, survival 3.5.3: <c>fit = survfit(Surv(time, status) ~ 1, conf.type="log-log"); s = summary(fit, censored=TRUE)</c>, printed as
/// <c>s$time, s$n.risk, s$surv, s$std.err, s$lower, s$upper</c>; the median is <c>quantile(fit, 0.5)$quantile</c>.
/// </summary>
public class KaplanMeierTests
{
    sealed record R(int Time, int AtRisk, double Survival, double StandardError, double Low, double High);

    static KaplanMeier Fit(int[] times, int[] status)
    {
        var (events, censored) = (new int[times.Max() + 1], new int[times.Max() + 1]);
        foreach (var (time, isEvent) in times.Zip(status)) (isEvent == 1 ? events : censored)[time]++;
        return KaplanMeier.Of(events, censored);
    }

    static void ShouldAgree(KaplanMeier fit, params R[] expected)
    {
        foreach (var r in expected)
        {
            var point = fit.At(r.Time)!.Value;
            point.AtRisk.ShouldBe(r.AtRisk, $"day {r.Time}");
            point.Survival.ShouldBe(r.Survival, 1e-8);
            if (double.IsNaN(r.StandardError)) point.StandardError.ShouldBe(double.NaN);
            else point.StandardError.ShouldBe(r.StandardError, 1e-8);
            (point.Interval is null).ShouldBe(double.IsNaN(r.Low));
            if (point.Interval is not var (low, high)) continue;
            low.ShouldBe(r.Low, 1e-8);
            high.ShouldBe(r.High, 1e-8);
        }
    }

    /// <summary><c>aml</c> of R's survival: both arms.</summary>
    [Fact]
    public void Agrees_with_R_on_acute_leukemia()
    {
        var fit = Fit(
            [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161, 5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45],
            [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1]);

        ShouldAgree(fit,
            new(5, 23, 0.913043478, 0.058753385, 0.694947538, 0.977515670),
            new(8, 21, 0.826086957, 0.079034196, 0.600610411, 0.930903558),
            new(9, 19, 0.782608696, 0.086006149, 0.554211507, 0.903207490),
            new(12, 18, 0.739130435, 0.091560537, 0.509209439, 0.873375782),
            new(13, 17, 0.695652174, 0.095943876, 0.465641750, 0.841721291),
            new(16, 15, 0.695652174, 0.095943876, 0.465641750, 0.841721291),
            new(18, 14, 0.645962733, 0.101142675, 0.413952951, 0.805307764),
            new(23, 13, 0.546583851, 0.107250642, 0.319250414, 0.726449174),
            new(27, 11, 0.496894410, 0.108401781, 0.275565628, 0.684213788),
            new(28, 10, 0.496894410, 0.108401781, 0.275565628, 0.684213788),
            new(30, 9, 0.441683920, 0.109518070, 0.227381168, 0.637092687),
            new(31, 8, 0.386473430, 0.108858801, 0.182836619, 0.587476914),
            new(33, 7, 0.331262940, 0.106390973, 0.141825693, 0.535273790),
            new(34, 6, 0.276052450, 0.101983376, 0.104441343, 0.480284660),
            new(43, 5, 0.220841960, 0.095367438, 0.070996649, 0.422167443),
            new(45, 4, 0.165631470, 0.086035208, 0.042114281, 0.360361360),
            new(48, 2, 0.082815735, 0.072661801, 0.006955967, 0.286760368),
            new(161, 1, 0.082815735, 0.072661801, 0.006955967, 0.286760368));
        fit.Median.ShouldBe(27);
        fit.At(4).ShouldBe(new SurvivalPoint(4, 23, 1, 0, null));
        fit.At(162).ShouldBeNull("nobody was followed so far, and somebody had survived");
    }

    /// <summary>Freireich 1963: weeks of remission with 6-mercaptopurine.</summary>
    [Fact]
    public void Agrees_with_R_where_most_are_censored()
    {
        var fit = Fit(
            [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35],
            [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]);

        ShouldAgree(fit,
            new(6, 21, 0.857142857, 0.076360355, 0.619717955, 0.951551748),
            new(7, 17, 0.806722689, 0.086935285, 0.563146565, 0.922809019),
            new(9, 16, 0.806722689, 0.086935285, 0.563146565, 0.922809019),
            new(10, 15, 0.752941176, 0.096349653, 0.503199511, 0.889361835),
            new(13, 12, 0.690196078, 0.106814708, 0.431610222, 0.849065963),
            new(16, 11, 0.627450980, 0.114053865, 0.367510856, 0.804912189),
            new(20, 8, 0.627450980, 0.114053865, 0.367510856, 0.804912189),
            new(22, 7, 0.537815126, 0.128233752, 0.267778937, 0.746790718),
            new(23, 6, 0.448179272, 0.134591457, 0.188052006, 0.680142628),
            new(35, 1, 0.448179272, 0.134591457, 0.188052006, 0.680142628));
        fit.Median.ShouldBe(23);
    }

    [Fact]
    public void Agrees_with_R_where_nobody_survives()
    {
        var fit = Fit([14, 14, 14, 20, 20, 30, 30, 41, 41, 41, 50, 50], [1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1]);

        ShouldAgree(fit,
            new(14, 12, 0.833333333, 0.107582871, 0.481714942, 0.955509366),
            new(20, 9, 0.648148148, 0.142611297, 0.309662227, 0.851797512),
            new(30, 7, 0.462962963, 0.150413493, 0.171944563, 0.714010161),
            new(41, 5, 0.277777778, 0.135767392, 0.066807784, 0.545328168),
            new(50, 2, 0, double.NaN, double.NaN, double.NaN));
        fit.Median.ShouldBe(30);
        fit.At(56)!.Value.Survival.ShouldBe(0, "nobody is left of whom one could not know");
    }

    [Theory]
    [InlineData("1 1 1 1 1 0 0 0", "14 14 20 20 30 30 41 41", 25.0)]
    [InlineData("1 1 1 1 0 0 0 0", "14 14 20 20 41 41 41 41", 30.5)]
    [InlineData("1 1 1 0 0 0 0 0", "14 14 20 20 41 41 41 41", null)]
    public void Where_exactly_half_survive_for_a_while_the_median_is_its_middle_as_in_R(string status, string times, double? median) =>
        Fit([.. times.Split(' ').Select(int.Parse)], [.. status.Split(' ').Select(int.Parse)]).Median.ShouldBe(median);

    [Fact]
    public void Without_subjects_nothing_is_known()
    {
        var fit = KaplanMeier.Of(new int[128], new int[128]);

        fit.At(0).ShouldBeNull();
        fit.Median.ShouldBeNull();
    }
}
