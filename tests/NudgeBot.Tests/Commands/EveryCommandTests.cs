using System.Reflection;
using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Commands;
using NudgeBot.Gates;
using NudgeBot.Retention;
using NudgeBot.Usage;

namespace NudgeBot.Tests.Commands;

public class EveryCommandTests
{
    const string Key = "first-60-days";
    static readonly LocalDate March2 = new(2026, 3, 2);

    const string File = "email,time_zone";

    /// <summary>Given in chat and in the terminal alike, and the same request.</summary>
    static readonly Dictionary<string, CommandRequest> InBoth = new()
    {
        ["win list"] = new ReportRequest.Wins(10),
        ["win list 20"] = new ReportRequest.Wins(20),
        ["resume all"] = new GovernanceRequest.ResumeAll(),
        ["campaign list"] = new CampaignRequest.List(1),
        ["campaign show first-60-days"] = new CampaignRequest.Show(Key),
        ["campaign move first-60-days"] = new CampaignRequest.Move(Key),
        ["campaign export first-60-days"] = new CampaignRequest.Export(Key),
        ["campaign forecast first-60-days"] = new CampaignRequest.Forecast(Key, null),
        ["campaign report first-60-days"] = new CampaignRequest.Report(Key, null),
        ["campaign report first-60-days --by team"] = new CampaignRequest.Report(Key, Grouping.Team),
        ["campaign create pilot --tool copilot --start monday --owner anna@example.com --teams Payments"] =
            new CampaignRequest.Create("pilot", "copilot", When.Parse("monday")!.Value, "anna@example.com", null, new CampaignChange { Teams = "Payments" }),
        ["campaign edit pilot --start 2026-12-01 --roles developer,qa"] =
            new CampaignRequest.Edit("pilot", new CampaignChange { Start = When.On(new LocalDate(2026, 12, 1)), Roles = "developer,qa" }, null),
        ["campaign step pilot day-3-check-in --day 4 --at 11:00"] =
            new CampaignRequest.EditStep("pilot", "day-3-check-in", new StepChange { Day = 4, At = new LocalTime(11, 0) }, null),
        ["campaign step pilot day-10-re-engagement --only-if \"{no_use_in: 5}\""] =
            new CampaignRequest.EditStep("pilot", "day-10-re-engagement", new StepChange { OnlyIf = "{no_use_in: 5}" }, null),
        ["campaign text pilot day-0-welcome --words \"Good morning {name}.\""] =
            new CampaignRequest.EditText("pilot", "day-0-welcome", null, null, "Good morning {name}.", null),
        ["campaign preview pilot day-0-welcome"] = new CampaignRequest.Preview("pilot", "day-0-welcome", null, null, null),
        ["campaign preview pilot day-1-guide --role qa --locale de"] = new CampaignRequest.Preview("pilot", "day-1-guide", "qa", "de", null),
        ["channel list"] = new ChannelRequest.List(),
        ["channel team Payments https://acme.slack.com/archives/C0123456789"] = new ChannelRequest.SetTeam("Payments", "https://acme.slack.com/archives/C0123456789"),
        ["channel remove Payments"] = new ChannelRequest.RemoveTeam("Payments"),
        ["channel wins https://acme.slack.com/archives/C0123456789"] = new ChannelRequest.SetWins("https://acme.slack.com/archives/C0123456789"),
        ["audit"] = new ReportRequest.Audit(null, null, null, null, Csv: false),
        ["audit --since 7d --by anna@example.com"] = new ReportRequest.Audit(Duration.FromDays(7), "anna@example.com", null, null, Csv: false),
        ["audit --campaign first-60-days"] = new ReportRequest.Audit(null, null, Key, null, Csv: false),
        ["audit verify"] = new ReportRequest.VerifyAudit(null),
        ["campaign pause first-60-days"] = new CampaignRequest.Pause(Key),
        ["campaign resume first-60-days"] = new CampaignRequest.Resume(Key),
        ["campaign end first-60-days"] = new CampaignRequest.End(Key),
        ["campaign launch first-60-days"] = new ReadinessRequest.Launch(Key, Confirm: false),
        ["campaign launch first-60-days --confirm"] = new ReadinessRequest.Launch(Key, Confirm: true),
        ["readiness show first-60-days"] = new ReadinessRequest.Show(Key),
        ["readiness set first-60-days pilot --state complete"] = new ReadinessRequest.Set(Key, "pilot", ReadinessState.Complete, null, null, null, null),
        ["readiness set first-60-days pilot --state partial --owner anna@example.com --note \"three teams\" --link https://wiki.example.com/pilot"] =
            new ReadinessRequest.Set(Key, "pilot", ReadinessState.Partial, "anna@example.com", "three teams", "https://wiki.example.com/pilot", null),
        ["goal list first-60-days"] = new GoalRequest.List(Key),
        ["goal add first-60-days week-3-retention --baseline 20 --target 30 --by 2026-06-30"] =
            new GoalRequest.Add(Key, GoalMetric.Week3Retention, 20, 30, When.On(new LocalDate(2026, 6, 30))),
        ["goal remove first-60-days minutes"] = new GoalRequest.Remove(Key, GoalMetric.Minutes),
        ["rollout show first-60-days"] = new RolloutRequest.Show(Key),
        ["rollout set first-60-days 10"] = new RolloutRequest.Set(Key, 10, null, null, null),
        ["rollout set first-60-days 10 --stages 10,30,100 --unit team"] = new RolloutRequest.Set(Key, 10, "10,30,100", RolloutUnit.Team, null),
        ["rollout advance first-60-days --learned \"prompts need examples\" --evidence yes --needs \"two champions\""] =
            new RolloutRequest.Advance(Key, "prompts need examples", Evidence.Yes, "two champions", null, null, Confirm: false),
        ["rollout advance first-60-days --learned \"prompts need examples\" --evidence yes --needs \"two champions\" --confirm"] =
            new RolloutRequest.Advance(Key, "prompts need examples", Evidence.Yes, "two champions", null, null, Confirm: true),
        ["rollout back first-60-days"] = new RolloutRequest.Back(Key),
        ["gate show first-60-days"] = new RolloutRequest.Gate(Key),
        ["review show first-60-days"] = new ReviewRequest.Show(Key),
        ["review list first-60-days"] = new ReviewRequest.List(Key, 1),
        ["review decide first-60-days --decided \"Two more champions in Payments; nothing else changes.\""] =
            new ReviewRequest.Decide(Key, "Two more champions in Payments; nothing else changes."),
        ["people show anna@example.com"] = new PeopleRequest.Show("anna@example.com"),
        ["people set anna@example.com --role developer --team Payments"] =
            new PeopleRequest.Set("anna@example.com", new PersonChange { Role = "developer", Team = "Payments" }, null),
        ["people set anna@example.com --left today"] = new PeopleRequest.Set("anna@example.com", new PersonChange { Left = new Leaving(When.Parse("today")) }, null),
        ["people set anna@example.com --left no --time-zone Europe/Berlin"] =
            new PeopleRequest.Set("anna@example.com", new PersonChange { Left = new Leaving(On: null), TimeZone = "Europe/Berlin" }, null),
        ["people check"] = new PeopleRequest.Check(Csv: false),
        ["owner set first-60-days anna@example.com"] = new GovernanceRequest.SetOwner(Key, "anna@example.com"),
        ["champion add anna@example.com"] = new GovernanceRequest.AddChampion("anna@example.com"),
        ["champion remove anna@example.com"] = new GovernanceRequest.RemoveChampion("anna@example.com"),
        ["admin list"] = new GovernanceRequest.ListAdmins(),
        ["admin add anna@example.com"] = new GovernanceRequest.AddAdmin("anna@example.com"),
        ["admin remove anna@example.com"] = new GovernanceRequest.RemoveAdmin("anna@example.com"),
        ["pause workspace Acme"] = new GovernanceRequest.PauseWorkspace("Acme"),
        ["resume workspace Acme"] = new GovernanceRequest.ResumeWorkspace("Acme"),
        ["pause all"] = new GovernanceRequest.PauseAll(),
        ["retention --campaign first-60-days"] = new ReportRequest.Retention(Key, null, Csv: false),
        ["retention --campaign first-60-days --by team"] = new ReportRequest.Retention(Key, Grouping.Team, Csv: false),
    };

