using NudgeBot.Tests;

namespace NudgeBot.Web.Tests;

/// <summary>The shipped guides, and a country that works on every day: the program's clock is the system's, and tests run on Sundays too.</summary>
sealed class EveryDayContent : IDisposable
{
    public const string Country = "XX";

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("nudgebot-content-");

    public EveryDayContent()
    {
        folder.CreateSubdirectory("campaigns");
        folder.CreateSubdirectory("calendars");
        Directory.CreateSymbolicLink(System.IO.Path.Combine(Path, "guides"), Shipped.Content.Guides);
        WriteCalendar($"""
            country: {Country}
            name: Nowhere
            source: invented
            weekend: []
            holidays: []
            """);
    }

    public string Path => folder.FullName;

    public void WriteCalendar(string yaml) => File.WriteAllText(System.IO.Path.Combine(Path, "calendars", $"{Country}.yaml"), yaml);

    public void Dispose() => folder.Delete(recursive: true);
}
