using NodaTime;

namespace NudgeBot.Forecasting;

/// <summary>The smallest lift that the holdout can show in one week's retention.</summary>
/// <param name="By">The date on which nine of ten people have that week behind them; the counts are those of that date.</param>
/// <param name="Baseline">The share of the holdout that is active in that week.</param>
/// <param name="IsMeasured">The baseline is this campaign's own; otherwise it is the field's.</param>
/// <param name="Lift">In shares: 0.04 is 4 points. Null: no lift at all would show.</param>
public sealed record LiftForecast(int Week, LocalDate By, int Nudged, int HeldOut, double Baseline, bool IsMeasured, double? Lift);

/// <summary>
/// How large a difference of two shares must be for a test at 5 %, two-sided, to find it four times out of five. The formula is that of J. L. Fleiss
/// (Statistical Methods for Rates and Proportions), without continuity correction: the lift d solves
/// <c>d = 1.96 sqrt(p (1-p) (1/n1 + 1/n2)) + 0.84 sqrt(p1 (1-p1) / n1 + p2 (1-p2) / n2)</c>,
/// where p2 is the baseline, p1 = p2 + d, and p the share of both together. That is statsmodels' <c>power_proportions_2indep</c>, solved for the difference.
/// </summary>
public static class DetectableLift
{
    /// <summary>Of the normal distribution: 97.5 % and 80 %.</summary>
    const double Confidence = 1.959963984540054, Power = 0.8416212335729143;

    const int Halvings = 60;

    /// <param name="baseline">Of the holdout, 0 to 1.</param>
    /// <returns>Null: an arm is empty, or not even everybody active would do.</returns>
    public static double? Of(int nudged, int heldOut, double baseline)
    {
        if (nudged == 0 || heldOut == 0 || baseline >= 1) return null;
        var (low, high) = (0.0, 1 - baseline);
        if (Needed(high) > high) return null;
        for (var halving = 0; halving < Halvings; halving++)
        {
            var middle = (low + high) / 2;
            if (Needed(middle) > middle) low = middle;
            else high = middle;
        }
        return high;

        double Needed(double lift)
        {
            double share = baseline + lift, both = (nudged * share + heldOut * baseline) / (nudged + heldOut);
            return Confidence * Math.Sqrt(both * (1 - both) * (1.0 / nudged + 1.0 / heldOut))
                + Power * Math.Sqrt(share * (1 - share) / nudged + baseline * (1 - baseline) / heldOut);
        }
    }
}
