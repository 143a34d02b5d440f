using NodaTime;
using NudgeBot.Calendars;
using NudgeBot.Campaigns;
using NudgeBot.Simulation;
using NudgeBot.Tests.Simulation.Reference;
using NudgeBot.Usage;

namespace NudgeBot.Tests.Simulation;

/// <summary>The files that a user would hand to <c>simulate</c>, written from the input of the reference; gone when disposed.</summary>
sealed class WrittenInput : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nudgebot-simulation-").FullName;

    public WrittenInput(ReferenceInput input)
    {
        Directory.CreateDirectory(Path.Combine(folder, "campaigns"));
        Directory.CreateDirectory(Path.Combine(folder, "calendars"));
        Directory.CreateDirectory(Path.Combine(folder, "guides", "en", "any"));
        foreach (var calendar in input.Calendars) File.WriteAllText(Path.Combine(folder, "calendars", $"{calendar.Country}.yaml"), Yaml(calendar));
        foreach (var text in input.Campaign.Steps.SelectMany(step => step.Texts.Values.Append(step.Otherwise)).OfType<string>().Distinct())
            File.WriteAllText(Path.Combine(folder, "guides", "en", "any", $"{text}.md"), "---\ntitle: A text\n---\nHello {name}.\n");

        File.WriteAllText(PathOf("campaign.yaml"), CampaignFile.Write(input.Campaign));
        File.WriteAllLines(PathOf("roster.csv"),
        [
            "email,role,team,location,country,time_zone,github_login,licensed_since,left_on",
            .. input.People.Select(p => Csv.Line(p.Email, p.Role, p.Team, p.Location, p.Country, p.Zone, p.Login, Iso(p.LicensedSince), Iso(p.LeftOn))),
        ]);
        File.WriteAllLines(PathOf("answers.csv"),
            ["email,step,after_minutes,answer", .. input.Answers.Select(a => Csv.Line(a.Email, a.Step, a.AfterMinutes.ToString(), Words.Of(a.Answer)))]);
        WriteUsage(input);

        Input = new SimulationInput(
            PathOf("campaign.yaml"), PathOf("roster.csv"), input.Usage is null ? null : PathOf("usage"),
            input.Usage is not { } usage ? null : usage.NamedBy == UsageIdentity.Login ? UsageFormat.GithubCopilot : UsageFormat.Csv,
            PathOf("answers.csv"), input.From, input.Days);
    }

    public SimulationInput Input { get; }

    public ContentFolder Content => new(folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string PathOf(string name) => Path.Combine(folder, name);

    void WriteUsage(ReferenceInput input)
    {
        if (input.Usage is not { } usage) return;
        File.WriteAllLines(PathOf("usage"), usage.NamedBy == UsageIdentity.Login
            ? usage.Rows.Select(row => $$"""{"day":"{{Iso(row.Day)}}","user_login":"{{row.Identity}}","code_generation_activity_count":1}""")
            : usage.Rows.Select(row => Csv.Line(row.Identity, Iso(row.Day), input.Campaign.Tool, "1")).Prepend("email,day,tool,count"));
    }

    static string Yaml(WorkCalendar calendar) => $"""
        country: {calendar.Country}
        name: {calendar.Country}
        source: invented
        weekend: [{string.Join(", ", calendar.Weekend.Select(day => day.ToString().ToLowerInvariant()))}]
        holidays: [{string.Join(", ", calendar.Holidays.Keys.Order().Select(date => $"{{date: {Iso(date)}, name: Holiday}}"))}]
        """;

    static string Iso(LocalDate? date) => date?.ToString("uuuu-MM-dd", null) ?? "";
}
