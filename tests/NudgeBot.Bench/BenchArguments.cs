using System.Globalization;

namespace NudgeBot.Bench;

/// <param name="Benches">In the order in which they run: each finds the company as the one before leaves it.</param>
sealed record BenchArguments(IReadOnlyList<string> Benches, int Enrollments)
{
    public const int DefaultEnrollments = 1_000_000;

    /// <summary>The tick needs a company in which nothing is due yet; what is planned is dispatched.</summary>
    public static readonly IReadOnlyList<string> Names = [TickBench.Name, RetentionBench.Name, PlanBench.Name, DispatchBench.Name, SimulateBench.Name, ForecastBench.Name, IngressBench.Name, SlackBench.Name, TeamsBench.Name];

    /// <summary>They bring their own database.</summary>
    public static readonly IReadOnlyList<string> WithoutTheCompany = [SimulateBench.Name, ForecastBench.Name, IngressBench.Name, SlackBench.Name, TeamsBench.Name];

    /// <returns>Null when it is not understood.</returns>
    public static BenchArguments? Parse(string[] arguments)
    {
        var (name, enrollments) = arguments switch
        {
            [var one] => (one, DefaultEnrollments),
            [var one, "--enrollments", var written] when int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 => (one, count),
            _ => ("", 0),
        };
        if (name == "all") return new BenchArguments(Names, enrollments);
        return Names.Contains(name) ? new BenchArguments([name], enrollments) : null;
    }
}
