using System.Text.Json.Nodes;
using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.Faults;
using NudgeBot.FakeSlack.World;
using NudgeBot.Tests.Engine;
using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>Whatever goes wrong between here and Slack: for each nudge one message, or an outcome that says that nobody knows.</summary>
public class ExactlyOnceTests
{
    const string Post = "chat.postMessage";
    const string History = "conversations.history";

    /// <summary>How long a call hangs before Slack breaks it off.</summary>
    static readonly FakeSlackOptions Hanging = new() { HangsFor = TimeSpan.FromMilliseconds(200) };

    public static TheoryData<Fault> WhatCanGoWrong =>
    [
        new Fault.TimeoutBefore(), new Fault.TimeoutAfter(), new Fault.ServerError(), new Fault.ServerErrorAfter(), new Fault.Unavailable(),
        new Fault.ResetBefore(), new Fault.ResetAfter(), new Fault.BrokenJson(), new Fault.Error("internal_error"), new Fault.Error("fatal_error"),
    ];

    [Theory]
    [MemberData(nameof(WhatCanGoWrong))]
    public async Task A_call_that_ends_without_an_answer(Fault fault)
    {
        await using var town = await SlackTown.InstalledAsync(Hanging);
        town.Slack.Faults.Next(Post, fault, times: 2);

        await town.MoveToAsync("2027-01-11 10:01");
        (await town.NudgesAsync()).Count(nudge => nudge.EndsWith("sent")).ShouldBe(1);
        Welcomed(town).ShouldAllBe(heard => heard.Count <= 1, "nobody sends it again before it was asked for");

        await town.MoveToAsync("2027-01-11 10:10");
        await EverybodyHasOneAsync(town);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_program_that_dies_between_sending_and_recording(bool wasTaken)
    {
        await using var town = await SlackTown.InstalledAsync();
        town.Slack.Faults.Next(Post, wasTaken ? new Fault.TimeoutAfter() : new Fault.TimeoutBefore());
        var moving = town.MoveToAsync("2027-01-11 10:00");
        await SlackTown.SoonAsync(() => Welcomed(town).Sum(heard => heard.Count) == (wasTaken ? 3 : 2));
        await town.Program.CrashAsync();
        await moving.ContinueWith(_ => { }, TaskScheduler.Default);

        await town.StartAsync();
        await town.MoveToAsync("2027-01-11 10:01");
        (await town.NudgesAsync()).ShouldNotContain(nudge => nudge.EndsWith("sent"), "its lease still holds");
        await town.LeasesRunOutAsync();
        await town.MoveToAsync("2027-01-11 10:10");

        await EverybodyHasOneAsync(town);
    }

    [Fact]
    public async Task Slack_asks_to_wait_and_nobody_calls_before()
    {
        await using var town = await SlackTown.InstalledAsync();
        town.Slack.Faults.Sometimes(Post, new Fault.TooMany(600), probability: 1);

        await town.MoveToAsync("2027-01-11 10:05");
        (await town.NudgesAsync()).Count(nudge => nudge.EndsWith("pending throttled")).ShouldBe(3);
        town.Slack.Faults.Sometimes(Post, new Fault.TooMany(600), probability: 0);
        await town.MoveToAsync("2027-01-11 10:07");
        Welcomed(town).ShouldAllBe(heard => heard.Count == 0, "Slack would take them, and nobody has asked");

        await town.LimitsPassAsync();
        await town.MoveToAsync("2027-01-11 10:30");
        await EverybodyHasOneAsync(town);
    }

    [Fact]
    public async Task Slack_asks_to_wait_when_it_is_asked_what_became_of_a_message()
    {
        await using var town = await SlackTown.InstalledAsync();
        town.Slack.Faults.Next(Post, new Fault.ResetAfter(), times: 2);
        town.Slack.Faults.Next(History, new Fault.TooMany(600));

        await town.MoveToAsync("2027-01-11 10:05");
        (await town.NudgesAsync()).Count(nudge => nudge.EndsWith("in-doubt")).ShouldBe(2);
        await town.LimitsPassAsync();
        await town.MoveToAsync("2027-01-11 10:30");

        await EverybodyHasOneAsync(town);
        town.Calls(Post).ShouldBe(3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_nobody_could_find_out_until_the_last_chance_is_unknown_and_not_sent_again(bool wasTaken)
    {
        await using var town = await SlackTown.InstalledAsync();
        town.Slack.Faults.Next(Post, wasTaken ? new Fault.ResetAfter() : new Fault.ResetBefore());
        town.Slack.Faults.Sometimes(History, new Fault.TooMany(3600), probability: 1);

        await town.MoveToAsync("2027-01-11 10:05");
        town.Clock.MoveTo(SlackTown.Moment("2027-01-14 17:00"));
        await town.RunAsync();

        (await town.NudgesAsync()).Where(nudge => nudge.Contains("day-0-welcome") && !nudge.EndsWith("no-account")).Select(nudge => nudge.Split(' ', 3)[2])
            .ShouldBe(["sent", "sent", "unknown no-answer"], ignoreOrder: true);
        Welcomed(town).Sum(heard => heard.Count).ShouldBe(wasTaken ? 3 : 2);
    }

    [Fact]
    public async Task A_program_that_dies_before_there_is_a_channel_has_sent_nothing()
    {
        await using var town = await SlackTown.InstalledAsync();
        await town.ReadyForAsync("2027-01-11 10:00");
        await town.ExecuteAsync("update accounts set conversation = null where organization_id = 1");
        await town.LimitsPassAsync();
        town.Slack.Faults.Next("conversations.open", new Fault.TimeoutAfter(), times: 3);
        var moving = town.Program.Product.Tick.DispatchAsync(TestContext.Current.CancellationToken);
        await SlackTown.SoonAsync(() => town.Slack.Faults.Left("conversations.open") == 0);
        await town.Program.CrashAsync();
        await moving.ContinueWith(_ => { }, TaskScheduler.Default);

        await town.StartAsync();
        await town.LeasesRunOutAsync();
        await town.LimitsPassAsync();
        await town.MoveToAsync("2027-01-11 10:10");

        await EverybodyHasOneAsync(town);
    }

    [Fact]
    public async Task A_message_is_found_among_many_and_what_only_looks_like_it_is_not_taken_for_it()
    {
        await using var town = await SlackTown.InstalledAsync();
        town.Slack.Faults.Next(Post, new Fault.ResetAfter(), times: 2);
        town.Slack.Faults.Next(Post, new Fault.ResetBefore());
        await town.MoveToAsync("2027-01-11 10:00");
        foreach (var person in new[] { town.Anna, town.Eve, town.Mara })
        {
            // More than a page holds, and each is some app's with metadata of its own.
            for (var other = 0; other < 250; other++)
                AddTo(town, person, new JsonObject { ["event_type"] = other % 2 == 0 ? "nudgebot_nudge" : "other", ["event_payload"] = new JsonObject { ["nudge"] = $"{other}-999" } });
        }

        await town.MoveToAsync("2027-01-11 10:03");
        await town.LimitsPassAsync();
        await town.MoveToAsync("2027-01-11 10:10");

        Welcomed(town).ShouldAllBe(heard => heard.Count == 1);
        (await town.NudgesAsync()).Count(nudge => nudge.EndsWith("day-0-welcome sent")).ShouldBe(3);
        town.Calls(History).ShouldBeGreaterThan(3, "page by page");
    }

    [Fact]
    public async Task What_was_certainly_not_sent_until_its_last_chance_is_skipped()
    {
        await using var town = await SlackTown.InstalledAsync();
        town.Slack.Faults.Next(Post, new Fault.ResetBefore(), times: 3);
        await town.MoveToAsync("2027-01-11 10:01");
        town.Clock.MoveTo(SlackTown.Moment("2027-01-14 17:00"));
        await town.RunAsync();

        (await town.NudgesAsync()).Count(nudge => nudge.EndsWith("day-0-welcome skipped expired")).ShouldBe(3);
        Welcomed(town).ShouldAllBe(heard => heard.Count == 0);
    }

    [Fact]
    public async Task Without_the_right_to_read_what_was_sent_it_is_unknown()
    {
        await using var town = await SlackTown.FoundAsync();
        await town.StartAsync();
        await town.InstallAsync(town.Anna, scope => scope != "im:history");
        await town.RunAsync();
        town.Slack.Faults.Next(Post, new Fault.ResetAfter(), times: 2);

        await town.MoveToAsync("2027-01-11 10:10");

        (await town.NudgesAsync()).Count(nudge => nudge.EndsWith("day-0-welcome unknown no-answer")).ShouldBe(2);
        Welcomed(town).ShouldAllBe(heard => heard.Count == 1);
    }

    [Fact]
    public async Task While_one_is_in_doubt_the_person_gets_no_other()
    {
        await using var town = await SlackTown.InstalledAsync();
        await town.LaunchAsync(CampaignYaml.Of(CampaignYaml.Welcome, key: "other").Replace("2026-03-09", "2027-01-11"));
        town.Slack.Faults.Next(Post, new Fault.ResetAfter(), times: 3);

        await town.MoveToAsync("2027-01-11 10:01");
        foreach (var person in new[] { town.Anna, town.Eve, town.Mara }) person.Heard.Count.ShouldBe(1);
        await town.MoveToAsync("2027-01-11 10:30");

        foreach (var person in new[] { town.Anna, town.Eve, town.Mara }) person.Heard.Count.ShouldBe(1);
        (await town.QueryAsync<string>("select concat_ws(' ', outcome, reason) from nudges where workspace_id is not null and planned_at <= @now order by 1"))
            .ShouldBe(["pending capped", "pending capped", "pending capped", "sent", "sent", "sent", "sent"], "Hana, who is held out of the first, has hers of the other");
    }

    /// <summary>The app does not ask for the right to read channels: nobody would give a bot that for this.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_teams_post_and_a_win_whose_answers_are_lost_are_unknown_because_channels_are_not_read(bool wasTaken)
    {
        await using var town = await SlackTown.InstalledAsync();
        await town.LaunchAsync(CampaignYaml.Of("""- {key: wins, day: 0, at: "10:00", kind: wins, text: wins}""", key: "team").Replace("2026-03-09", "2027-01-11"));
        var (team, wins) = (town.Channel("payments", town.Anna), town.Channel("wins", town.Anna));
        await town.ExecuteAsync("""
            insert into team_channels (organization_id, workspace_id, team, external_id) select 1, id, 'Payments', @Team from workspaces where organization_id = 1;
            update workspaces set wins_channel = @Wins where organization_id = 1
            """, new { Team = team.Id, Wins = wins.Id });
        await town.ReadyForAsync("2027-01-11 10:00");
        town.Slack.Faults.Next(Post, wasTaken ? new Fault.ResetAfter() : new Fault.ResetBefore(), times: 6);

        await town.Anna.Commands("/win it went well", wins);
        await town.Anna.Sends();
        await town.MoveToAsync("2027-01-11 10:03");
        await town.LimitsPassAsync();
        await town.MoveToAsync("2027-01-11 10:10");

        foreach (var channel in new[] { team, wins }) town.Slack.MessagesIn(channel, town.Hana.User).Count.ShouldBe(wasTaken ? 1 : 0);
        (await town.QueryAsync<string>("select outcome from team_posts where planned_at <= @now union all select outcome from wins")).ShouldBe(["unknown", "unknown"]);
        Welcomed(town).ShouldAllBe(heard => heard.Count == 1);
    }

    [Fact]
    public async Task Three_programs_send_at_once_while_Slack_loses_its_answers()
    {
        await using var town = await SlackTown.InstalledAsync(Hanging);
        var crowd = await town.CrowdAsync(60);
        TownProgram[] programs = [town.Program, await town.StartAsync(), await town.StartAsync()];
        await town.ReadyForAsync("2027-01-11 10:00");
        town.Slack.Faults.Sometimes(Post, new Fault.ResetAfter(), probability: 0.3);

        await Task.WhenAll(programs.Select(program => program.Product.Tick.DispatchAsync(TestContext.Current.CancellationToken)));
        town.Slack.Faults.Sometimes(Post, new Fault.ResetBefore(), probability: 0);
        for (var minute = 3; minute <= 30; minute += 3)
        {
            await town.LimitsPassAsync();
            town.Clock.MoveTo(SlackTown.Moment($"2027-01-11 10:{minute:00}"));
            await Task.WhenAll(programs.Select(program => program.Product.Tick.SweepAsync(TestContext.Current.CancellationToken)));
            await Task.WhenAll(programs.Select(program => program.Product.Tick.DispatchAsync(TestContext.Current.CancellationToken)));
        }

        var sent = (await town.NudgesAsync()).Where(nudge => nudge.EndsWith("sent")).ToList();
        sent.Count.ShouldBeGreaterThan(50, "some of the crowd are held out");
        foreach (var person in crowd.Append(town.Anna).Append(town.Eve).Append(town.Mara))
            person.Heard.Count.ShouldBe(sent.Contains($"{person.User.Name} day-0-welcome sent") ? 1 : 0, person.User.Name);
        (await town.NudgesAsync()).ShouldNotContain(nudge => nudge.Contains("pending") || nudge.Contains("unknown") || nudge.Contains("failed"));
    }

    static void AddTo(SlackTown town, SlackPerson person, JsonObject metadata)
    {
        var channel = town.Slack.World.DirectChannel(person.User)!;
        channel.Messages.Add(new Message { Ts = town.Slack.World.NextTs(), At = town.Slack.Time.Now, ChannelId = channel.Id, UserId = town.Acme.Bot!.Id, BotId = town.Acme.BotId, Text = "another", Metadata = metadata });
    }

    static IEnumerable<IReadOnlyList<string>> Welcomed(SlackTown town) =>
        new[] { town.Anna, town.Eve, town.Mara }.Select(person => (IReadOnlyList<string>)[.. person.Heard.Where(message => message.Contains("I am NudgeBot"))]);

    static async Task EverybodyHasOneAsync(SlackTown town)
    {
        Welcomed(town).ShouldAllBe(heard => heard.Count == 1);
        (await town.NudgesAsync()).Where(nudge => !nudge.EndsWith("no-account")).ShouldBe(["anna day-0-welcome sent", "eve day-0-welcome sent", "mara day-0-welcome sent"]);
        var told = new[] { town.Anna, town.Eve, town.Mara }.Select(person => town.Slack.MessagesWith(person.User).Single().Ts);
        (await town.QueryAsync<string>("select message_id from nudges where outcome = 'sent'")).ShouldBe(told, ignoreOrder: true);
    }
}
