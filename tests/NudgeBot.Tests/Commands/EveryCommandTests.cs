using NodaTime;
using NudgeBot.Commands;
using NudgeBot.Retention;
using NudgeBot.Usage;
using Request = NudgeBot.Commands.CommandRequest;

namespace NudgeBot.Tests.Commands;

public class EveryCommandTests
{
    const string Key = "first-60-days";
    static readonly LocalDate March2 = new(2026, 3, 2);

    static readonly Dictionary<string, Request> InChat = new()
    {
        ["guide"] = new Request.Guide(null),
        ["guide day-3"] = new Request.Guide(GuideChoice.Day3),
        ["used"] = new Request.Used(null),
        ["used 20"] = new Request.Used(20),
        ["blocked"] = new Request.Blocked(null),
        ["blocked I don't have a licence yet"] = new Request.Blocked("I don't have a licence yet"),
        ["win"] = new Request.Win(null),
        ["win Tests for the parser in ten minutes"] = new Request.Win("Tests for the parser in ten minutes"),
        ["win list"] = new Request.ListWins(10),
        ["win list 20"] = new Request.ListWins(20),
        ["snooze"] = new Request.Snooze(7),
        ["snooze 14"] = new Request.Snooze(14),
        ["stop"] = new Request.Stop(),
        ["resume"] = new Request.Resume(),
        ["resume all"] = new Request.ResumeAll(),
        ["settings"] = new Request.Settings(),
        ["privacy"] = new Request.Privacy(),
        ["campaign list"] = new Request.ListCampaigns(),
        ["campaign show first-60-days"] = new Request.ShowCampaign(Key),
        ["campaign pause first-60-days"] = new Request.PauseCampaign(Key),
        ["campaign resume first-60-days"] = new Request.ResumeCampaign(Key),
        ["campaign end first-60-days"] = new Request.EndCampaign(Key),
        ["pause all"] = new Request.PauseAll(),
        ["retention --campaign first-60-days"] = new Request.Retention(Key, null, Csv: false),
        ["retention --campaign first-60-days --by team"] = new Request.Retention(Key, Grouping.Team, Csv: false),
    };

    static readonly Dictionary<string, Request> InTerminal = new()
    {
        ["demo"] = new Request.Demo(Fresh: false, null, null),
        ["demo --fresh"] = new Request.Demo(Fresh: true, null, null),
        ["demo --slack-fake"] = new Request.Demo(Fresh: false, null, null, SlackFake: true),
        ["demo --fresh --campaign pilot.yaml"] = new Request.Demo(Fresh: true, null, "pilot.yaml"),
        ["run"] = new Request.Run(null),
        ["run --urls http://localhost:8080"] = new Request.Run("http://localhost:8080"),
        ["people import roster.csv"] = new Request.ImportPeople("roster.csv", Complete: false, Confirm: false),
        ["people import roster.csv --complete"] = new Request.ImportPeople("roster.csv", Complete: true, Confirm: false),
        ["people show anna@example.com"] = new Request.ShowPerson("anna@example.com"),
        ["people check"] = new Request.CheckPeople(Csv: false),
        ["people check --csv"] = new Request.CheckPeople(Csv: true),
        ["campaign apply campaigns/first-60-days.yaml"] = new Request.ApplyCampaign("campaigns/first-60-days.yaml"),
        ["campaign list"] = new Request.ListCampaigns(),
        ["campaign show first-60-days"] = new Request.ShowCampaign(Key),
        ["campaign pause first-60-days"] = new Request.PauseCampaign(Key),
        ["campaign resume first-60-days"] = new Request.ResumeCampaign(Key),
        ["campaign end first-60-days"] = new Request.EndCampaign(Key),
        ["usage import usage.ndjson --format github-copilot"] =
            new Request.ImportUsage("usage.ndjson", UsageFormat.GithubCopilot, null, null),
        ["usage import usage.csv --format csv --tool copilot --complete-to 2026-03-14"] =
            new Request.ImportUsage("usage.csv", UsageFormat.Csv, "copilot", new LocalDate(2026, 3, 14)),
        ["win list"] = new Request.ListWins(10),
        ["win list 20"] = new Request.ListWins(20),
        ["usage feeds"] = new Request.ListFeeds(),
        ["retention --campaign first-60-days"] = new Request.Retention(Key, null, Csv: false),
        ["retention --campaign first-60-days --by team"] = new Request.Retention(Key, Grouping.Team, Csv: false),
        ["simulate --campaign first-60-days.yaml --roster roster.csv --from 2026-03-02 --days 61 --out results"] =
            new Request.Simulate("first-60-days.yaml", "roster.csv", null, null, March2, 61, "results"),
        ["simulate --campaign c.yaml --roster r.csv --usage u.csv --format csv --from 2026-03-02 --days 61 --out results"] =
            new Request.Simulate("c.yaml", "r.csv", new SimulatedUsage("u.csv", UsageFormat.Csv), null, March2, 61, "results"),
        ["teams-package --host nudgebot.example.com --company Contoso --about https://intranet.example.com/nudgebot"] =
            new Request.TeamsPackage(null, "nudgebot.example.com", null, "Contoso", "https://intranet.example.com/nudgebot", null),
        ["teams-package --host nudgebot.example.com"] = new Request.TeamsPackage(null, "nudgebot.example.com", null, null, null, null),
        ["pause all"] = new Request.PauseAll(),
        ["resume all"] = new Request.ResumeAll(),
    };

