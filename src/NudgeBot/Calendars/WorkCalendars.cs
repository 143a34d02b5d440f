using NudgeBot.Files;

namespace NudgeBot.Calendars;

/// <summary>The calendars of a folder, one file per country, read once.</summary>
public sealed class WorkCalendars
{
    readonly Dictionary<string, WorkCalendar> byCountry = new(StringComparer.OrdinalIgnoreCase);

    public WorkCalendars(string folder)
    {
        var found = new List<FileError>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Order())
        {
            var errors = new FileErrors($"calendars/{Path.GetFileName(path)}");
            var country = Path.GetFileNameWithoutExtension(path);
            var calendar = new CalendarReader(errors).Read(YamlTree.Read(File.ReadAllText(path), errors), country);
            if (errors.None) byCountry.Add(country, calendar);
            found.AddRange(errors.InOrder);
        }
        Errors = found;
    }

    /// <summary>A file with errors is left out: its country is treated like one without a file.</summary>
    public IReadOnlyList<FileError> Errors { get; }

    public IEnumerable<string> Countries => byCountry.Keys;

    /// <summary>Saturday, Sunday and no holidays where the country is unknown or has no file.</summary>
    public WorkCalendar For(string? country) =>
        country is not null && byCountry.TryGetValue(country, out var calendar) ? calendar : WorkCalendar.WithoutFile;
}
