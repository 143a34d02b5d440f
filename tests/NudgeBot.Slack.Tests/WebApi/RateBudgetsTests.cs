using NodaTime;
using NudgeBot.Limits;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Tests.WebApi;

/// <summary>Time passes here by moving what is written of it: nothing waits.</summary>
public class RateBudgetsTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static readonly Budget History = SlackBudget.OfMethod(SlackMethod.ConversationsHistory, 50);
    static readonly Budget Messages = SlackBudget.OfMethod(SlackMethod.ChatPostMessage, 300);

    static async Task<int> TakeAll(SlackCompany company, Budget budget, Urgency urgency, int most = 1000)
    {
        var budgets = new RateBudgets(company.Source);
        for (var taken = 0; taken < most; taken++)
            if (!(await budgets.TakeAsync(company.Workspace, [budget], urgency, cancellation: Cancellation)).IsGranted) return taken;
        return most;
    }

    [Theory]
    [InlineData("conversations.history", 1)]
    [InlineData("conversations.history", 20)]
    [InlineData("conversations.history", 50)]
    [InlineData("conversations.history", 100)]
    [InlineData("users.list", 20)]
    public async Task Within_a_minute_no_more_leave_than_the_limit_says_and_not_many_fewer(string method, int perMinute)
    {
        await using var company = await SlackCompany.CreateAsync();
        var budget = SlackBudget.OfMethod(method == SlackMethod.UsersList.Name ? SlackMethod.UsersList : SlackMethod.ConversationsHistory, perMinute);
        var taken = await TakeAll(company, budget, Urgency.Bulk) + await TakeAll(company, budget, Urgency.Interactive);
        // Less than a minute, because the test itself takes its time.
        for (var second = 0; second < 50; second++)
        {
            await company.Pass(1);
            taken += await TakeAll(company, budget, Urgency.Bulk);
        }
        taken.ShouldBeInRange(Math.Max(1, perMinute * 3 / 4), perMinute);
    }

    [Theory]
    [InlineData("chat.postMessage", 300)]
    [InlineData("conversations.open", 50)]
    public async Task What_takes_its_turns_uses_the_limit_and_leaves_no_oftener_than_it_says(string method, int perMinute)
    {
        await using var company = await SlackCompany.CreateAsync();
        var budget = SlackBudget.OfMethod(new SlackMethod(method, perMinute), perMinute);
        var budgets = new RateBudgets(company.Source);
        var leaveAt = new List<double>();
        for (var second = 0; second < 150; second++)
        {
            while (await budgets.TakeAsync(company.Workspace, [budget], Urgency.Bulk, cancellation: Cancellation) is { IsGranted: true } grant)
                leaveAt.Add(second + grant.Wait.TotalSeconds);
            await company.Pass(1);
        }

        // A second less than a minute, because the test itself takes its time.
        leaveAt.Max(from => leaveAt.Count(moment => moment >= from && moment < from + 59)).ShouldBeLessThanOrEqualTo(perMinute);
        // When what may leave at once has long left.
        leaveAt.Count(moment => moment is >= 80 and < 140).ShouldBeGreaterThanOrEqualTo((int)(perMinute * 0.95));
    }

    [Fact]
    public void Where_minutes_are_shorter_as_much_may_leave_at_once_and_it_is_there_again_sooner()
    {
        var faster = Messages.Faster(16);
        faster.PerSecond.ShouldBe(Messages.PerSecond * 16);
        faster.ShouldSatisfyAllConditions(
            () => faster.Capacity.ShouldBe(Messages.Capacity),
            () => faster.Floor(Urgency.Bulk).ShouldBe(Messages.Floor(Urgency.Bulk), 1e-6),
            () => faster.Floor(Urgency.Interactive).ShouldBe(Messages.Floor(Urgency.Interactive), 1e-6));
    }

    [Fact]
    public async Task While_bulk_stands_in_line_people_who_wait_get_every_token_that_comes()
    {
        await using var company = await SlackCompany.CreateAsync();
        await TakeAll(company, Messages, Urgency.Bulk);
        (await TakeAll(company, Messages, Urgency.Interactive)).ShouldBeInRange(6, 8);

        await company.Pass(1);
        (await TakeAll(company, Messages, Urgency.Bulk)).ShouldBe(0);
        (await TakeAll(company, Messages, Urgency.Interactive)).ShouldBeInRange(4, 6);
    }

    [Fact]
    public async Task Bulk_leaves_a_reserve_to_those_who_wait()
    {
        await using var company = await SlackCompany.CreateAsync();
        await TakeAll(company, History, Urgency.Bulk);

        (await TakeAll(company, History, Urgency.Interactive)).ShouldBeInRange(5, 6);
    }

    [Fact]
    public async Task A_refusal_says_how_long_to_wait_and_after_that_it_is_granted()
    {
        await using var company = await SlackCompany.CreateAsync();
        await TakeAll(company, History, Urgency.Bulk);
        var budgets = new RateBudgets(company.Source);

        var refused = await budgets.TakeAsync(company.Workspace, [History], Urgency.Bulk, cancellation: Cancellation);
        refused.IsGranted.ShouldBeFalse();
        refused.Wait.ShouldBeInRange(Duration.FromMilliseconds(1), Duration.FromSeconds(1 / History.PerSecond));
        await company.Pass(refused.Wait.TotalSeconds);
        (await budgets.TakeAsync(company.Workspace, [History], Urgency.Bulk, cancellation: Cancellation)).IsGranted.ShouldBeTrue();
    }

    [Fact]
    public async Task Messages_in_bulk_take_their_turns_and_an_answer_does_not_stand_in_line()
    {
        await using var company = await SlackCompany.CreateAsync();
        var budgets = new RateBudgets(company.Source);
        var waits = new List<Duration>();
        for (var message = 0; message < 60; message++) waits.Add((await budgets.TakeAsync(company.Workspace, [Messages], Urgency.Bulk, cancellation: Cancellation)).Wait);

        waits.Take(Messages.Capacity).ShouldAllBe(wait => wait == Duration.Zero);
        waits[^1].ShouldBeGreaterThan(Duration.FromSeconds(5));
        var answer = await budgets.TakeAsync(company.Workspace, [Messages], Urgency.Interactive, cancellation: Cancellation);
        answer.ShouldBe(new Grant(true, Duration.Zero));
        // In line is only who leaves within half a minute.
        (await TakeAll(company, Messages, Urgency.Bulk)).ShouldBeLessThan(100);
        (await budgets.TakeAsync(company.Workspace, [Messages], Urgency.Interactive, cancellation: Cancellation)).ShouldBe(new Grant(true, Duration.Zero));
    }

    [Fact]
    public async Task A_channel_gets_one_a_second()
    {
        await using var company = await SlackCompany.CreateAsync();
        var budgets = new RateBudgets(company.Source);
        Task<Grant> Take(string channel) => budgets.TakeAsync(company.Workspace, [Messages, SlackBudget.OfChannel(channel)], Urgency.Interactive, cancellation: Cancellation);

        (await Take("C1")).Wait.ShouldBe(Duration.Zero);
        (await Take("C1")).Wait.ShouldBeInRange(Duration.FromMilliseconds(500), Duration.FromSeconds(1));
        (await Take("C2")).Wait.ShouldBe(Duration.Zero);
    }

    [Fact]
    public async Task All_of_several_budgets_are_taken_or_none()
    {
        await using var company = await SlackCompany.CreateAsync();
        var budgets = new RateBudgets(company.Source);
        await TakeAll(company, History, Urgency.Interactive);
        var before = await company.List<double>("select tokens from rate_budgets where organization_id = @id and budget = 'conversations.history'");

        (await budgets.TakeAsync(company.Workspace, [Messages, History], Urgency.Interactive, cancellation: Cancellation)).IsGranted.ShouldBeFalse();

        (await company.List<double>("select tokens from rate_budgets where organization_id = @id and budget = 'conversations.history'")).ShouldBe(before);
        (await company.List<double>("select tokens from rate_budgets where organization_id = @id and budget = 'chat.postMessage'")).ShouldBe([Messages.Capacity]);
    }

    [Fact]
    public async Task A_batch_is_taken_at_once()
    {
        await using var company = await SlackCompany.CreateAsync();
        var budgets = new RateBudgets(company.Source);
        (await budgets.TakeAsync(company.Workspace, [History], Urgency.Bulk, count: History.Capacity, cancellation: Cancellation)).IsGranted.ShouldBeTrue();
        (await budgets.TakeAsync(company.Workspace, [History], Urgency.Bulk, count: 2, cancellation: Cancellation)).IsGranted.ShouldBeFalse();
    }

    [Fact]
    public async Task Replicas_that_ask_at_once_share_what_there_is()
    {
        await using var company = await SlackCompany.CreateAsync();
        var grants = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => new RateBudgets(company.Source).TakeAsync(company.Workspace, [History], Urgency.Bulk, cancellation: Cancellation)));
        // A token more where the machine was slow enough for one to come.
        grants.Count(grant => grant.IsGranted).ShouldBeInRange(History.Capacity, History.Capacity + 3);
    }

    [Fact]
    public async Task Too_many_closes_the_method_until_its_time()
    {
        await using var company = await SlackCompany.CreateAsync();
        var budgets = new RateBudgets(company.Source);
        await budgets.WaitAsync(company.Workspace, History, Duration.FromSeconds(40));
        await budgets.WaitAsync(company.Workspace, History, Duration.FromSeconds(10));

        (await budgets.TakeAsync(company.Workspace, [History], Urgency.Interactive, cancellation: Cancellation)).Wait.ShouldBeInRange(Duration.FromSeconds(35), Duration.FromSeconds(40));
        await company.Pass(41);
        (await budgets.TakeAsync(company.Workspace, [History], Urgency.Interactive, cancellation: Cancellation)).IsGranted.ShouldBeTrue();
    }

    [Fact]
    public async Task Quiet_channels_are_forgotten_and_methods_are_not()
    {
        await using var company = await SlackCompany.CreateAsync();
        var budgets = new RateBudgets(company.Source);
        await budgets.TakeAsync(company.Workspace, [Messages, SlackBudget.OfChannel("C1")], Urgency.Bulk, cancellation: Cancellation);
        await company.Pass(3601);
        await budgets.TakeAsync(company.Workspace, [SlackBudget.OfChannel("C2")], Urgency.Bulk, cancellation: Cancellation);

        await budgets.ForgetQuietChannelsAsync(company.Workspace.OrganizationId, Cancellation);

        (await company.List<string>("select budget from rate_budgets where organization_id = @id order by 1")).ShouldBe(["chat.postMessage", "chat.postMessage C2"]);
    }
}
