using System.Globalization;
using NodaTime;
using NudgeBot.Simulation;
using NudgeBot.Usage;

namespace NudgeBot.Bench;

/// <summary>Roster, use and answers of invented people, as files for <c>simulate</c>; gone when disposed.</summary>
sealed class InventedFiles : IDisposable
{
    static readonly LocalDate From = new(2027, 1, 11);
    static readonly string[] Roles = ["developer", "qa", "business-analyst", "devops", "designer", "product-manager"];
    static readonly string[] Zones =
    [
        "Europe/Berlin", "Europe/London", "Europe/Paris", "Europe/Madrid", "Europe/Helsinki", "Europe/Istanbul", "Asia/Kolkata", "Asia/Dubai", "Asia/Tokyo",
        "Asia/Singapore", "Asia/Shanghai", "Asia/Jerusalem", "Australia/Sydney", "Australia/Adelaide", "Pacific/Auckland", "America/New_York", "America/Chicago",
        "America/Denver", "America/Los_Angeles", "America/Sao_Paulo",
    ];
    static readonly string[] Steps = ["day-1-guide", "day-3-check-in", "day-5-guide", "day-10-re-engagement", "day-14-check-in", "day-21-pulse", "day-30-milestone"];
    static readonly string[] Words = ["worked", "not-useful", "not-yet", "blocked", "text", "worked", "worked", "snooze"];

    readonly string folder = Directory.CreateTempSubdirectory("nudgebot-bench-").FullName;

    InventedFiles(int people, int days, string campaignFile) =>
        Input = new SimulationInput(campaignFile, Write("roster.csv", Roster(people)), Write("usage.csv", Usage(people, days)), UsageFormat.Csv,
            Write("answers.csv", Answers(people)), From, days);

    public SimulationInput Input { get; }
    public int UsageRows => File.ReadLines(Input.UsageFile!).Count() - 1;
    public int AnswerRows => File.ReadLines(Input.AnswersFile!).Count() - 1;

    public static InventedFiles Write(int people, int days, string campaignFile) => new(people, days, campaignFile);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static IEnumerable<string> Roster(int people) => Enumerable.Range(0, people)
        .Select(n => $"{Email(n)},{Roles[n % Roles.Length]},Team {Text(n % 211)},Location {Text(n % 10)},{Zones[n % Zones.Length]}")
        .Prepend("email,role,team,location,time_zone");

    /// <summary>On four dates of ten: about thirty of seventy-five.</summary>
    static IEnumerable<string> Usage(int people, int days)
    {
        var random = new Random(1);
        yield return "email,day,tool,count";
        for (var n = 0; n < people; n++)
            for (var day = 0; day < days; day++)
                if (random.Next(10) < 4) yield return $"{Email(n)},{From.PlusDays(day):uuuu-MM-dd},copilot,3";
    }

    /// <summary>To four steps, each person's own.</summary>
    static IEnumerable<string> Answers(int people)
    {
        var random = new Random(2);
        yield return "email,step,after_minutes,answer,text";
        for (var n = 0; n < people; n++)
            for (var i = 0; i < 4; i++)
                yield return $"{Email(n)},{Steps[(n + 2 * i) % Steps.Length]},{Text(random.Next(600))},{Words[random.Next(Words.Length)]},";
    }

    string Write(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    static string Email(int number) => $"person{Text(number)}@example.com";

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
