using NodaTime;
using NodaTime.Text;
using NudgeBot.Enrollment;

namespace NudgeBot.Nudging;

/// <summary>An outlook as an operator reads it, in the person's local times. Of answers only that and when: what was answered is the person's own.</summary>
public static class OutlookText
{
    public static IEnumerable<string> Lines(Outlook outlook)
    {
        yield return $"{outlook.CampaignKey}, {outlook.CampaignName} ({outlook.ToolName}): {Words.Of(outlook.CampaignState)}{Pauses(outlook)}";
        yield return $"  {outlook.Standing.InWords()}";
        if (outlook.DayZero is { } dayZero)
        {
            yield return $"  {Words.Of(outlook.Arm!.Value)}, {Words.Of(outlook.Entry!.Value)}, variant {outlook.Variant}; day 0 {Iso(dayZero)}, today is day {outlook.DayNumber}";
            yield return $"  {Use(outlook)}";
        }
        if (outlook.Arm == Arm.Nudged) yield return $"  {outlook.UnansweredInARow} unanswered in a row, back-off {(outlook.BackOff is { } limit ? $"after {limit}" : "never")}";
        if (outlook.OptedOut) yield return "  opted out";
        if (outlook.SnoozedUntil is { } until) yield return $"  snoozed until {Local(until, outlook)}";
        if (outlook.LeftOn is { } left) yield return $"  left on {Iso(left)}";

        if (outlook.Past.Count > 0) yield return $"  until now, in {outlook.Zone.Id}:";
        foreach (var nudge in outlook.Past) yield return $"    {Local(nudge.DecidedAt, outlook)}  {nudge.StepKey}, {nudge.InWords()}{Answered(nudge, outlook)}";
        if (outlook.Next.Count > 0) yield return $"  still to come as things stand, in {outlook.Zone.Id}:";
        foreach (var step in outlook.Next) yield return $"    {Local(step.PlannedAt, outlook)}  {step.StepKey}, {ToCome(step, outlook)}";
    }

    static string Pauses(Outlook outlook) => string.Concat(
        outlook.CampaignPaused ? ", paused" : "", outlook.OrganizationPaused ? ", everything paused" : "", outlook.WorkspacePaused ? ", workspace paused" : "");

    static string Use(Outlook outlook)
    {
        var source = outlook.UseIsTelemetry ? "telemetry" : "self-reported";
        if (outlook.LastUse is not { } last) return $"no use is known ({source})";
        var dates = outlook.UsedOn.Count == 1 ? "1 date" : $"{outlook.UsedOn.Count} dates";
        return $"used on {dates} since day 0, last on {Iso(last)} ({source})";
    }

    static string Answered(PastNudge nudge, Outlook outlook) =>
        nudge.Answers.Count == 0 ? "" : nudge.Answers.Max(answer => answer.At) is { } at ? $", answered {Local(at, outlook)}" : ", answered";

    static string ToCome(NextStep step, Outlook outlook) => string.Join("; ", new[]
    {
        step.Why.InWords(), step.Condition, step.Forecast?.InWords(outlook.Zone) ?? "",
    }.Where(part => part.Length > 0));

    static string Local(Instant instant, Outlook outlook) => instant.InZone(outlook.Zone).ToString("uuuu-MM-dd HH:mm", null);

    static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);
}
