using System.Globalization;
using NudgeBot.Bench;

// ./nudgebot bench plan|tick|dispatch|retention|simulate|forecast|ingress|slack|teams|all [--enrollments 1000000]
// One JSON line per bench on stdout, progress on stderr.
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

if (BenchArguments.Parse(args) is not { } asked)
{
    Console.Error.WriteLine($"Usage: nudgebot bench {string.Join('|', BenchArguments.Names)}|all [--enrollments {BenchArguments.DefaultEnrollments.ToString(CultureInfo.InvariantCulture)}]");
    return 2;
}

if (asked.Benches.Except(BenchArguments.WithoutTheCompany).ToList() is { Count: > 0 } ofTheCompany)
{
    await using var company = await MillionPeople.SettleAsync(asked.Enrollments, stop.Token);
    foreach (var name in ofTheCompany)
    {
        Report.Progress($"{name} ...");
        Report.Line(name switch
        {
            TickBench.Name => await TickBench.RunAsync(company, stop.Token),
            PlanBench.Name => await PlanBench.RunAsync(company, stop.Token),
            DispatchBench.Name => await DispatchBench.RunAsync(company, stop.Token),
            RetentionBench.Name => await RetentionBench.RunAsync(company, stop.Token),
            _ => throw new InvalidOperationException($"{name} is not handled."),
        });
    }
}
if (asked.Benches.Contains(SimulateBench.Name)) Report.Line(await SimulateBench.RunAsync(stop.Token));
if (asked.Benches.Contains(ForecastBench.Name)) Report.Line(await ForecastBench.RunAsync(stop.Token));
if (asked.Benches.Contains(IngressBench.Name)) Report.Line(await IngressBench.RunAsync(stop.Token));
if (asked.Benches.Contains(SlackBench.Name)) Report.Line(await SlackBench.RunAsync(stop.Token));
if (asked.Benches.Contains(TeamsBench.Name)) Report.Line(await TeamsBench.RunAsync(stop.Token));
return Report.ExitCode;
