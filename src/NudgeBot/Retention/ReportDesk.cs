using NudgeBot.Champions;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Governance;

namespace NudgeBot.Retention;

/// <summary>What is only looked at: wins, who still uses the tool, who changed what.</summary>
public sealed class ReportDesk(WinList wins, RetentionMeasure retention, AdoptionMeasure adoption, AuditDesk audit)
{
    const int ReportedWeeks = 8;

    public Task<Message> AnswerAsync(Asker asker, ReportRequest request, CancellationToken cancellation) => request.Match(
        list => wins.ShowAsync(asker, list.Count, cancellation),
        asked => RetentionAsync(asker, asked, cancellation),
        asked => audit.ShowAsync(asker, asked, cancellation),
        asked => audit.VerifyAsync(asker, asked.Noted, cancellation));

    public IAsyncEnumerable<string> AuditCsvAsync(Asker asker, ReportRequest.Audit asked, CancellationToken cancellation = default) => audit.CsvAsync(asker, asked, cancellation);

    public async Task<IReadOnlyList<string>> RetentionCsvAsync(Asker asker, ReportRequest.Retention asked, CancellationToken cancellation = default) =>
        [RetentionText.CsvHeader, .. RetentionText.CsvLines(await ReportAsync(asker, asked, cancellation))];

    async Task<Message> RetentionAsync(Asker asker, ReportRequest.Retention asked, CancellationToken cancellation) => RetentionText.Of(
        await ReportAsync(asker, asked, cancellation), await adoption.RunAsync(asker.OrganizationId, asked.Campaign, cancellation: cancellation));

    /// <summary>The total, and beside it the new people, whom the reference speaks of, or the groups that were asked for.</summary>
    Task<RetentionReport> ReportAsync(Asker asker, ReportRequest.Retention asked, CancellationToken cancellation)
    {
        IReadOnlyList<Grouping> groupings = asked.By is { } one and not Grouping.All ? [Grouping.All, one] : [Grouping.All, Grouping.Entry];
        return retention.RunAsync(asker.OrganizationId, asked.Campaign, groupings, ReportedWeeks, cancellation: cancellation);
    }
}
