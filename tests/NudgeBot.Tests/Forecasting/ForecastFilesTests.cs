using NudgeBot.Forecasting;
using NudgeBot.Governance;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Forecasting;

public sealed class ForecastFilesTests : IDisposable
{
    readonly string folder = Path.Combine(Path.GetTempPath(), $"forecast-{Guid.NewGuid():N}", "pilot");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_message_is_a_line_and_each_table_a_file()
    {
        await using var company = await CompanyAsync();

        var forecast = await WriteAsync(company);

        forecast.Steps.Count.ShouldBe(2);
        (await ReadAsync("messages.csv")).ShouldBe("""
            to,step,planned_utc,outcome,reason,decided_utc
            anna@acme.com,hello,2026-03-09T09:00:00Z,sent,,2026-03-09T09:00:00Z
            anna@acme.com,task,2026-03-11T09:00:00Z,sent,,2026-03-11T09:00:00Z
            bob@acme.com,hello,2026-03-09T09:00:00Z,skipped,no-account,2026-03-09T09:00:00Z
            bob@acme.com,task,2026-03-11T09:00:00Z,skipped,no-account,2026-03-11T09:00:00Z

            """);
        (await ReadAsync("steps.csv")).Split('\n')[1].ShouldStartWith("hello,1,");
        (await ReadAsync("hours.csv")).Split('\n')[1].ShouldBe("Acme,recorder,2026-03-09T09:00:00Z,1,");
        (await ReadAsync("unreached.csv")).Split('\n')[1].ShouldStartWith("bob@acme.com,no-account,");
        Directory.GetFiles(folder).Select(Path.GetFileName).Order().ShouldBe(["hours.csv", "messages.csv", "steps.csv", "unreached.csv"]);
    }

    [Fact]
    public async Task One_that_comes_to_no_end_leaves_the_files_of_the_one_before()
    {
        await using var company = await CompanyAsync();
        await WriteAsync(company);
        var before = await ReadAsync("messages.csv");

        await Should.ThrowAsync<OperationCanceledException>(() => ForecastFiles.WriteAsync(folder, each =>
        {
            each(new ForeseenMessage("zoe@acme.com", "hello", company.Clock.Now, NudgeBot.Nudging.Outcome.Pending, null, null));
            throw new OperationCanceledException();
        }));

        (await ReadAsync("messages.csv")).ShouldBe(before);
        Directory.GetFiles(folder).Length.ShouldBe(4);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_before_anything_is_worked_out()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        await File.WriteAllTextAsync(folder, "a file", Cancellation);

        foreach (var place in new[] { folder, Path.Combine(folder, "deeper"), " " })
        {
            var refusal = await Should.ThrowAsync<RefusalException>(() => ForecastFiles.WriteAsync(place, _ => throw new InvalidOperationException("worked out")));
            refusal.Message.ShouldContain("--csv");
            refusal.Symbol.ShouldBe("--csv");
        }
        (await File.ReadAllTextAsync(folder, Cancellation)).ShouldBe("a file");
    }

    public void Dispose()
    {
        if (Path.GetDirectoryName(folder) is { } above && Directory.Exists(above)) Directory.Delete(above, recursive: true);
    }

    Task<CampaignForecast> WriteAsync(NudgedCompany company) =>
        ForecastFiles.WriteAsync(folder, each => company.Product.Forecasts.RunAsync(company.Id, "pilot", each: each, cancellation: Cancellation));

    Task<string> ReadAsync(string file) => File.ReadAllTextAsync(Path.Combine(folder, file), Cancellation);

    static async Task<NudgedCompany> CompanyAsync()
    {
        var company = await NudgedCompany.CreateAsync();
        await company.Hire("anna");
        await company.Hire("bob", account: false);
        await company.Apply(CampaignYaml.Of("""
            - {key: hello, day: 0, at: "10:00", kind: welcome, text: welcome}
            - {key: task, day: 2, at: "10:00", kind: guide, text: day-1}
            """));
        return company;
    }
}
