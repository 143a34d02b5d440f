using NodaTime;
using NudgeBot.Commands;
using NudgeBot.Gates;
using NudgeBot.Governance;

namespace NudgeBot.Tests.WholeProgram;

/// <summary>What an administrator of a large company asks for, and what must all be in the answer, however many messages it takes.</summary>
static class LongAnswers
{
    const int Teams = 300;

    static readonly string[] AllTeams = [.. Enumerable.Range(0, Teams).Select(NameOf)];

    /// <summary>Below it nothing may stand.</summary>
    public const string Cut = "This is not all of it";

    public static readonly (string Line, string[] Words)[] All =
    [
        ("campaign export long", ["key: long", .. Places.Select((_, number) => Words(number)), .. Enumerable.Range(0, 40).Select(step => $"key: step-{step}")]),
        ("people check", [.. Enumerable.Range(0, Teams).Select(team => $"p{team}.with.a.name.that.is.long@acme.com")]),
        ("retention --campaign first-60-days --by team", ["Retention, week by week after day 0", .. AllTeams, "Use after a nudge is not use because of it."]),
        ("campaign report first-60-days --by team", ["Retention, week by week after day 0", .. AllTeams, "Use after a nudge is not use because of it.", "Look at it"]),
        ("audit", [.. Enumerable.Range(5, 15).Select(number => $"→ Note {number} "), "Older entries", "Verify the log"]),
        ("campaign show long", ["step-0", "step-39", "Rollout"]),
    ];

    /// <summary>A long campaign, and so many teams of one that nobody has read all their names.</summary>
    public static async Task PrepareAsync(Town town)
    {
        await town.ImportAsync("email,time_zone,team\n" + string.Join('\n', Enumerable.Range(0, Teams).Select(team => $"p{team}.with.a.name.that.is.long@acme.com,Europe/Berlin,{NameOf(team)}")));
        await town.ExecuteAsync("update persons set admin = true where organization_id = 1 and email = 'anna@acme.com'");
        await town.LaunchAsync(Campaign());
        for (var number = 0; number < 20; number++)
        {
            var note = $"Note {number} {new string('n', 900)}";
            await town.Program.Product.Desk.AnswerAsync(
                Asker.Operator(1), new ReadinessRequest.Set("long", "pilot", ReadinessState.Partial, Owner: null, note, Link: $"https://example.com/{number}/{new string('l', 900)}", BasedOn: null), TestContext.Current.CancellationToken);
        }
        // Into the night in which the shipped campaign starts: everybody is in it, and nothing is due yet.
        await town.PassAsync(Duration.FromHours(15));
    }

    /// <summary>With words of its own for each role and language.</summary>
    public static string Campaign() => $"""
        key: long
        name: Long
        tool: copilot
        owner: anna@acme.com
        start: 2027-06-01
        managed: chat
        texts:
        {string.Join('\n', Places.Select((place, number) => $"  {place}: \"{Words(number)}{string.Concat(Enumerable.Repeat(" And so it goes on.", 100))}\""))}
        steps:
        {string.Join('\n', Enumerable.Range(0, 40).Select(step => $"  - {{key: step-{step}, day: {step}, at: \"10:00\", kind: guide, text: day-1}}"))}
        """;

    static IEnumerable<string> Places =>
        from locale in new[] { "en", "de" }
        from role in new[] { "developer", "qa", "business-analyst", "product-manager", "devops", "designer" }
        from day in new[] { 1, 3, 5 }
        select $"{locale}/{role}/day-{day}";

    static string NameOf(int team) => $"Team {team:000}";

    static string Words(int number) => $"These are the very own words of place {number}.";
}