    public static TheoryData<string> ChatExamples => [.. Examples(Grammar.Chat)];
    public static TheoryData<string> TerminalExamples => [.. Examples(Grammar.Terminal)];

    [Theory, MemberData(nameof(ChatExamples))]
    public void ExampleInChat_MakesItsRequest(string line) => Reads.Chat(line).ShouldBe(InChat[line]);

    [Theory, MemberData(nameof(TerminalExamples))]
    public void ExampleInTerminal_MakesItsRequest(string line) => Reads.Terminal(line.Split(' ')).ShouldBe(InTerminal[line]);

    [Theory, MemberData(nameof(ChatExamples))]
    public void ExampleInChat_IsForThoseOfItsCommand(string line)
    {
        var needs = Grammar.Chat.Read(line, Needs.Operator).ShouldBeOfType<Reading.Parsed>().Needs;
        Grammar.Chat.Read(line, needs).ShouldBeOfType<Reading.Parsed>();
        if (needs > Needs.Person) Grammar.Chat.Read(line, needs - 1).ShouldBeOfType<Reading.Rejected>();
    }

    [Fact]
    public void EveryWord_HasADescription_AndEveryCommandAnExample()
    {
        foreach (var verb in Grammar.Chat.Root.Below().Concat(Grammar.Terminal.Root.Below()))
        {
            verb.Description.ShouldNotBeNullOrWhiteSpace(verb.Path);
            if (!verb.IsGroup) verb.Examples.ShouldNotBeEmpty(verb.Path);
            verb.Examples.ShouldAllBe(example => example.StartsWith(verb.Path));
            verb.Arguments.ShouldAllBe(argument => !string.IsNullOrEmpty(argument.Description) && argument.HelpName != null);
            verb.Options.ShouldAllBe(option => !string.IsNullOrEmpty(option.Description));
        }
    }

    [Fact]
    public void EveryRequest_CanBeAskedSomewhere() =>
        InChat.Values.Concat(InTerminal.Values).Select(r => r.GetType()).Distinct()
            .ShouldBe(typeof(Request).GetNestedTypes(), ignoreOrder: true);

    [Fact]
    public void EveryRequest_ReachesItsOwnHandler()
    {
        foreach (var request in InChat.Values.Concat(InTerminal.Values))
        {
            var name = request.Match(
                _ => "Guide", _ => "Used", _ => "Blocked", _ => "Win", _ => "ListWins", _ => "Snooze", _ => "Stop", _ => "Resume", _ => "Settings", _ => "Privacy",
                _ => "ListCampaigns", _ => "ShowCampaign", _ => "PauseCampaign", _ => "ResumeCampaign", _ => "EndCampaign",
                _ => "ApplyCampaign", _ => "PauseAll", _ => "ResumeAll", _ => "Retention", _ => "ImportPeople", _ => "ShowPerson",
                _ => "CheckPeople", _ => "ImportUsage", _ => "ListFeeds", _ => "Simulate", _ => "Run", _ => "Demo",
                _ => "TeamsPackage");
            name.ShouldBe(request.GetType().Name);
        }
    }

    static IEnumerable<string> Examples(Grammar grammar) =>
        grammar.Root.Below().Where(v => v.Request is not null).SelectMany(v => v.Examples);
}
