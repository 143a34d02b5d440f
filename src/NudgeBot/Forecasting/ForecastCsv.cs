using NodaTime;
using NodaTime.Text;
using NudgeBot.Nudging;
using NudgeBot.People;

namespace NudgeBot.Forecasting;

/// <summary>A forecast as files; each begins with its header, and ends with a line break.</summary>
/// <param name="Hours">A line for each workspace and hour with messages.</param>
/// <param name="Unreached">A line for each person who is to get messages and cannot be reached.</param>
public sealed record ForecastCsv(string Steps, string Hours, string Unreached)
{
    public const string MessagesHeader = "to,step,planned_utc,outcome,reason,decided_utc";

    static readonly InstantPattern Utc = InstantPattern.General;

    /// <summary>Why a message is not sent; a column each.</summary>
    static readonly string[] Reasons = [.. Words.All<SkipReason>(), .. Words.All<HoldReason>(), OtherReason.Expired, .. Words.All<FailReason>()];

    public static ForecastCsv Of(CampaignForecast forecast) => new(
        File("step,sent,sent_alternative,sent_late,open,first_utc,last_utc," + string.Join(',', Reasons.Select(reason => reason.Replace('-', '_'))), forecast.Steps.Select(Line)),
        File("workspace,platform,hour_utc,messages,limit_per_hour", forecast.Load.SelectMany(Lines)),
        File("", PreflightText.CsvLines(forecast.Unreached)));

    public static string Line(ForeseenMessage message) => Csv.Line(
        Csv.Inert(message.To), message.StepKey, Utc.Format(message.PlannedAt), Words.Of(message.Outcome), message.Reason ?? "", At(message.At));

    static string Line(StepForecast step) => Csv.Line(
    [
        step.Key, $"{step.Sent}", $"{step.Alternative}", $"{step.SentLate}", $"{step.Open}", At(step.First), At(step.Last),
        .. Reasons.Select(reason => $"{step.NotSent.FirstOrDefault(one => one.Reason == reason)?.Count ?? 0}"),
    ]);

    static IEnumerable<string> Lines(WorkspaceLoad load) =>
        load.Hours.Select(hour => Csv.Line(Csv.Inert(load.Workspace), load.Platform, Utc.Format(hour.From), $"{hour.Messages}", $"{load.PerHour}"));

    static string At(Instant? instant) => instant is { } at ? Utc.Format(at) : "";

    static string File(string header, IEnumerable<string> lines) =>
        string.Concat((header.Length > 0 ? lines.Prepend(header) : lines).Select(line => $"{line}\n"));
}
