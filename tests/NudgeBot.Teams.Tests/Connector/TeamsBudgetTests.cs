using NudgeBot.Limits;
using NudgeBot.Teams.Connector;
using NudgeBot.Teams.Tests.Sending;

namespace NudgeBot.Teams.Tests.Connector;

/// <summary>Time passes here by moving what is written of it: nothing waits.</summary>
public class TeamsBudgetTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static readonly Budget Conversation = TeamsBudget.OfConversation("a:1");

    /// <returns>When each call left, in seconds, by somebody who takes all that he gets.</returns>
    static async Task<List<double>> Leaving(TeamsCompany company, Budget budget, double seconds, double step, Urgency urgency)
    {
        var budgets = new RateBudgets(company.Source);
        var left = new List<double>();
        var began = WireClock.System.GetTimestamp();
        for (var passed = 0.0; passed < seconds; passed += step)
        {
            while (await budgets.TakeAsync(company.Workspace, [budget], urgency, cancellation: Cancellation) is { IsGranted: true } grant)
                left.Add(passed + WireClock.System.GetElapsedTime(began).TotalSeconds + grant.Wait.TotalSeconds);
            await company.PassAsync(step);
        }
        return left;
    }

    static int MostIn(List<double> left, double seconds) => left.Max(from => left.Count(moment => moment >= from && moment < from + seconds));

    [Theory]
    [InlineData(0.25, 60)]
    [InlineData(8, 3700)]
    public async Task A_conversation_never_gets_more_than_any_of_its_four_limits(double step, double seconds)
    {
        await using var company = await TeamsCompany.CreateAsync();
        var left = await Leaving(company, Conversation, seconds, step, Urgency.Interactive);

        // A little less than each span: a call's time is looked at after it was granted.
        MostIn(left, 0.9).ShouldBe(7);
        MostIn(left, 1.9).ShouldBeLessThanOrEqualTo(8);
        MostIn(left, 29.9).ShouldBeLessThanOrEqualTo(60);
        MostIn(left, 3599.9).ShouldBeLessThanOrEqualTo(1800);
        left.Count(moment => moment < seconds).ShouldBeGreaterThan((int)(seconds * 0.49));
    }

    [Theory]
    [InlineData(25)]
    [InlineData(3)]
    public async Task A_tenant_gets_its_rate(double perSecond)
    {
        await using var company = await TeamsCompany.CreateAsync();
        var left = await Leaving(company, TeamsBudget.OfTenant(perSecond), seconds: 60, step: 0.5, Urgency.Bulk);
        MostIn(left, 0.9).ShouldBeLessThanOrEqualTo((int)perSecond + 1);
        left.Count(moment => moment is >= 20 and < 40).ShouldBeInRange((int)(perSecond * 19), (int)(perSecond * 21));
    }

    [Fact]
    public async Task Whoever_waits_leaves_at_once_while_others_stand_in_line()
    {
        await using var company = await TeamsCompany.CreateAsync();
        var tenant = TeamsBudget.OfTenant(25);
        var budgets = new RateBudgets(company.Source);
        while ((await budgets.TakeAsync(company.Workspace, [tenant], Urgency.Bulk, cancellation: Cancellation)).IsGranted) { }

        tenant.Reserve.ShouldBe(2);
        for (var i = 0; i < tenant.Reserve; i++)
            (await budgets.TakeAsync(company.Workspace, [tenant], Urgency.Interactive, cancellation: Cancellation)).ShouldBe(new Grant(IsGranted: true, NodaTime.Duration.Zero));
    }

    [Fact]
    public void With_its_default_a_tenant_stays_below_the_smaller_limit_whoever_calls()
    {
        var tenant = TeamsBudget.OfTenant(new TeamsSettings { AppId = "", TenantId = "" }.BulkPerSecond);
        (tenant.Capacity + tenant.Reserve + tenant.PerSecond).ShouldBeLessThan(30);
    }

    [Fact]
    public void Threads_of_a_channel_share_its_limit() =>
        TeamsBudget.OfConversation("19:x@thread.tacv2;messageid=1").ShouldBe(TeamsBudget.OfConversation("19:x@thread.tacv2;messageid=2"));
}
