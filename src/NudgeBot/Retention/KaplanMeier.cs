namespace NudgeBot.Retention;

/// <param name="AtRisk">How many were followed up to this day without an event before it.</param>
/// <param name="Survival">The share without an event up to and including this day.</param>
/// <param name="StandardError">Greenwood's; not a number where nobody survived.</param>
/// <param name="Interval">95 %, by log(-log S); null where the survival is 0 or 1, whose log(-log S) is infinite.</param>
readonly record struct SurvivalPoint(int Day, int AtRisk, double Survival, double StandardError, (double Low, double High)? Interval);

/// <summary>
/// The product-limit estimate of survival (E. L. Kaplan, P. Meier, JASA 53, 1958), its variance by Greenwood's formula, and the interval by
/// log(-log S) (J. D. Kalbfleisch, R. L. Prentice, 1980). On one day, events come before censorings. Agrees with R's
/// <c>survfit(Surv(time, status) ~ 1, conf.type = "log-log")</c>.
/// </summary>
sealed class KaplanMeier
{
    const double Z = 1.959963984540054;

    /// <summary>A product that is one half may miss it by this much.</summary>
    const double Rounding = 1e-9;

    /// <summary>Day 0 first; ends with the last day on which anybody was followed.</summary>
    readonly SurvivalPoint[] curve;

    KaplanMeier(SurvivalPoint[] curve) => this.curve = curve;

    /// <param name="events">How many had the event on day i.</param>
    /// <param name="censored">How many were followed without event to day i and no further; of the same length.</param>
    public static KaplanMeier Of(IReadOnlyList<int> events, IReadOnlyList<int> censored)
    {
        var points = new List<SurvivalPoint>();
        var atRisk = events.Sum() + censored.Sum();
        double survival = 1, greenwood = 0;
        for (var day = 0; day < events.Count && atRisk > 0; day++)
        {
            var survivors = atRisk - events[day];
            survival *= (double)survivors / atRisk;
            greenwood += events[day] / ((double)atRisk * survivors);
            points.Add(new SurvivalPoint(day, atRisk, survival, survival * Math.Sqrt(greenwood), Interval(survival, greenwood)));
            atRisk = survivors - censored[day];
        }
        return new KaplanMeier([.. points]);
    }

    /// <summary>Null after the last day on which anybody was followed, unless nobody survived: what comes then is not known.</summary>
    public SurvivalPoint? At(int day) => day < curve.Length ? curve[day] : curve is [.., { Survival: 0 } end] ? end : null;

    /// <summary>
    /// The first day on which half or fewer survive; where exactly half do for a while, the middle of that while, as in R. Null: not reached.
    /// </summary>
    public double? Median
    {
        get
        {
            var half = Array.FindIndex(curve, point => point.Survival < 0.5 + Rounding);
            if (half < 0) return null;
            var less = Array.FindIndex(curve, half, point => point.Survival < 0.5 - Rounding);
            return (half + (less < 0 ? curve.Length - 1 : less)) / 2.0;
        }
    }

    static (double, double)? Interval(double survival, double greenwood)
    {
        if (survival is 0 or 1) return null;
        var spread = Math.Exp(Z * Math.Sqrt(greenwood) / -Math.Log(survival));
        return (Math.Pow(survival, spread), Math.Pow(survival, 1 / spread));
    }
}
