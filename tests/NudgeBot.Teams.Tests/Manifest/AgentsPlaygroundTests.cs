using System.Text.RegularExpressions;

namespace NudgeBot.Teams.Tests.Manifest;

/// <summary>The people of Microsoft's Agents Playground, by which the manual lets one try NudgeBot.</summary>
public sealed partial class AgentsPlaygroundTests
{
    /// <summary>It is silent about a file that it does not take: six people, no more and no less.</summary>
    [Fact]
    public void Six_people_are_on_the_sample_roster_and_are_found_by_their_id_in_the_directory()
    {
        var samples = Path.Combine(Path.GetDirectoryName(TeamsAppFiles.Folder)!, "..", "samples");
        var roster = File.ReadAllLines(Path.Combine(samples, "roster.csv")).Select(line => line.Split(',')[0]).ToHashSet();
        var people = People().Matches(File.ReadAllText(Path.Combine(samples, "agents-playground", ".m365agentsplayground.yml")));

        people.Count.ShouldBe(6);
        people.Select(person => person.Groups["id"].Value).ShouldBeUnique();
        foreach (Match person in people)
        {
            roster.ShouldContain(person.Groups["email"].Value);
            person.Groups["directory"].Value.ShouldBe(person.Groups["id"].Value);
            Guid.TryParseExact(person.Groups["id"].Value, "D", out _).ShouldBeTrue();
        }
    }

    [GeneratedRegex(@"\bid: (?<id>\S+)\s+name: .+\s+givenName: .+\s+surname: .+\s+email: (?<email>\S+)\s+userPrincipleName: .+\s+aadObjectId: (?<directory>\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex People();
}
