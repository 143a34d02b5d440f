using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;

namespace NudgeBot.Governance;

/// <summary>The audit log, as administrators ask for it.</summary>
public sealed class AuditDesk(NpgsqlDataSource database, ProductClock clock)
{
    const int PerPage = 15;

    readonly AuditReader reader = new(database);

    public async Task<Message> ShowAsync(Asker asker, ReportRequest.Audit asked, CancellationToken cancellation)
    {
        var records = await reader.ReadAsync(asker.OrganizationId, await FilterAsync(asker, asked, cancellation), PerPage + 1, cancellation);
        var page = AuditText.Page([.. records.Take(PerPage)], asker.Locale, asker.Zone);
        var verify = new Button(ActionIds.Command, "audit verify", "Verify the log");
        return page.With(new Block.Buttons(records.Count <= PerPage
            ? [verify]
            : [new Button(ActionIds.Command, LineOf(asked with { Before = (int)records[PerPage - 1].Number }), "Older entries →"), verify]));
    }

    public async IAsyncEnumerable<string> CsvAsync(Asker asker, ReportRequest.Audit asked, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        yield return AuditText.CsvHeader;
        await foreach (var record in reader.AllAsync(asker.OrganizationId, await FilterAsync(asker, asked, cancellation), cancellation)) yield return AuditText.CsvLine(record);
    }

    public async Task<Message> VerifyAsync(Asker asker, string? noted, CancellationToken cancellation)
    {
        AuditHead? head = null;
        if (noted is not null && !AuditHead.TryParse(noted, out head))
            throw new RefusalException("`--noted` takes what an earlier `audit verify` told: a number, a colon and a hash.", "--noted");
        return AuditText.Verdict(await new AuditVerification(database).RunAsync(asker.OrganizationId, head, cancellation), asker.Locale);
    }

    async Task<AuditFilter> FilterAsync(Asker asker, ReportRequest.Audit asked, CancellationToken cancellation) => new()
    {
        Since = asked.Since is { } ago ? clock.Now - ago : null,
        Campaign = asked.Campaign,
        Before = asked.Before,
        By = asked.By?.ToLowerInvariant() switch
        {
            null => null,
            AuditRow.Operator => new Actor.Operator(),
            AuditRow.System => new Actor.System(),
            _ => await PersonAsync(asker, asked.By, cancellation),
        },
    };

    async Task<Actor> PersonAsync(Asker asker, string who, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return new Actor.Person((await NamedPerson.FindAsync(connection, asker.OrganizationId, who, "--by")).Id);
    }

    static string LineOf(ReportRequest.Audit asked)
    {
        List<string> words = ["audit"];
        if (asked.Since is { } since) words.AddRange(["--since", string.Create(CultureInfo.InvariantCulture, $"{(int)since.TotalHours}h")]);
        if (asked.By is { } by) words.AddRange(["--by", by]);
        if (asked.Campaign is { } campaign) words.AddRange(["--campaign", campaign]);
        if (asked.Before is { } before) words.AddRange(["--before", before.ToString(CultureInfo.InvariantCulture)]);
        return Blank.LineOf(words);
    }
}