    static readonly Dictionary<string, CommandRequest> InChat = new()
    {
        ["guide"] = new PersonalRequest.Guide(null),
        ["guide day-3"] = new PersonalRequest.Guide(GuideChoice.Day3),
        ["used"] = new PersonalRequest.Used(null),
        ["used 20"] = new PersonalRequest.Used(20),
        ["blocked"] = new PersonalRequest.Blocked(null),
        ["blocked I don't have a licence yet"] = new PersonalRequest.Blocked("I don't have a licence yet"),
        ["win"] = new PersonalRequest.Win(null),
        ["win Tests for the parser in ten minutes"] = new PersonalRequest.Win("Tests for the parser in ten minutes"),
        ["snooze"] = new PersonalRequest.Snooze(7),
        ["snooze 14"] = new PersonalRequest.Snooze(14),
        ["stop"] = new PersonalRequest.Stop(),
        ["resume"] = new PersonalRequest.Resume(),
        ["home"] = new PersonalRequest.Home(),
        ["settings"] = new PersonalRequest.Settings(),
        ["privacy"] = new PersonalRequest.Privacy(),
        ["people import"] = new PeopleRequest.Import("roster", Complete: false, Confirm: false) { Csv = File },
        ["people left 12"] = new PeopleRequest.Left(12, 1, Confirm: false),
        ["people left 12 --confirm"] = new PeopleRequest.Left(12, 1, Confirm: true),
        ["people import --complete"] = new PeopleRequest.Import("roster", Complete: true, Confirm: false) { Csv = File },
        ["campaign apply key: pilot ..."] = new CampaignRequest.Apply(null, "key: pilot ...", Draft: true),
        ["admin claim ABCDE-FGHJK"] = new GovernanceRequest.ClaimAdmin("ABCDE-FGHJK"),
    };

