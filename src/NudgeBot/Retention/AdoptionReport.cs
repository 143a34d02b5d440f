using NodaTime;

namespace NudgeBot.Retention;

/// <summary>What is measured besides retention by week. A figure is null where fewer than five people are behind it.</summary>
/// <param name="CompleteTo">The last date of which everything is known; null: nothing has come in yet.</param>
/// <param name="Adopted">Of those at risk in week 4, active in it on two dates or more.</param>
/// <param name="Rolling">Of the licensed, with use on one of the last 28 dates.</param>
/// <param name="SessionsPerActiveDate">Null also where no feed counts sessions.</param>
public sealed record AdoptionReport(
    UsageSource Source, LocalDate? CompleteTo, Cell? Adopted, Cell? Rolling, double? ActiveDatesPerActiveWeek, double? SessionsPerActiveDate,
    AbandonmentReport? Abandonment, IReadOnlyList<StepFollowed> AfterNudge);
