using System.Text.RegularExpressions;
using NodaTime;
using NudgeBot.Files;

namespace NudgeBot.Calendars;

sealed partial class CalendarReader(FileErrors errors)
{
    static readonly string[] DaysOfWeek = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    readonly Values values = new(errors);

    /// <param name="fileName">Without .yaml: the country.</param>
    public WorkCalendar Read(Node file, string fileName)
    {
        var fields = new Fields(file, errors, "country", "name", "source", "weekend", "holidays");
        fields.Required("name", values.Line);
        fields.Required("source", values.Line);
        var country = fields.Required("country", node => values.Matching(node, TwoLetters(), "must be two capital letters, like DE."));
        if (country.Length > 0 && country != fileName)
            errors.Add(fields["country"], $"'{country}' stands in the file {fileName}.yaml; the two must agree.");
        // At most three days, so that a working day is always near.
        var weekend = fields.Required("weekend", node => values.List(node, Day, atLeast: 0, atMost: 3));
        var holidays = fields.Required("holidays", node => values.List(node, Holiday, atLeast: 0));
        return new WorkCalendar(country, weekend.ToHashSet(), holidays.GroupBy(day => day.Date).ToDictionary(day => day.Key, day => string.Join(", ", day.Select(one => one.Name))));
    }

    IsoDayOfWeek Day(Node node) => (IsoDayOfWeek)(Array.IndexOf(DaysOfWeek, values.OneOf(node, DaysOfWeek)) + 1);

    (LocalDate Date, string Name) Holiday(Node node)
    {
        var fields = new Fields(node, errors, "date", "name");
        return (fields.Required("date", values.Date), fields.Required("name", values.Line));
    }

    [GeneratedRegex("^[A-Z]{2}$")]
    private static partial Regex TwoLetters();
}
