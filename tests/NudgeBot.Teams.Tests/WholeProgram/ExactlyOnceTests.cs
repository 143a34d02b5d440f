using NudgeBot.FakeTeams;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.Tests.Engine;
using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Teams.Tests.WholeProgram;

/// <summary>Whatever goes wrong between here and Teams: for each nudge one message, or an outcome that says that nobody knows.</summary>
public class ExactlyOnceTests
{
    const string RetryAmbiguous = "NUDGEBOT_TEAMS_RETRY_AMBIGUOUS";

    /// <summary>How long a call hangs before Teams breaks it off.</summary>
    static readonly FakeTeamsOptions Hanging = new() { HangsFor = TimeSpan.FromMilliseconds(200) };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Fault> Ambiguous =>
    [
        new Fault.Fails(500), new Fault.Fails(502), new Fault.Fails(502, After: true), new Fault.Fails(503), new Fault.Fails(504), new Fault.Fails(504, After: true),
        new Fault.CutsOff(), new Fault.CutsOff(After: true), new Fault.TimesOut(), new Fault.TimesOut(After: true), new Fault.BreaksJson(),
    ];

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task What_Teams_may_have_taken_is_unknown_and_never_sent_again(Fault fault)
    {
        await using var town = await TeamsTown.InstalledAsync(Hanging);
        town.Teams.Faults.Next(Operation.Send, fault, times: 2);

        await town.MoveToAsync("2027-01-11 12:00");
        await town.LimitsPassAsync();
        await town.MoveToAsync("2027-01-12 09:00");

        (await OutcomesAsync(town)).ShouldBe(["sent", "unknown no-answer", "unknown no-answer"]);
        Welcomed(town).Sum().ShouldBe(fault.ComesAfter ? 3 : 1);
        town.Calls(Operation.Send).ShouldBe(fault.ComesAfter ? 7 : 5, "four greetings, and nobody's nudge twice");
    }

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task Where_it_is_wanted_what_Teams_may_have_taken_is_sent_again_and_nobody_is_left_without(Fault fault)
    {
        await using var town = await TeamsTown.InstalledAsync(Hanging, (RetryAmbiguous, "1"));
        town.Teams.Faults.Next(Operation.Send, fault, times: 2);

        await town.MoveToAsync("2027-01-11 10:10");

        (await OutcomesAsync(town)).ShouldBe(["sent", "sent", "sent"]);
        Welcomed(town).Order().ShouldBe(fault.ComesAfter ? [1, 2, 2] : [1, 1, 1]);
    }

    /// <summary>Teams has certainly not done it, and will later.</summary>
    public static TheoryData<Operation, Fault> ForNow => new()
    {
        { Operation.Send, new Fault.TooMany(600) },
        { Operation.Send, Fault.PreconditionFailed },
        { Operation.Create, new Fault.TooMany(600) },
        { Operation.Create, Fault.PreconditionFailed },
        { Operation.Create, new Fault.Fails(502) },
        { Operation.Create, new Fault.Fails(504, After: true) },
        { Operation.Create, new Fault.CutsOff(After: true) },
        { Operation.Create, new Fault.TimesOut(After: true) },
        { Operation.Create, new Fault.BreaksJson() },
    };

    [Theory]
    [MemberData(nameof(ForNow))]
    public async Task What_Teams_has_certainly_not_done_is_done_later_and_once(Operation operation, Fault fault)
    {
        await using var town = await TeamsTown.InstalledAsync(Hanging);
        await town.ReadyForAsync("2027-01-11 10:00");
        if (operation == Operation.Create) await town.ExecuteAsync("update accounts set conversation = null where organization_id = 1");
        town.Teams.Faults.Next(operation, fault);

        await town.Program.Product.Tick.DispatchAsync(Cancellation);
        // How many of the others are under way by then is a matter of luck.
        (await OutcomesAsync(town)).ShouldContain("pending throttled");
        await town.LimitsPassAsync();
        await town.MoveToAsync("2027-01-11 10:30");

        await EverybodyHasOneAsync(town);
    }

