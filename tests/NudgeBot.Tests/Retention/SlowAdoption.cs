using NodaTime;
using NudgeBot.Retention;

namespace NudgeBot.Tests.Retention;

/// <summary>Adoption's measures from the day rows, person by person and date by date.</summary>
sealed class SlowAdoption(IReadOnlyList<MeasuredPerson> people, UsageSource source, LocalDate until)
{
    readonly List<MeasuredPerson> enrolled = [.. people.Where(person => person.DayZero is not null)];

    bool Counts(MeasuredPerson person, LocalDate date) => date <= until && !person.HasLeftBy(date);

    bool Counts(MeasuredPerson person, int day) => Counts(person, person.DayZero!.Value.PlusDays(day));

    bool Used(MeasuredPerson person, int day) => person.Use(source).Contains(person.DayZero!.Value.PlusDays(day));

    public Cell? Adopted()
    {
        var atRisk = enrolled.Where(person => Counts(person, 28)).ToList();
        return Alone(atRisk.Count, atRisk.Count(person => Enumerable.Range(22, 7).Count(day => Used(person, day)) >= 2));
    }

    public Cell? Rolling()
    {
        var licensed = enrolled.Where(person => person.DayZero <= until && !person.HasLeftBy(until)).ToList();
        return Alone(licensed.Count, licensed.Count(person => Enumerable.Range(0, 28).Any(back => person.Use(source).Contains(until.PlusDays(-back)))));
    }

    public double Depth() => (
        from person in enrolled
        from week in Enumerable.Range(1, 18)
        where Counts(person, 7 * week)
        let dates = Enumerable.Range(7 * week - 6, 7).Count(day => Used(person, day))
        where dates > 0
        select dates).Average();

    public double Sessions() => (
        from person in enrolled
        from counted in person.Sessions
        where counted.Key >= person.DayZero && Counts(person, counted.Key)
        select counted.Value).Average();

    public IEnumerable<StepFollowed> AfterNudge() =>
        from person in enrolled
        from nudge in person.Nudges
        let day = Period.DaysBetween(person.DayZero!.Value, nudge.On)
        where nudge.Outcome == "sent" && Counts(person, day + 3) && day + 3 <= 127
        group Used(person, day + 1) || Used(person, day + 2) || Used(person, day + 3) by nudge.Step into step
        orderby int.Parse(step.Key[4..])
        select new StepFollowed(step.Key, Alone(step.Count(), step.Count(used => used)));

    /// <summary>The product-limit estimate in its plainest form.</summary>
    public double? Survival(int day)
    {
        var subjects = enrolled.Select(person =>
        {
            var known = Enumerable.Range(0, 128).TakeWhile(d => Counts(person, d)).ToList();
            var uses = known.Where(d => Used(person, d)).ToArray();
            return (Last: known.Count - 1, IsSubject: uses.Length > 0, Event: AbandonmentTests.Slow(known.Count - 1, uses));
        }).Where(subject => subject.IsSubject).ToList();
        if (subjects.Count(subject => subject.Last >= day) < 5) return null;

        var survival = 1.0;
        for (var time = 0; time <= day; time++)
        {
            var atRisk = subjects.Count(subject => (subject.Event ?? subject.Last) >= time);
            if (atRisk == 0) return survival == 0 ? 0 : null;
            survival *= 1 - (double)subjects.Count(subject => subject.Event == time) / atRisk;
        }
        return survival;
    }

    static Cell? Alone(int atRisk, int active) => atRisk < 5 ? null : new Cell(atRisk, active);
}
