using NudgeBot.Retention;

namespace NudgeBot.Tests.Retention;

public class WilsonTests
{
    /// <summary>statsmodels 0.13.5: <c>proportion_confint(count, nobs, alpha=0.05, method='wilson')</c>.</summary>
    [Theory]
    [InlineData(0, 1, 0.0000000000, 0.7934506856)]
    [InlineData(1, 1, 0.2065493144, 1.0000000000)]
    [InlineData(0, 5, 0.0000000000, 0.4344824648)]
    [InlineData(5, 5, 0.5655175352, 1.0000000000)]
    [InlineData(1, 5, 0.0362241086, 0.6244653702)]
    [InlineData(8, 20, 0.2188065324, 0.6134184992)]
    [InlineData(19, 20, 0.7638688066, 0.9911185512)]
    [InlineData(0, 100, 0.0000000000, 0.0369934982)]
    [InlineData(7, 100, 0.0343192611, 0.1374951474)]
    [InlineData(20, 100, 0.1333669333, 0.2888291656)]
    [InlineData(50, 100, 0.4038315304, 0.5961684696)]
    [InlineData(1, 1000, 0.0001765464, 0.0056425586)]
    [InlineData(333, 1000, 0.3044779033, 0.3628002340)]
    [InlineData(999, 1000, 0.9943574414, 0.9998234536)]
    [InlineData(123456, 1000000, 0.1228126965, 0.1241021964)]
    public void Agrees_with_statsmodels(int successes, int trials, double low, double high)
    {
        var interval = Wilson.Interval(successes, trials);

        interval.Low.ShouldBe(low, 1e-9);
        interval.High.ShouldBe(high, 1e-9);
    }

    [Fact]
    public void The_ends_are_exact_and_the_share_lies_within()
    {
        for (var trials = 1; trials <= 200; trials++)
        {
            Wilson.Interval(0, trials).Low.ShouldBe(0);
            Wilson.Interval(trials, trials).High.ShouldBe(1);
            for (var successes = 0; successes <= trials; successes++)
            {
                var (low, high) = Wilson.Interval(successes, trials);
                var share = (double)successes / trials;
                (0 <= low && low <= share && share <= high && high <= 1).ShouldBeTrue($"{successes} of {trials}");
            }
        }
    }
}
