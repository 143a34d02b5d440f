using NudgeBot.Conversations;
using NudgeBot.FakeTeams.World;

namespace NudgeBot.Teams.Tests.WholeProgram;

/// <summary>What people begin by themselves, in their personal chat or in a channel.</summary>
public class CommandsTests
{
    [Fact]
    public async Task A_command_is_answered_and_a_slip_of_the_finger_with_what_was_meant()
    {
        await using var town = await TeamsTown.InstalledAsync();

        await town.Anna.Types("help");
        town.Anna.Sees("snooze");
        await town.Anna.Mentions("snoze 3", await town.ChannelAsync("payments"));
        await town.Anna.Presses("snooze 3");
        town.Anna.Sees("Quiet until 2027-01-13.");
        await town.Anna.Types("stop");
        town.Anna.Sees("I have stopped.");

        await town.MoveToAsync("2027-01-11 10:00");
        town.Anna.Nudges.ShouldNotContain(words => words.Contains("I am NudgeBot"));
        town.Eve.Nudges.ShouldHaveSingleItem();

        await town.LimitsPassAsync();
        await town.Anna.Types("resume");
        town.Anna.Sees("Welcome back.");
        town.NothingWentWrong();
    }

    [Fact]
    public async Task Who_is_held_out_is_answered_too_and_a_stranger_or_guest_is_told_why_not()
    {
        await using var town = await TeamsTown.InstalledAsync();

        await town.Hana.Types("settings");
        town.Hana.Sees("Messages are on.");
        foreach (var person in new[] { town.Stranger, town.Gina })
        {
            await person.Types("settings");
            person.Sees(Phrases.Say("en", "not-on-roster"));
        }
        town.NothingWentWrong();
    }

    [Fact]
    public async Task A_mention_is_answered_in_the_personal_chat_and_nobody_else_reads_it()
    {
        await using var town = await TeamsTown.InstalledAsync();
        var channel = await town.ChannelAsync("payments");

        await town.Anna.Mentions("settings", channel);

        town.Anna.Sees("Messages are on.");
        town.Teams.MessagesIn(channel).ShouldHaveSingleItem().From.ShouldBe(town.Anna.Person);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task A_mention_by_somebody_without_the_app_is_answered_in_its_thread_with_how_to_get_it()
    {
        await using var town = await TeamsTown.InstalledAsync();
        var channel = await town.ChannelAsync("payments");
        town.Payments.Members.Add(town.Cleo.Person);

        await town.Cleo.Mentions("settings", channel);

        town.Cleo.Sees(Phrases.Say("en", "chat-missing"), channel);
        town.Teams.MessagesIn(channel).Select(message => message.ThreadId).Distinct().ShouldHaveSingleItem();
        (await town.QueryAsync<string>("select split_part(email, '@', 1) from persons where account_id is not null order by 1")).ShouldContain("cleo", "known from now on");
    }

    [Fact]
    public async Task What_is_typed_comes_as_it_was_meant_and_counts_as_an_answer()
    {
        await using var town = await TeamsTown.InstalledAsync();
        await town.MoveToAsync("2027-01-11 10:00");

        await town.Eve.Types("tests &lt;and&gt; docs, see https://acme.com");

        town.Eve.Sees(Phrases.Say("en", "text-thanks"));
        (await town.QueryAsync<string>("select kind || ' ' || value from responses")).ShouldBe(["text tests <and> docs, see https://acme.com"]);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task Where_the_client_goes_the_zone_goes_and_where_the_roster_names_one_it_stays()
    {
        await using var town = await TeamsTown.FoundAsync();
        await town.StartAsync();
        await town.ImportAsync("email,role,time_zone\nnora@acme.com,developer,\n");
        var nora = new TeamsPerson(town, town.Teams, town.Teams.World.AddPerson(new Person { Name = "Nora Ek", Email = "nora@acme.com", Upn = "nora@acme.com", Zone = "Europe/Berlin", Locale = "en-US" }));
        await nora.Installs();
        await town.Anna.Installs();
        Task<IReadOnlyList<string>> ProfilesAsync() => town.QueryAsync<string>("""
            select concat_ws(' ', split_part(email, '@', 1), time_zone, locale) from persons where email in ('anna@acme.com', 'nora@acme.com') order by email
            """);
        (await ProfilesAsync()).ShouldBe(["anna Europe/Berlin en", "nora UTC en"], "Teams tells neither when the app comes");
        foreach (var person in new[] { nora, town.Anna }) await person.Types("settings");
        (await ProfilesAsync()).ShouldBe(["anna Europe/Berlin en-US", "nora Europe/Berlin en-US"]);

        foreach (var person in new[] { nora, town.Anna })
        {
            (person.Person.Zone, person.Person.Locale) = ("America/New_York", "de-DE");
            await person.Types("settings");
            person.Sees("Nachrichten");
        }

        (await ProfilesAsync()).ShouldBe(["anna Europe/Berlin de-DE", "nora America/New_York de-DE"]);
        town.NothingWentWrong();
    }
}
