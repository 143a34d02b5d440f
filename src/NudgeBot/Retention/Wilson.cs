namespace NudgeBot.Retention;

/// <summary>
/// Wilson's score interval for a share, 95 %, without continuity correction (E. B. Wilson, JASA 22, 1927). Known value: 8 of 20 gives
/// 0.218807 to 0.613418.
/// </summary>
public static class Wilson
{
    const double Z = 1.959963984540054;

    public static (double Low, double High) Interval(int successes, int trials)
    {
        double n = trials, share = successes / n, z2 = Z * Z;
        var centre = (share + z2 / (2 * n)) / (1 + z2 / n);
        var half = Z / (1 + z2 / n) * Math.Sqrt(share * (1 - share) / n + z2 / (4 * n * n));
        // At the ends the bound is the end itself; the arithmetic would miss it by a rounding.
        return (successes == 0 ? 0 : centre - half, successes == trials ? 1 : centre + half);
    }
}
