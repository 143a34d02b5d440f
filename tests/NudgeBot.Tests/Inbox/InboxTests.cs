using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Inbox;
using NudgeBot.Tests.Database;

namespace NudgeBot.Tests.Inbox;

public sealed class InboxTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_delivered_twenty_times_at_once_to_two_replicas_is_handled_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (one, other) = (new Replica(database), new Replica(database));

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? one : other).TakeAsync("Ev1", "anna"))));
        await Task.WhenAll(one.Worker.WhenIdleAsync(), other.Worker.WhenIdleAsync());

        taken.Count(isNew => isNew).ShouldBe(1);
        one.Handled.Concat(other.Handled).ShouldBe(["Ev1"]);
    }

    [Fact]
    public async Task Two_replicas_that_are_delivered_the_same_things_in_opposite_orders_take_each_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (one, other) = (new Replica(database), new Replica(database));
        var keys = Enumerable.Range(0, 500).Select(i => $"Ev{i}").ToList();

        await Task.WhenAll(
            Task.WhenAll(keys.Select(key => one.TakeAsync(key, "anna"))),
            Task.WhenAll(Enumerable.Reverse(keys).Select(key => other.TakeAsync(key, "anna"))));
        await Task.WhenAll(one.Worker.WhenIdleAsync(), other.Worker.WhenIdleAsync());

        one.Handled.Concat(other.Handled).ShouldBe(keys, ignoreOrder: true);
    }

    [Fact]
    public async Task One_sender_is_worked_off_in_the_order_of_arrival_and_another_one_beside()
    {
        await using var database = await TestDatabase.CreateAsync();
        var replica = new Replica(database);
        var annaMayGoOn = new TaskCompletionSource();
        replica.Handle = entry => entry.Key == "Ev0" ? annaMayGoOn.Task : Task.CompletedTask;

        for (var i = 0; i < 50; i++) await replica.TakeAsync($"Ev{i}", "anna");
        await replica.TakeAsync("Bob", "bob");
        await replica.UntilHandledAsync("Bob");
        replica.Handled.ShouldBe(["Bob"]);
        annaMayGoOn.SetResult();
        await replica.Worker.WhenIdleAsync();

        replica.Handled.Skip(1).ShouldBe(Enumerable.Range(0, 50).Select(i => $"Ev{i}"));
    }

    [Fact]
    public async Task What_comes_from_many_at_once_keeps_its_order_for_each_of_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        var replica = new Replica(database);

        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => replica.TakeAsync($"{i % 20}-{i / 20:00}", $"sender {i % 20}")));
        await replica.Worker.WhenIdleAsync();

        replica.Handled.Count.ShouldBe(2000);
        foreach (var ofOne in replica.Handled.GroupBy(key => key.Split('-')[0])) ofOne.ShouldBe(ofOne.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_dead_replica_took_is_worked_off_by_another_once_its_lease_has_run_out()
    {
        await using var database = await TestDatabase.CreateAsync();
        // Takes, and dies before it handles: nothing ever begins.
        var dead = new Replica(database, serves: false);
        for (var i = 0; i < 120; i++) await dead.TakeAsync($"Ev{i}", $"sender {i % 7}");
        var (one, other) = (new Replica(database), new Replica(database));

        await Task.WhenAll(one.Worker.RunAsync(Cancellation), other.Worker.RunAsync(Cancellation));
        one.Handled.Concat(other.Handled).ShouldBeEmpty("the dead one may be alive until its leases have run out");
        await LeasesRunOutAsync(database);
        await Task.WhenAll(one.Worker.RunAsync(Cancellation), other.Worker.RunAsync(Cancellation));

        one.Handled.Concat(other.Handled).ShouldBe(Enumerable.Range(0, 120).Select(i => $"Ev{i}"), ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_postponed_is_never_given_up()
    {
        await using var database = await TestDatabase.CreateAsync();
        var replica = new Replica(database);
        var times = 0;
        replica.Handle = _ => ++times <= 20 ? throw new PostponedException("no room") : Task.CompletedTask;

        await replica.TakeAsync("Ev1", "anna");
        await replica.Worker.WhenIdleAsync();
        for (var i = 0; i < 20; i++)
        {
            replica.Handled.ShouldBeEmpty();
            await LeasesRunOutAsync(database);
            await replica.Worker.RunAsync(Cancellation);
        }

        replica.Handled.ShouldBe(["Ev1"]);
        replica.Log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_fails_is_tried_again_and_given_up_in_the_end_without_a_word_of_it_in_the_log()
    {
        await using var database = await TestDatabase.CreateAsync();
        var replica = new Replica(database) { Handle = _ => throw new InvalidOperationException("secret words") };

        await replica.TakeAsync("Ev1", "anna");
        await replica.Worker.WhenIdleAsync();
        for (var i = 0; i < 10; i++)
        {
            await LeasesRunOutAsync(database);
            await replica.Worker.RunAsync(Cancellation);
        }

        replica.Begun.Count.ShouldBe(5);
        (await database.QueryAsync<(bool, bool)>("select handled_at is not null, payload is null from inbox")).ShouldBe([(true, true)]);
        replica.Log.Lines.Count(line => line.Contains("Gave up")).ShouldBe(1);
        replica.Log.Lines.ShouldAllBe(line => !line.Contains("secret words"));
    }

    [Fact]
    public async Task What_ends_the_process_each_time_is_not_begun_for_ever()
    {
        await using var database = await TestDatabase.CreateAsync();
        await new Replica(database, serves: false).TakeAsync("Ev1", "anna");
        await database.ExecuteAsync("update inbox set attempts = 5");
        await LeasesRunOutAsync(database);
        var replica = new Replica(database);

        await replica.Worker.RunAsync(Cancellation);

        replica.Begun.ShouldBeEmpty();
        replica.Log.Lines.ShouldHaveSingleItem().ShouldContain("Gave up");
    }

    [Fact]
    public async Task Words_are_gone_when_they_are_handled_and_the_key_a_week_later()
    {
        await using var database = await TestDatabase.CreateAsync();
        var replica = new Replica(database);
        await replica.TakeAsync("Ev1", "anna");
        await replica.Worker.WhenIdleAsync();
        (await database.QueryAsync<string?>("select payload from inbox")).ShouldBe([null]);

        replica.Clock.MoveTo(replica.Clock.Now + Duration.FromDays(7));
        await replica.Worker.ForgetAsync(Replica.OrganizationId, Cancellation);
        (await replica.TakeAsync("Ev1", "anna")).ShouldBeFalse("it is still known");
        replica.Clock.MoveTo((await replica.Worker.NextToForgetAsync(Replica.OrganizationId, Cancellation)).ShouldNotBeNull());
        await replica.Worker.ForgetAsync(Replica.OrganizationId, Cancellation);

        (await database.QueryAsync<string>("select key from inbox")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_batch_that_cannot_be_stored_is_told_to_those_who_wait_for_it_and_the_next_one_is_stored()
    {
        await using var database = await TestDatabase.CreateAsync();
        var replica = new Replica(database);
        await database.ExecuteAsync("alter table inbox rename to gone");
        await Should.ThrowAsync<PostgresException>(() => replica.TakeAsync("Ev1", "anna"));
        await database.ExecuteAsync("alter table gone rename to inbox");

        (await replica.TakeAsync("Ev1", "anna")).ShouldBeTrue();
    }

    [Fact]
    public async Task An_answer_is_given_once_and_a_second_delivery_waits_for_the_first()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (one, other) = (new Replica(database), new Replica(database));
        await database.ExecuteAsync("create table effects (key text)");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? one : other).AnswerAsync(Thanks))));
        await Task.WhenAll(one.Worker.WhenIdleAsync(), other.Worker.WhenIdleAsync());

        (await database.QueryAsync<string>("select key from effects")).ShouldBe(["Ev1"]);
        answers.Count(answer => answer is not null).ShouldBe(1);
        one.Shown.Concat(other.Shown).ShouldBe(["thanks"], "what is left of the reply is shown after the response");
        (await database.QueryAsync<(bool, bool, bool)>("select handled_at is not null, payload is null, reply is null from inbox")).ShouldBe([(true, true, true)]);
    }

    [Fact]
    public async Task Errors_of_a_form_change_nothing_and_the_same_form_may_come_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        var replica = new Replica(database);
        await database.ExecuteAsync("create table effects (key text)");
        var errors = Reply.With(new ReplyPart.Errors(new Dictionary<string, string> { ["what"] = "is empty" }));

        for (var i = 0; i < 2; i++)
            (await replica.AnswerAsync(errors)).ShouldBe(errors);
        (await database.QueryAsync<string>("select key from effects")).ShouldBeEmpty();
        (await replica.AnswerAsync(Thanks)).ShouldBe(Thanks);

        (await database.QueryAsync<string>("select key from effects")).ShouldBe(["Ev1"]);
    }

    [Fact]
    public async Task The_thanks_of_a_process_that_died_after_the_response_are_shown_by_another()
    {
        await using var database = await TestDatabase.CreateAsync();
        var dead = new Replica(database, serves: false);
        await database.ExecuteAsync("create table effects (key text)");
        await dead.AnswerAsync(Thanks);
        await LeasesRunOutAsync(database);
        var replica = new Replica(database);

        await replica.Worker.RunAsync(Cancellation);

        replica.Shown.ShouldBe(["thanks"]);
        (await database.QueryAsync<string>("select key from effects")).ShouldBe(["Ev1"], "its effect was there already");
    }

    [Fact]
    public async Task What_could_not_be_shown_is_shown_again_and_changes_nothing_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("create table effects (key text)");
        var tries = 0;
        var replica = new Replica(database);
        replica.Handle = async entry =>
        {
            var reply = await replica.HandleOnceAsync(entry, Thanks);
            if (++tries == 1) throw new HttpRequestException("no network");
            replica.Show(reply);
        };

        await replica.TakeAsync("Ev1", "anna");
        await replica.Worker.WhenIdleAsync();
        await LeasesRunOutAsync(database);
        await replica.Worker.RunAsync(Cancellation);

        (await database.QueryAsync<string>("select key from effects")).ShouldBe(["Ev1"]);
        replica.Shown.ShouldBe(["thanks"]);
    }

    [Fact]
    public async Task A_handler_that_fails_leaves_nothing_of_what_it_wrote()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("create table effects (key text)");
        var tries = 0;
        var replica = new Replica(database);
        replica.Handle = async entry => await replica.Inbox.HandleOnceAsync(entry, async (connection, _) =>
        {
            await connection.ExecuteAsync("insert into effects values (@Key)", entry);
            return ++tries == 1 ? throw new InvalidOperationException() : Reply.Nothing;
        }, Cancellation);

        await replica.TakeAsync("Ev1", "anna");
        await replica.Worker.WhenIdleAsync();
        (await database.QueryAsync<string>("select key from effects")).ShouldBeEmpty();
        await LeasesRunOutAsync(database);
        await replica.Worker.RunAsync(Cancellation);

        (await database.QueryAsync<string>("select key from effects")).ShouldBe(["Ev1"]);
    }

    [Fact]
    public async Task One_that_takes_longer_than_its_lease_leaves_the_effect_and_the_reply_to_the_other()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("create table effects (key text)");
        var (slow, other) = (new Replica(database), new Replica(database));
        var (begun, mayGoOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        slow.Handle = async entry => slow.Show(await slow.Inbox.HandleOnceAsync(entry, async (connection, _) =>
        {
            begun.SetResult();
            await mayGoOn.Task;
            await connection.ExecuteAsync("insert into effects values ('slow')");
            return Thanks;
        }, Cancellation));

        await slow.TakeAsync("Ev1", "anna");
        await begun.Task;
        await LeasesRunOutAsync(database);
        other.Handle = async entry => other.Show(await other.HandleOnceAsync(entry, Thanks));
        await other.Worker.RunAsync(Cancellation);
        mayGoOn.SetResult();
        await slow.Worker.WhenIdleAsync();

        (await database.QueryAsync<string>("select key from effects")).ShouldBe(["Ev1"]);
        (slow.Shown, other.Shown).ShouldSatisfyAllConditions(shown => shown.Item1.ShouldBeEmpty(), shown => shown.Item2.ShouldBe(["thanks"]));
    }

    [Fact]
    public async Task A_reply_that_is_kept_comes_back_as_it_was()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("create table effects (key text)");
        var reply = Reply.With(
            new ReplyPart.Update(Message.Of(new Block.Text("**done**"), new Block.Prompt("paste"), new Block.Buttons(new Button("a", "b", "c", ButtonStyle.Danger)))),
            new ReplyPart.Whisper(Message.Of(new Block.Select("a", "b", "pick", [new Option("x", "X")]), new Block.Context("small"))),
            new ReplyPart.Open(new Form("a", "b", "Title", "Send",
            [
                new Field.Line("line", "Line", Required: true, Multiline: true, MaxLength: 7, "words") { Hint = "hint" },
                new Field.Number("number", "Number", Required: false, Min: 1, Max: 5, Initial: 3),
                new Field.Choice("choice", "Choice", Required: true, [new Option("x", "X")], "x"),
            ])));
        await new Replica(database, serves: false).AnswerAsync(reply);
        await LeasesRunOutAsync(database);
        InboxEntry? kept = null;
        var replica = new Replica(database) { Handle = entry => Task.FromResult(kept = entry) };

        await replica.Worker.RunAsync(Cancellation);

        JsonSerializer.Serialize(kept.ShouldNotBeNull().Reply).ShouldBe(JsonSerializer.Serialize(reply));
        kept.Reply!.Parts.OfType<ReplyPart.Open>().Single().Form.Fields[0].ShouldBe(reply.Parts.OfType<ReplyPart.Open>().Single().Form.Fields[0]);
    }

    static readonly Reply Thanks = Reply.With(new ReplyPart.Whisper(Message.Say("thanks")));

    static Task LeasesRunOutAsync(TestDatabase database) => database.ExecuteAsync("update inbox set leased_until = '2000-01-01Z' where handled_at is null");

    /// <summary>A process with an inbox of its own over the common database.</summary>
    sealed class Replica
    {
        public const int OrganizationId = 1;
        public static readonly Workspace Workspace = new(OrganizationId, 7);

        public Replica(TestDatabase database, bool serves = true)
        {
            Worker = new InboxWorker(database.Source, Clock);
            Inbox = new NudgeBot.Inbox.Inbox(database.Source, Clock, Worker);
            Handle = entry =>
            {
                if (entry.Reply is { } left) Show(left);
                return Task.CompletedTask;
            };
            if (serves) Worker.Serve("slack", HandleAsync, Log);
        }

        public ProductClock Clock { get; } = ProductClock.StandingAt(Instant.FromUtc(2027, 1, 11, 9, 0));
        public InboxWorker Worker { get; }
        public NudgeBot.Inbox.Inbox Inbox { get; }
        public KeptLog Log { get; } = new();
        public ConcurrentQueue<string> Begun { get; } = new();
        public ConcurrentQueue<string> Handled { get; } = new();
        public ConcurrentQueue<string> Shown { get; } = new();

        /// <summary>Where a test says nothing else: a reply that is left is shown.</summary>
        public Func<InboxEntry, Task> Handle { get; set; }

        public Task<bool> TakeAsync(string key, string sender) => Inbox.TakeAsync(Entry(key, sender));

        /// <summary>Has an effect once, and this reply.</summary>
        public Task<Reply?> AnswerAsync(Reply reply) =>
            Inbox.AnswerOnceAsync(Entry("Ev1", "anna"), (connection, _) => HaveEffectAsync(connection, "Ev1", reply), kept => kept.Parts, Cancellation);

        public Task<Reply> HandleOnceAsync(InboxEntry entry, Reply reply) =>
            Inbox.HandleOnceAsync(entry, (connection, _) => HaveEffectAsync(connection, entry.Key, reply), Cancellation);

        public void Show(Reply reply)
        {
            foreach (var message in reply.Parts.OfType<ReplyPart.Whisper>()) Shown.Enqueue(message.Message.Summary);
        }

        static async Task<Reply> HaveEffectAsync(NpgsqlConnection connection, string key, Reply reply)
        {
            await connection.ExecuteAsync("insert into effects values (@key)", new { key });
            return reply;
        }

        InboxEntry Entry(string key, string sender) => new("slack", key, Workspace, sender, Clock.Now, "\"words\"");

        public async Task UntilHandledAsync(string key)
        {
            while (!Handled.Contains(key)) await Task.Delay(TimeSpan.FromMilliseconds(5), WireClock.System, Cancellation);
        }

        async Task HandleAsync(InboxEntry entry, CancellationToken cancellation)
        {
            Begun.Enqueue(entry.Key);
            await Handle(entry);
            Handled.Enqueue(entry.Key);
        }
    }

    sealed class KeptLog : ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}

static class InboxSql
{
    public static async Task ExecuteAsync(this TestDatabase database, string sql)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }

    public static async Task<IReadOnlyList<T>> QueryAsync<T>(this TestDatabase database, string sql)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return (await connection.QueryAsync<T>(sql)).AsList();
    }
}
