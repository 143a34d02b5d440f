using System.Text.RegularExpressions;

namespace NudgeBot.Tests.Conventions;

public partial class SqlTests
{
    static readonly string ClocksOfTheDatabase = @"\bnow\(\)|\bcurrent_timestamp\b|\bcurrent_date\b|\bcurrent_time\b|\blocaltimestamp\b|\b(statement|transaction|clock)_timestamp\(";

    /// <summary>Product time comes in as a parameter; only leases go by the database's clock, in one file.</summary>
    [Fact]
    public void Never_asks_the_database_what_time_it_is() =>
        SourceFiles.All(".cs", ".sql")
            .Where(file => !file.Path.EndsWith("Leases.cs"))
            .SelectMany(file => WithoutComments(file.Text).Split('\n').Select((line, index) => (Place: $"{file.Path}:{index + 1}", Line: line)))
            .Where(line => Regex.IsMatch(line.Line, ClocksOfTheDatabase, RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture))
            .Select(line => $"{line.Place} {line.Line.Trim()}")
            .ShouldBeEmpty();

    /// <summary>Everything belongs to one organization, and nothing crosses it: a statement that reads or writes says whose rows it means.</summary>
    [Fact]
    public void Names_the_organization_in_every_statement()
    {
        var statements = SourceFiles.All(".cs").SelectMany(file => Statements(file.Text).Select(statement => (file.Path, Statement: statement))).ToList();

        statements.Count.ShouldBeGreaterThan(50, "the search itself must not have gone blind");
        statements.Where(found => !found.Statement.Contains("organization", StringComparison.OrdinalIgnoreCase))
            .Select(found => $"{found.Path}: {found.Statement.Trim()}")
            .ShouldBeEmpty();
    }

    static IEnumerable<string> Statements(string source) => StringLiterals().Matches(source)
        .Select(literal => literal.Value)
        .Where(text => TouchesATable().IsMatch(text));

    static string WithoutComments(string source) => Comments().Replace(source, "");

    [GeneratedRegex("\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"", RegexOptions.Singleline)]
    private static partial Regex StringLiterals();

    [GeneratedRegex(@"\b(from|join|update|into)\s+(workspaces|workspace_connections|segments|persons|accounts|team_channels|campaigns|journey_versions|steps|enrollments|nudges|team_posts|team_post_lines|responses|pulse_answers|usage_days|usage_feeds|forecasts|seats|wins|win_reactions|playground_people|playground_messages|slack_installations|slack_install_states|people_reads|teams_tenants|inbox|rate_budgets|audit_entries|audit_heads|audit_persons|admin_codes|rollout_moves|gate_breaches|readiness|notices)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex TouchesATable();

    [GeneratedRegex(@"^\s*(///?|--).*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Comments();
}
