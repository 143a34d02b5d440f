using System.Globalization;
using NodaTime;
using NodaTime.Text;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;

namespace NudgeBot.Governance;

/// <summary>The audit log as people read it: a line of Markdown for each entry, lines of CSV, and what its verification found.</summary>
public static class AuditText
{
    public const string CsvHeader = "number,at,by,place,action,refused,campaign,about,before,after,why,hash";

    const int LongestValue = 160;
    const string Deleted = "deleted";

    static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");
    static readonly InstantPattern Moment = InstantPattern.General;

    public static Message Page(IReadOnlyList<AuditRecord> records, string locale, DateTimeZone zone) =>
        Message.Say(records.Count == 0 ? Phrases.Say(locale, "audit-none") : string.Join('\n', records.Select(record => Line(record, locale, zone))));

    /// <param name="zone">Of who asks.</param>
    public static string Line(AuditRecord record, string locale, DateTimeZone zone)
    {
        string?[] said =
        [
            Phrases.Say(locale, "audit-line", ("at", Time.Format(record.At.InZone(zone).LocalDateTime)), ("by", Who(record.By)), ("action", Markdown.Escape(record.Action))),
            record.Campaign is { } campaign ? Markdown.Escape(campaign) : null,
            record.IsAboutSomebody ? Phrases.Say(locale, "audit-about", ("person", Who(record.Subject))) : null,
            record.Refused ? Phrases.Say(locale, "audit-refused") : null,
            .. Names(record).Select(Change),
            record.HasWhy ? Phrases.Say(locale, "audit-why", ("why", Short(record.Why ?? Gone()))) : null,
        ];
        return $"- {string.Join(", ", said.OfType<string>())}";

        string Who(string? by) => by switch
        {
            AuditRow.Operator => Phrases.Say(locale, "audit-operator"),
            AuditRow.System => Phrases.Say(locale, "audit-system"),
            null => Gone(),
            _ => Markdown.Escape(by),
        };

        string Gone() => Phrases.Say(locale, "audit-deleted");

        string Change(string name)
        {
            var (before, after) = (Shown(record.Before), Shown(record.After));
            // What is the same tells what it was about.
            return $"{Markdown.Escape(name)}: {(before is null || (before == after && before != Gone()) ? after : $"{before} → {after ?? "–"}")}";

            string? Shown(IReadOnlyList<AuditValue> values) => Value(values, name, Gone()) is { } value ? Short(value) : null;
        }
    }

    /// <summary>Without header. Times are UTC; a value stands on a line of its cell.</summary>
    public static string CsvLine(AuditRecord record) => Csv.Line(
        record.Number.ToString(CultureInfo.InvariantCulture), Moment.Format(record.At), Csv.Inert(record.By ?? Deleted), record.Place, record.Action,
        record.Refused ? "yes" : "no", Csv.Inert(record.Campaign ?? ""), record.IsAboutSomebody ? Csv.Inert(record.Subject ?? Deleted) : "",
        Cell(record.Before), Cell(record.After), record.HasWhy ? Csv.Inert(record.Why ?? Deleted) : "", record.Hash);

    public static Message Verdict(AuditVerdict verdict, string locale)
    {
        var entries = verdict.Entries.ToString(CultureInfo.InvariantCulture);
        return Message.Say(verdict.Broken is not { } broken
            ? Phrases.Say(locale, "audit-whole", ("entries", entries), ("head", verdict.Head!.ToString()))
            : Phrases.Say(locale, "audit-broken",
                ("what", Phrases.Say(locale, $"audit-fault-{Words.Of(broken.Fault)}", ("number", broken.Number.ToString(CultureInfo.InvariantCulture)))),
                ("entries", entries)));
    }

    static string Cell(IReadOnlyList<AuditValue> values) =>
        Csv.Inert(string.Join('\n', values.Select(value => $"{value.Name}: {Value(values, value.Name, Deleted)}")));

    static IEnumerable<string> Names(AuditRecord record) => record.Before.Concat(record.After).Select(value => value.Name).Distinct();

    static string? Value(IReadOnlyList<AuditValue> values, string name, string gone) =>
        values.FirstOrDefault(value => value.Name == name) is { } value ? string.Concat(value.Parts.Select(part => part ?? gone)) : null;

    static string Short(string written) => Markdown.Escape(Typography.Cut(written.ReplaceLineEndings(" / "), LongestValue));
}
