using NodaTime;
using NudgeBot.Campaigns;

namespace NudgeBot.Tests.Simulation.Reference;

/// <summary>
/// What <c>simulate</c> must say, worked out slowly from the rules alone, person by person. The product's
/// own planning, sending and counting are compared with it row by row.
/// </summary>
public static class ReferenceSimulation
{
    public static ReferenceResult Run(ReferenceInput input)
    {
        var lastDate = input.From.ToDateOnly().AddDays(input.Days - 1);
        var enrollments = ReferenceEnrollment.EnrollAll(input);
        var answers = input.Answers.ToLookup(answer => answer.Email.ToLowerInvariant());
        var nudgeRows = new List<string>();
        var enrollmentRows = new List<string>();
        foreach (var enrollment in enrollments)
        {
            if (enrollment.IsWaiting)
            {
                enrollmentRows.Add(Csv.Line(enrollment.Email, Words.Of(State.Waiting), "", "", "", ""));
                continue;
            }
            var journey = new ReferenceJourney(enrollment, input.Campaign, lastDate, answers[enrollment.Email]);
            journey.Run();
            if (enrollment.IsNudged) nudgeRows.AddRange(journey.Nudges.Where(journey.IsCovered).Select(nudge => NudgeRow(enrollment, nudge)));
            enrollmentRows.Add(Csv.Line(
                enrollment.Email,
                Words.Of(journey.IsDone ? State.Done : State.Active),
                LocalDate.FromDateOnly(enrollment.DayZero).ToString("uuuu-MM-dd", null),
                enrollment.Entry is { } entry ? Words.Of(entry) : "",
                Words.Of(enrollment.Arm),
                enrollment.Variant));
        }
        return new ReferenceResult(
            nudgeRows,
            [.. ReferencePosts.Rows(input, enrollments, lastDate)],
            enrollmentRows,
            [.. ReferenceRetention.Rows(input, enrollments, lastDate)]);
    }

    static string NudgeRow(ReferenceEnrollment enrollment, ReferenceNudge nudge) => Csv.Line(
        enrollment.Email,
        nudge.Step.Key,
        LocalMoments.Local(nudge.PlannedMoment, enrollment.Zone),
        nudge.DecidedAt is { } decidedAt ? LocalMoments.Utc(decidedAt) : "",
        Words.Of(nudge.Outcome),
        nudge.Reason);
}

static class Csv
{
    public static string Line(params string[] fields) => string.Join(',', fields.Select(Field));

    static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
}