    static readonly Dictionary<string, CommandRequest> InTerminal = new()
    {
        ["demo"] = new OperatorRequest.Demo(Fresh: false, null, null),
        ["demo --fresh"] = new OperatorRequest.Demo(Fresh: true, null, null),
        ["demo --slack-fake"] = new OperatorRequest.Demo(Fresh: false, null, null, SlackFake: true),
        ["demo --fresh --campaign pilot.yaml"] = new OperatorRequest.Demo(Fresh: true, null, "pilot.yaml"),
        ["run"] = new OperatorRequest.Run(null),
        ["run --urls http://localhost:8080"] = new OperatorRequest.Run("http://localhost:8080"),
        ["people import roster.csv"] = new PeopleRequest.Import("roster.csv", Complete: false, Confirm: false),
        ["people import roster.csv --complete"] = new PeopleRequest.Import("roster.csv", Complete: true, Confirm: false),
        ["people check --csv"] = new PeopleRequest.Check(Csv: true),
        ["campaign apply campaigns/first-60-days.yaml"] = new CampaignRequest.Apply("campaigns/first-60-days.yaml", null, Draft: false),
        ["campaign apply campaigns/first-60-days.yaml --draft"] = new CampaignRequest.Apply("campaigns/first-60-days.yaml", null, Draft: true),
        ["usage import usage.ndjson --format github-copilot"] =
            new OperatorRequest.ImportUsage("usage.ndjson", UsageFormat.GithubCopilot, null, null),
        ["usage import usage.csv --format csv --tool copilot --complete-to 2026-03-14"] =
            new OperatorRequest.ImportUsage("usage.csv", UsageFormat.Csv, "copilot", new LocalDate(2026, 3, 14)),
        ["usage feeds"] = new OperatorRequest.ListFeeds(),
        ["simulate --campaign first-60-days.yaml --roster roster.csv --from 2026-03-02 --days 61 --out results"] =
            new OperatorRequest.Simulate("first-60-days.yaml", "roster.csv", null, null, March2, 61, "results"),
        ["simulate --campaign c.yaml --roster r.csv --usage u.csv --format csv --from 2026-03-02 --days 61 --out results"] =
            new OperatorRequest.Simulate("c.yaml", "r.csv", new SimulatedUsage("u.csv", UsageFormat.Csv), null, March2, 61, "results"),
        ["teams-package --host nudgebot.example.com --company Contoso --about https://intranet.example.com/nudgebot"] =
            new OperatorRequest.TeamsPackage(null, "nudgebot.example.com", null, "Contoso", "https://intranet.example.com/nudgebot", null),
        ["teams-package --host nudgebot.example.com"] = new OperatorRequest.TeamsPackage(null, "nudgebot.example.com", null, null, null, null),
        ["campaign forecast first-60-days --csv forecast"] = new CampaignRequest.Forecast(Key, null) { Csv = "forecast" },
        ["admin code"] = new GovernanceRequest.AdminCode(),
    };

    public static TheoryData<string> ChatExamples => [.. Examples(Grammar.Chat)];
    public static TheoryData<string> TerminalExamples => [.. Examples(Grammar.Terminal)];

    [Theory, MemberData(nameof(ChatExamples))]
    public void ExampleInChat_MakesItsRequest(string line) => Read(line, Needs.Admin).Request().ShouldBe(Expected(InChat, line));

    [Theory, MemberData(nameof(TerminalExamples))]
    public void ExampleInTerminal_MakesItsRequest(string line) => Reads.Terminal([.. Line.OfChat(line).Words.Select(word => word.Text)]).ShouldBe(Expected(InTerminal, line));

    [Theory, MemberData(nameof(ChatExamples))]
    public void ExampleInChat_IsForThoseOfItsCommand(string line)
    {
        var needs = Read(line, Needs.Operator).ShouldBeOfType<Reading.Parsed>().Needs;
        Read(line, needs).ShouldBeOfType<Reading.Parsed>();
        if (needs > Needs.Person) Read(line, needs - 1).ShouldBeOfType<Reading.Forbidden>();
    }

    static CommandRequest Expected(Dictionary<string, CommandRequest> here, string line) => InBoth.GetValueOrDefault(line) ?? here[line];

    /// <summary>What wants a file comes with one.</summary>
    static Reading Read(string line, Needs rights) => line.StartsWith("people import") ? Grammar.Chat.Read(line, File, rights) : Grammar.Chat.Read(line, rights);

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
        InBoth.Values.Concat(InChat.Values).Concat(InTerminal.Values).Select(r => r.GetType()).Distinct()
            .ShouldBe(Assembly.GetAssembly(typeof(CommandRequest))!.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(CommandRequest))), ignoreOrder: true);

    static IEnumerable<string> Examples(Grammar grammar) =>
        grammar.Root.Below().Where(v => v.Request is not null).SelectMany(v => v.Examples);
}
