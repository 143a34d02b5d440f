using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using NudgeBot.Conversations;
using NudgeBot.FakeTeams.Calling;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Teams.Tests.WholeProgram;

/// <summary>What Teams delivers more than once, to whichever program; and what is no concern of the bot's.</summary>
public class DeliveriesTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Words_that_reach_two_programs_at_the_same_moment_are_handled_once()
    {
        await using var town = await TeamsTown.InstalledAsync();
        var before = town.Anna.Heard.Count;
        var words = await UnheardAsync(town, () => town.Teams.Acting.SayAsync(town.Anna.Person, "it helped"));

        var answers = await ToBothAtOnceAsync(town, words);

        answers.Distinct().ShouldBe([(HttpStatusCode.OK, "")]);
        (await town.QueryAsync<string>("select value from responses")).ShouldBe(["it helped"]);
        town.Anna.Heard.Skip(before).ShouldBe([Phrases.Say("en", "text-thanks")]);
    }

    [Fact]
    public async Task A_button_whose_press_reaches_two_programs_at_the_same_moment_counts_once()
    {
        await using var town = await TeamsTown.InstalledAsync();
        await town.MoveToAsync("2027-01-14 10:00");
        var question = town.Eve.WithButton("It worked");
        var press = await UnheardAsync(town, () => town.Teams.Acting.PressAsync(town.Eve.Person, question, "It worked"));

        var answers = await ToBothAtOnceAsync(town, press);

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        answers.Count(answer => answer.Body.Contains("\"application/vnd.microsoft.card.adaptive\"")).ShouldBe(1, "the others hear that it is answered");
        (await town.QueryAsync<string>("select kind from responses")).ShouldBe(["worked"]);
        town.Eve.Heard.Count(words => words.Contains("Good to hear")).ShouldBe(1);
    }

    [Fact]
    public async Task A_dialog_that_is_sent_many_times_at_once_is_kept_once()
    {
        await using var town = await TeamsTown.InstalledAsync();
        await town.Anna.Types("win it went well");
        await town.Anna.Presses("A win");
        var sending = await UnheardAsync(town, () => town.Teams.Acting.SubmitDialogAsync(town.Anna.Person, null));

        var answers = await ToBothAtOnceAsync(town, sending);

        answers.Distinct().ShouldBe([(HttpStatusCode.OK, "")]);
        (await town.QueryAsync<string>("select what from wins")).ShouldBe(["it went well"]);
    }

    [Fact]
    public async Task A_dialog_that_could_not_be_kept_stays_open_and_is_kept_when_it_is_sent_again()
    {
        await using var town = await TeamsTown.InstalledAsync();
        await town.Anna.Types("win it went well");
        await town.Anna.Presses("A win");
        await town.ExecuteAsync("alter table wins rename to wins_away");

        await town.Teams.Acting.SubmitDialogAsync(town.Anna.Person, null);
        town.Anna.HasDialog.ShouldBeTrue();
        town.Anna.Notices.ShouldHaveSingleItem();
        town.Anna.Field("What went well?").ShouldBe("it went well");

        await town.ExecuteAsync("alter table wins_away rename to wins");
        await town.Anna.Sends();
        town.Anna.HasDialog.ShouldBeFalse();
        (await town.QueryAsync<string>("select what from wins")).ShouldBe(["it went well"]);
    }

    [Fact]
    public async Task What_Teams_delivers_twice_is_handled_once()
    {
        await using var town = await TeamsTown.InstalledAsync();
        town.Teams.Deliveries.DuplicateNext(2);

        await town.Anna.Types("it helped");
        await town.Eve.Installs();

        town.Anna.Heard.Count.ShouldBe(2, "the greeting, and one answer");
        town.Eve.Heard.Count.ShouldBe(1);
        (await town.QueryAsync<string>("select value from responses")).ShouldBe(["it helped"]);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task What_was_acknowledged_by_a_program_that_died_is_answered_by_another()
    {
        await using var town = await TeamsTown.InstalledAsync();
        var survivor = await town.StartAsync();
        town.Teams.Faults.Next(Operation.Send, new Fault.TimesOut());
        await town.Teams.Acting.SayAsync(town.Anna.Person, "settings");
        await Town.SoonAsync(() => town.Teams.Faults.Left(Operation.Send) == 0);
        await town.Program.CrashAsync();

        await town.LeasesRunOutAsync();
        await survivor.Product.InboxWorker.RunAsync(Cancellation);

        town.Anna.Heard.Count.ShouldBe(2);
        town.Anna.Sees("Messages are on.");
    }

    [Fact]
    public async Task What_comes_without_the_Bot_Frameworks_token_is_refused_and_does_nothing()
    {
        await using var town = await TeamsTown.InstalledAsync();
        var stop = await UnheardAsync(town, () => town.Teams.Acting.SayAsync(town.Anna.Person, "stop"));
        var good = town.Teams.BotFramework.Token(town.Teams.ServiceUrl.ToString());

        foreach (var token in new[] { null, "", "x.y.z", good[..^6] + "AAAAAA" })
            (await PostAsync(town.Program, stop, token)).Status.ShouldBe(HttpStatusCode.Unauthorized, token);
        (await PostAsync(town.Program, stop, town.Teams.BotFramework.Token("https://smba.example.com/"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        town.Teams.BotFramework.Endorsements = ["webchat"];
        town.Teams.BotFramework.RotateKeys();
        (await PostAsync(town.Program, stop, town.Teams.BotFramework.Token(town.Teams.ServiceUrl.ToString()))).Status.ShouldNotBe(HttpStatusCode.OK, "a key for another channel");
        await town.SettleAsync();

        (await town.QueryAsync<bool>("select opted_out_at is not null from persons where email = 'anna@acme.com'")).ShouldBe([false]);
        foreach (var person in town.Nudged) person.Heard.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_no_concern_of_the_bots_is_taken_and_changes_nothing()
    {
        await using var town = await TeamsTown.InstalledAsync();
        await town.MoveToAsync("2027-01-11 10:00");
        var welcome = town.Teams.MessagesWith(town.Anna.Person)[^1];
        var before = town.Anna.Heard.Count;

        (await town.Teams.Acting.ReactAsync(town.Anna.Person, welcome)).Taken.ShouldBeTrue();
        foreach (var type in new[] { "messageUpdate", "messageDelete", "typing", "endOfConversation", "event" })
        {
            var activity = (await UnheardAsync(town, () => town.Teams.Acting.SayAsync(town.Anna.Person, "stop"))).Activity;
            activity["type"] = type;
            (await town.Teams.Deliveries.SendAsync(activity)).Taken.ShouldBeTrue(type);
        }
        var invoke = (await UnheardAsync(town, () => town.Teams.Acting.SayAsync(town.Anna.Person, "stop"))).Activity;
        (invoke["type"], invoke["name"], invoke["value"]) = ("invoke", "composeExtension/query", new JsonObject());
        (await town.Teams.Deliveries.SendAsync(invoke)).Attempts[0].Status.ShouldBe(501);
        await town.SettleAsync();

        town.Anna.Heard.Count.ShouldBe(before);
        (await town.QueryAsync<bool>("select opted_out_at is not null from persons where email = 'anna@acme.com'")).ShouldBe([false]);
        (await town.QueryAsync<int>("select count(*)::int from responses")).ShouldBe([0]);
    }

    [Fact]
    public async Task Keys_that_Microsoft_has_changed_are_read_anew_and_nothing_that_people_do_is_lost()
    {
        await using var town = await TeamsTown.InstalledAsync();
        town.Teams.BotFramework.RotateKeys();

        await town.Anna.Types("settings");

        town.Anna.Sees("Messages are on.");
    }

    /// <summary>Somebody does something while the bot cannot be reached.</summary>
    static async Task<Delivery> UnheardAsync(TeamsTown town, Func<Task<Delivery>> act)
    {
        var address = town.Teams.Bot.MessagesUrl;
        town.Teams.Bot.MessagesUrl = new Uri("http://127.0.0.1:9/api/messages");
        var unheard = await act();
        town.Teams.Bot.MessagesUrl = address;
        return unheard;
    }

    /// <summary>Teams sends it to two programs, and again and again before either has answered.</summary>
    static async Task<(HttpStatusCode Status, string Body)[]> ToBothAtOnceAsync(TeamsTown town, Delivery delivery)
    {
        TownProgram[] programs = [town.Program, await town.StartAsync()];
        var token = town.Teams.BotFramework.Token(town.Teams.ServiceUrl.ToString());
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(again => PostAsync(programs[again % 2], delivery, token)));
        await town.SettleAsync();
        return answers;
    }

    static async Task<(HttpStatusCode Status, string Body)> PostAsync(TownProgram to, Delivery delivery, string? token)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(to.Address, "/api/messages")) { Content = new StringContent(delivery.Attempts[0].Body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-8");
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var answer = await http.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
