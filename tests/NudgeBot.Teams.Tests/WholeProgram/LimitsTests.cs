using System.Globalization;
using NodaTime;
using NudgeBot.FakeTeams;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.FakeTeams.Limits;
using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Teams.Tests.WholeProgram;

/// <summary>As often as Teams allows, and never once more.</summary>
public class LimitsTests
{
    /// <summary>Of what this Teams allows in a second, so that a machine that is busy with other tests can be late.</summary>
    static readonly (string, string) Half = ("NUDGEBOT_TEAMS_MESSAGES_PER_SECOND", "15");

    /// <summary>The greater of the two figures that Microsoft's documents name.</summary>
    static readonly FakeTeamsOptions Generous = new() { Limits = new RateLimitOptions { PerSecond = 50 } };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whole_programs_that_send_at_once_stay_within_the_tenants_limit_while_people_are_answered()
    {
        await using var town = await TeamsTown.InstalledAsync(settings: Half);
        var crowd = await town.CrowdAsync(80);
        TownProgram[] programs = [town.Program, await town.StartAsync(town.With(Half)), await town.StartAsync(town.With(Half))];
        await town.ReadyForAsync("2027-01-11 10:00");

        var sending = Task.WhenAll(programs.Select(program => program.Product.Tick.DispatchAsync(Cancellation)));
        await town.Teams.Acting.SayAsync(town.Hana.Person, "settings");
        await town.Teams.Acting.SayAsync(town.Anna.Person, "help");
        await sending;
        await town.SettleAsync();

        (await town.NudgesAsync()).Where(nudge => !nudge.EndsWith("no-account")).ShouldAllBe(nudge => nudge.EndsWith(" sent"));
        crowd.ShouldAllBe(person => person.Nudges.Count <= 1);
        town.Hana.Sees("Messages are on.");
        town.NothingWentWrong();
    }

    [Fact]
    public async Task Somebody_who_writes_faster_than_a_chat_takes_answers_is_answered_each_time_and_nobody_else_waits()
    {
        await using var town = await TeamsTown.InstalledAsync();
        string[] words = [.. Enumerable.Range(0, 9).Select(number => $"this is word {number}")];

        var writing = Task.WhenAll(words.Select(word => town.Teams.Acting.SayAsync(town.Anna.Person, word)));
        await town.Eve.Types("settings");
        town.Eve.Sees("Messages are on.");
        await writing;
        await town.SettleAsync();

        town.Anna.Heard.Count.ShouldBe(1 + words.Length);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task When_Teams_wants_a_moment_of_rest_those_who_were_due_wait_and_all_go_on_after_it()
    {
        await using var town = await TeamsTown.InstalledAsync(settings: Half);
        var crowd = await town.CrowdAsync(80);
        await town.ReadyForAsync("2027-01-11 10:00");
        town.Teams.Faults.Next(Operation.Send, new Fault.TooMany(3));

        await town.Program.Product.Tick.DispatchAsync(Cancellation);
        // On a machine that is busy otherwise, whose turn would come too late is put off, and is due again.
        for (var tries = 0; tries < 5 && (await town.NudgesAsync()).Any(nudge => nudge.EndsWith("throttled")); tries++) await town.PassAsync(Duration.FromSeconds(10));

        (await town.NudgesAsync()).Where(nudge => !nudge.EndsWith("no-account")).ShouldAllBe(nudge => nudge.EndsWith(" sent"));
        town.Teams.Calls[Operation.Send].Throttled.ShouldBe(0);
        // Ids are milliseconds.
        var moments = crowd.Concat(town.Nudged).SelectMany(person => town.Teams.MessagesWith(person.Person)).Select(message => long.Parse(message.Id, CultureInfo.InvariantCulture)).Order().ToList();
        moments.Zip(moments.Skip(1), (one, next) => next - one).Count(gap => gap > 2500).ShouldBe(1);
    }

    [Fact]
    public async Task A_chat_that_is_full_does_not_keep_others_from_their_nudges()
    {
        await using var town = await TeamsTown.InstalledAsync(Generous);
        await town.CrowdAsync(120);
        await town.ReadyForAsync("2027-01-11 10:00");
        // As if she had talked with the bot all the hour long.
        await town.ExecuteAsync("""
            update rate_budgets b set tokens = -60, counted_at = clock_timestamp()
            from accounts a join persons p on p.id = a.person_id
            where b.organization_id = 1 and p.email = 'anna@acme.com' and b.budget = 'conversation ' || split_part(a.conversation, ' ', 2)
            """);

        await town.Program.Product.Tick.DispatchAsync(Cancellation);

        var outcomes = (await town.NudgesAsync()).Where(nudge => !nudge.EndsWith("no-account")).ToList();
        outcomes.Where(outcome => !outcome.EndsWith(" sent")).ShouldBe(["anna day-0-welcome pending throttled"]);
        await town.LimitsPassAsync();
        await town.MoveToAsync("2027-01-11 10:05");
        town.Anna.Nudges.ShouldHaveSingleItem();
        town.NothingWentWrong();
    }

    [Fact]
    public async Task A_company_that_gets_the_app_in_one_moment_is_greeted_within_the_limits_and_nobody_is_left_out()
    {
        await using var town = await TeamsTown.FoundAsync();
        await town.StartAsync(town.With(Half));
        var all = Enumerable.Range(0, 40).Select(number => town.Join($"Crowd{number}")).ToList();
        await town.ImportAsync("email,role,time_zone\n" + string.Join('\n', all.Select(one => $"{one.Person.Email},developer,Europe/Berlin")));

        await Task.WhenAll(all.Select(one => town.Teams.Acting.InstallAsync(one.Person)));
        await town.SettleAsync();
        await town.LeasesRunOutAsync();
        await town.Program.Product.InboxWorker.RunAsync(Cancellation);

        town.NothingWentWrong();
        all.ShouldAllBe(one => one.Heard.Count == 1);
        town.Teams.Calls.Values.Sum(count => count.Throttled).ShouldBe(0);
        (await town.QueryAsync<int>("select count(*)::int from accounts where conversation is not null")).ShouldBe([40]);
    }
}
