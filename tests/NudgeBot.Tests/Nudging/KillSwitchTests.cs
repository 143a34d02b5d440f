using NudgeBot.Chat;
using NudgeBot.Governance;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Nudging;

public sealed class KillSwitchTests
{
    const int People = 400;
    const int Replicas = 4;

    [Theory]
    [InlineData("pause all", "resume all")]
    [InlineData("campaign pause pilot", "campaign resume pilot")]
    [InlineData("pause workspace Acme", "resume workspace Acme")]
    public async Task After_its_answer_no_message_leaves_on_any_of_four_replicas(string pause, string resume)
    {
        await using var company = await CrowdedAsync();
        var anna = company.With("anna");
        var isAnswered = false;
        var (tooLate, sent) = (0, 0);
        var many = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isPausing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        company.Platform.Answer = async _ =>
        {
            if (Volatile.Read(ref isAnswered)) Interlocked.Increment(ref tooLate);
            // From here on there are always messages under way, until the pause has come.
            if (Interlocked.Increment(ref sent) == People / 8) many.SetResult();
            if (many.Task.IsCompleted) await isPausing.Task;
            return company.Platform.Taken();
        };
        var replicas = Enumerable.Range(0, Replicas)
            .Select(_ => new NudgingProduct(company.Source, company.Clock, Shipped.Content, [company.Platform]))
            .Select(product => Task.Run(() => product.Dispatcher.RunAsync(company.Id), TestContext.Current.CancellationToken)).ToList();

        await many.Task;
        var pausing = anna.Types(pause);
        await IsWaitingAsync(company);
        isPausing.SetResult();
        await pausing;
        Volatile.Write(ref isAnswered, true);
        await Task.WhenAll(replicas);
        await company.Tick();

        tooLate.ShouldBe(0);
        sent.ShouldBeLessThan(People);
        Volatile.Write(ref isAnswered, false);
        await anna.Types(resume);
        await company.Tick();
        sent.ShouldBe(People);
    }

    [Fact]
    public async Task A_pause_waits_for_what_is_under_way()
    {
        await using var company = await CrowdedAsync();
        var gate = company.Platform.Waits();
        var dispatching = Task.Run(() => company.Product.Dispatcher.RunAsync(company.Id), TestContext.Current.CancellationToken);
        await company.Platform.WasCalled(1);

        var pausing = company.Product.Desk.AnswerAsync(Asker.Operator(company.Id), new NudgeBot.Commands.GovernanceRequest.PauseAll(), TestContext.Current.CancellationToken);
        await IsWaitingAsync(company);
        pausing.IsCompleted.ShouldBeFalse();
        gate.SetResult();
        await pausing;
        var left = company.Platform.Asked.Count;
        await dispatching;

        company.Platform.Asked.Count.ShouldBe(left);
        left.ShouldBeLessThan(People);
    }

    [Fact]
    public async Task A_message_that_hangs_does_not_keep_a_pause_from_coming()
    {
        await using var company = await CrowdedAsync();
        var gate = company.Platform.Waits();
        var dispatching = Task.Run(() => company.Product.Dispatcher.RunAsync(company.Id), TestContext.Current.CancellationToken);
        await company.Platform.WasCalled(1);

        await company.Operator("pause", "all");

        (await company.Query<bool>("select paused from organizations where id = @id")).ShouldBeTrue();
        var left = company.Platform.Asked.Count;
        gate.SetResult();
        await dispatching;
        company.Platform.Asked.Count.ShouldBe(left);
    }

    /// <summary>The pause waits for what is under way.</summary>
    static async Task IsWaitingAsync(NudgedCompany company)
    {
        while (!await company.Query<bool>("select exists (select from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() and l.locktype = 'advisory' and not l.granted)")) await Task.Yield();
    }

    static async Task<NudgedCompany> CrowdedAsync()
    {
        var company = await NudgedCompany.CreateAsync();
        await company.Import("email,name,role,time_zone\n" + string.Join('\n', Enumerable.Range(0, People - 1).Select(one => $"crowd{one}@acme.com,Crowd {one},developer,Europe/Berlin")));
        await company.Hire("anna");
        await company.MakeAdmin("anna");
        await company.Launch(CampaignYaml.Of(CampaignYaml.Welcome));
        company.Clock.MoveTo(NudgedCompany.Moment("2026-03-09T10:00"));
        await company.Product.Tick.PlanAsync(TestContext.Current.CancellationToken);
        return company;
    }
}
