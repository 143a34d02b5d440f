using NodaTime;
using NudgeBot.Files;
using NudgeBot.Governance;
using NudgeBot.Usage;

namespace NudgeBot.Tests.Usage;

/// <summary>What the audit log says of imports of use.</summary>
public sealed class UsageEntryTests
{
    const string Header = "email,day,tool,count";

    [Fact]
    public async Task Counts_and_how_far_the_feed_is_complete_before_and_after()
    {
        await using var company = await WithPeopleAsync();

        await ImportAsync(company, $"{Header}\nanna@example.com,2026-03-02,copilot,1\nanna@example.com,2026-03-03,copilot,1\nstranger@example.com,2026-03-03,copilot,1\nwrong,2026-03-03,copilot,1");
        await ImportAsync(company, $"{Header}\nanna@example.com,2026-03-03,copilot,1", completeTo: new LocalDate(2026, 3, 8));

        (await EntriesAsync(company)).ShouldBe(
        [
            """operator terminal {"tool":"copilot","format":"csv","rows":"4","days added":"2","refused":"1","unmapped":"1","complete to":"2026-03-03"}""",
            """operator terminal {"complete to":"2026-03-03"} {"tool":"copilot","format":"csv","rows":"1","days added":"0","refused":"0","unmapped":"0","complete to":"2026-03-08"}""",
        ]);
    }

    [Fact]
    public async Task Seats_are_counted_otherwise()
    {
        await using var company = await WithPeopleAsync();
        const string Seats = """{"seats":[{"created_at":"2026-01-06T09:00:00Z","assignee":{"login":"octo-anna"}},{"created_at":"2026-01-08T09:00:00Z","assignee":{"login":"nobody"}}]}""";

        await ImportAsync(company, Seats, UsageFormat.GithubSeats);

        (await EntriesAsync(company)).ShouldBe(["""operator terminal {"tool":"copilot","format":"github-seats","rows":"2","seats":"2","licences dated":"1","refused":"0","unmapped":"1"}"""]);
    }

    [Fact]
    public async Task A_file_of_which_nothing_is_taken_leaves_no_trace()
    {
        await using var company = await WithPeopleAsync();

        await Should.ThrowAsync<UnreadableFileException>(() => ImportAsync(company, "nonsense"));
        await ImportAsync(company, $"{Header}\nwrong,2026-03-03,copilot,1");

        (await EntriesAsync(company)).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_was_cut_short_says_so_with_what_it_had_learned()
    {
        await using var company = await WithPeopleAsync();
        using var stop = new CancellationTokenSource();
        var rows = Enumerable.Range(0, 120_000).Select(row => $"anna@example.com,2026-03-0{1 + row % 5},copilot,1");

        await Should.ThrowAsync<OperationCanceledException>(() => ImportAsync(company, $"{Header}\n{string.Join('\n', rows)}", stopping: stop));

        (await EntriesAsync(company)).ShouldHaveSingleItem().ShouldMatch("""^operator terminal \{"tool":"copilot","format":"csv","rows":"\d+","days added":"5",.*"cut short":"yes"\}$""");
    }

    static async Task<Company> WithPeopleAsync()
    {
        var company = await Company.CreateAsync(now: "2026-03-10T12:00:00Z");
        await company.ImportPeopleAsync("email,time_zone,github_login\nanna@example.com,Europe/Berlin,octo-anna");
        return company;
    }

    static async Task ImportAsync(
        Company company, string text, UsageFormat format = UsageFormat.Csv, LocalDate? completeTo = null, CancellationTokenSource? stopping = null)
    {
        using var file = new TextFile(text);
        await new UsageImport(company.Source, company.Clock).RunAsync(
            Asker.Operator(company.Id), "Copilot", format, file.Path, completeTo, stopping is null ? null : new Stopping(stopping), stopping?.Token ?? TestContext.Current.CancellationToken);
    }

    static async Task<string[]> EntriesAsync(Company company)
    {
        (await new AuditVerification(company.Source).RunAsync(company.Id, null, TestContext.Current.CancellationToken)).Broken.ShouldBeNull();
        return await company.ListAsync<string>("select concat_ws(' ', actor, place, before, after) from audit_entries where action = 'usage.import' order by number");
    }

    /// <summary>After the first thing that is told.</summary>
    sealed class Stopping(CancellationTokenSource stop) : IProgress<Progress>
    {
        public void Report(Progress value) => stop.Cancel();
    }
}