    [Fact]
    public async Task Where_one_conversation_is_busy_only_its_person_waits()
    {
        await using var town = await TeamsTown.InstalledAsync(new FakeTeamsOptions { Limits = new() { PerSecond = 50 } });
        var crowd = await town.CrowdAsync(120);
        await town.ReadyForAsync("2027-01-11 10:00");
        town.Teams.Faults.Next(Operation.Send, Fault.PreconditionFailed);

        await town.Program.Product.Tick.DispatchAsync(Cancellation);

        var outcomes = (await town.NudgesAsync()).Where(nudge => !nudge.EndsWith("no-account")).ToList();
        outcomes.Count.ShouldBeGreaterThan(100, "more than one batch");
        outcomes.Count(outcome => outcome.EndsWith(" sent")).ShouldBe(outcomes.Count - 1);
        await town.LimitsPassAsync();
        await town.MoveToAsync("2027-01-11 10:01");
        crowd.Concat(town.Nudged).ShouldAllBe(person => person.Nudges.Count <= 1);
        (await town.NudgesAsync()).ShouldNotContain(nudge => nudge.Contains("pending"));
    }

    [Fact]
    public async Task Teams_asks_to_wait_and_nobody_calls_before()
    {
        await using var town = await TeamsTown.InstalledAsync();
        town.Teams.Faults.Sometimes(Operation.Send, new Fault.TooMany(600), probability: 1);
        await town.MoveToAsync("2027-01-11 10:05");
        (await OutcomesAsync(town)).ShouldBe(["pending throttled", "pending throttled", "pending throttled"]);
        town.Teams.Faults.Sometimes(Operation.Send, new Fault.TooMany(600), probability: 0);

        await town.MoveToAsync("2027-01-11 10:20");
        Welcomed(town).Sum().ShouldBe(0, "Teams would take them, and nobody has asked");

        await town.LimitsPassAsync();
        await town.MoveToAsync("2027-01-11 10:40");
        await EverybodyHasOneAsync(town);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_is_refused_has_told_nobody_anything(bool retriesAmbiguous)
    {
        await using var town = await TeamsTown.InstalledAsync(settings: (RetryAmbiguous, retriesAmbiguous ? "1" : "0"));
        await town.ExecuteAsync("update accounts set conversation = replace(conversation, @there, 'http://127.0.0.1:9/emea/') where organization_id = 1", new { there = town.Teams.ServiceUrl.ToString() });
        await town.MoveToAsync("2027-01-11 10:05");
        (await OutcomesAsync(town)).ShouldBe(["pending throttled", "pending throttled", "pending throttled"]);

        await town.ExecuteAsync("update accounts set conversation = replace(conversation, 'http://127.0.0.1:9/emea/', @there) where organization_id = 1", new { there = town.Teams.ServiceUrl.ToString() });
        await town.MoveToAsync("2027-01-11 10:10");

        await EverybodyHasOneAsync(town);
    }

    [Theory]
    [InlineData(403, "MessageWritesBlocked", "blocked-by-user")]
    [InlineData(403, "ConversationBlockedByUser", "blocked-by-user")]
    [InlineData(403, "BotNotInConversationRoster", "not-installed")]
    [InlineData(413, "MessageSizeTooBig", "rejected")]
    [InlineData(400, "BadArgument", "rejected")]
    public async Task What_Teams_refuses_for_one_person_is_the_outcome_for_that_person_alone(int status, string code, string reason)
    {
        await using var town = await TeamsTown.InstalledAsync();
        town.Teams.Faults.Next(Operation.Send, new Fault.Refuses(status, code, "No."));

        await town.MoveToAsync("2027-01-11 10:10");

        (await OutcomesAsync(town)).ShouldBe([$"failed {reason}", "sent", "sent"]);
        Welcomed(town).Sum().ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_chat_that_is_not_there_any_more_is_made_anew_once(bool canBeMade)
    {
        await using var town = await TeamsTown.InstalledAsync();
        town.Teams.Faults.Next(Operation.Send, Fault.NotFound);
        if (!canBeMade) town.Teams.Faults.Next(Operation.Create, Fault.NotFound);

        await town.MoveToAsync("2027-01-11 10:10");

        (await OutcomesAsync(town)).ShouldBe(canBeMade ? ["sent", "sent", "sent"] : ["failed no-channel", "sent", "sent"]);
        Welcomed(town).Sum().ShouldBe(canBeMade ? 3 : 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_program_that_dies_between_sending_and_recording_leaves_it_unknown(bool wasTaken)
    {
        await using var town = await TeamsTown.InstalledAsync();
        town.Teams.Faults.Next(Operation.Send, new Fault.TimesOut(After: wasTaken));
        var moving = town.MoveToAsync("2027-01-11 10:00");
        await Town.SoonAsync(() => Welcomed(town).Sum() == (wasTaken ? 3 : 2));
        await town.Program.CrashAsync();
        await moving.ContinueWith(_ => { }, TaskScheduler.Default);

        await town.StartAsync();
        await town.MoveToAsync("2027-01-11 10:01");
        (await OutcomesAsync(town)).ShouldBe(["pending", "pending", "pending"], "its lease still holds");
        await town.LeasesRunOutAsync();
        await town.MoveToAsync("2027-01-11 10:10");

        // The batch died as a whole: of none of it is it known whether it was recorded before it was sent.
        (await OutcomesAsync(town)).ShouldBe(["unknown no-answer", "unknown no-answer", "unknown no-answer"]);
        Welcomed(town).ShouldAllBe(count => count <= 1);
    }

    [Fact]
    public async Task A_program_that_dies_before_there_is_a_chat_has_sent_nothing_and_nobody_gets_two()
    {
        await using var town = await TeamsTown.InstalledAsync();
        await town.ReadyForAsync("2027-01-11 10:00");
        await town.ExecuteAsync("update accounts set conversation = null where organization_id = 1");
        town.Teams.Faults.Next(Operation.Create, new Fault.TimesOut(After: true), times: 3);
        var moving = town.Program.Product.Tick.DispatchAsync(Cancellation);
        await Town.SoonAsync(() => town.Teams.Faults.Left(Operation.Create) == 0);
        await town.Program.CrashAsync();
        await moving.ContinueWith(_ => { }, TaskScheduler.Default);

        await town.StartAsync();
        await town.LeasesRunOutAsync();
        await town.LimitsPassAsync();
        await town.MoveToAsync("2027-01-11 10:10");

        // They were marked as attempted before the chat was asked for, and Teams cannot be asked.
        (await OutcomesAsync(town)).ShouldBe(["unknown no-answer", "unknown no-answer", "unknown no-answer"]);
        Welcomed(town).Sum().ShouldBe(0);
    }

    [Fact]
    public async Task What_was_certainly_not_sent_until_its_last_chance_is_skipped_with_what_held_it()
    {
        await using var town = await TeamsTown.InstalledAsync();
        town.Teams.Faults.Sometimes(Operation.Send, new Fault.TooMany(3600), probability: 1);
        await town.MoveToAsync("2027-01-11 10:01");
        await town.MoveToAsync("2027-01-14 17:00");

        (await town.NudgesAsync()).Where(nudge => nudge.Contains("day-0-welcome") && !nudge.EndsWith("no-account")).Select(nudge => nudge.Split(' ', 3)[2])
            .ShouldBe(["skipped throttled", "skipped throttled", "skipped throttled"]);
        Welcomed(town).Sum().ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_teams_post_and_a_win_whose_answers_are_lost_are_unknown(bool wasTaken)
    {
        await using var town = await TeamsTown.InstalledAsync();
        await town.LaunchAsync(CampaignYaml.Of("""- {key: wins, day: 0, at: "10:00", kind: wins, text: wins}""", key: "team").Replace("2026-03-09", "2027-01-11"));
        var (team, wins) = (await town.ChannelAsync("payments"), await town.ChannelAsync("wins"));
        await town.ExecuteAsync("""
            insert into team_channels (organization_id, workspace_id, team, external_id) select 1, id, 'Payments', @Team from workspaces where organization_id = 1;
            update workspaces set wins_channel = @Wins where organization_id = 1
            """, new { Team = team.Id, Wins = wins.Id });
        await town.ReadyForAsync("2027-01-11 10:00");
        town.Teams.Faults.Next(Operation.Create, new Fault.CutsOff(After: wasTaken), times: 2);

        await town.Anna.Types("win it went well");
        await town.Anna.Presses("A win");
        await town.Anna.Sends();
        await town.MoveToAsync("2027-01-11 10:10");

        foreach (var channel in new[] { team, wins }) town.Teams.MessagesIn(channel).Count.ShouldBe(wasTaken ? 1 : 0);
        (await town.QueryAsync<string>("select outcome from team_posts where planned_at <= @now union all select outcome from wins")).ShouldBe(["unknown", "unknown"]);
        Welcomed(town).ShouldAllBe(count => count == 1);
    }

    [Fact]
    public async Task Three_programs_send_at_once_while_Teams_loses_its_answers()
    {
        await using var town = await TeamsTown.InstalledAsync(Hanging);
        var crowd = await town.CrowdAsync(60);
        TownProgram[] programs = [town.Program, await town.StartAsync(), await town.StartAsync()];
        await town.ReadyForAsync("2027-01-11 10:00");
        town.Teams.Faults.Sometimes(Operation.Send, new Fault.CutsOff(After: true), probability: 0.3);

        for (var minute = 0; minute <= 9; minute += 3)
        {
            town.Clock.MoveTo(Town.Moment($"2027-01-11 10:{minute:00}"));
            await Task.WhenAll(programs.Select(program => program.Product.Tick.SweepAsync(Cancellation)));
            await Task.WhenAll(programs.Select(program => program.Product.Tick.DispatchAsync(Cancellation)));
        }

        var nudges = await town.NudgesAsync();
        var decided = nudges.Where(nudge => nudge.EndsWith(" sent") || nudge.EndsWith(" unknown no-answer")).Select(nudge => nudge.Split(' ')[0]).ToList();
        decided.Count.ShouldBeGreaterThan(50, "some of the crowd are held out");
        nudges.ShouldContain(nudge => nudge.EndsWith(" unknown no-answer"));
        nudges.ShouldNotContain(nudge => nudge.Contains("pending") || nudge.Contains("failed"));
        foreach (var person in crowd.Concat(town.Nudged))
            person.Nudges.Count.ShouldBe(decided.Contains(person.Name) ? 1 : 0, person.Name);
    }

    static IEnumerable<int> Welcomed(TeamsTown town) => town.Nudged.Select(person => person.Heard.Count(words => words.Contains("I am NudgeBot")));

    /// <summary>Of those who are nudged and have the app.</summary>
    static Task<IReadOnlyList<string>> OutcomesAsync(TeamsTown town) => town.QueryAsync<string>("""
        select concat_ws(' ', n.outcome, n.reason) from nudges n join steps s on s.id = n.step_id
        where n.organization_id = 1 and n.workspace_id is not null and s.key = 'day-0-welcome' order by 1
        """);

    static async Task EverybodyHasOneAsync(TeamsTown town)
    {
        Welcomed(town).ShouldAllBe(count => count == 1);
        (await OutcomesAsync(town)).ShouldBe(["sent", "sent", "sent"]);
        var told = town.Nudged.Select(person => town.Teams.MessagesWith(person.Person)[^1].Id);
        (await town.QueryAsync<string>("select message_id from nudges where outcome = 'sent'")).ShouldBe(told, ignoreOrder: true);
    }
}
