using System.Reflection;
using System.Runtime.CompilerServices;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Governance;
using NudgeBot.Nudging;

namespace NudgeBot.Tests.Conventions;

/// <summary>A closed set's one switch must know every member: a record that was added and forgotten there would fall through at run time.</summary>
public class ClosedSetTests
{
    public static TheoryData<Type> Sets =>
    [
        typeof(Block), typeof(Field), typeof(ChatEvent), typeof(ReplyPart), typeof(SendResult), typeof(AskResult), typeof(Decision), typeof(Reading),
        typeof(PersonalRequest), typeof(CampaignRequest), typeof(PeopleRequest), typeof(ChannelRequest), typeof(ReportRequest), typeof(GovernanceRequest), typeof(OperatorRequest),
        typeof(RolloutRequest), typeof(ReadinessRequest), typeof(GoalRequest),
        typeof(Actor), typeof(AuditPart),
    ];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Match_reaches_every_member(Type set)
    {
        var members = set.GetNestedTypes().Where(set.IsAssignableFrom).ToList();
        var match = set.GetMethod("Match")!.MakeGenericMethod(typeof(Type));
        match.GetParameters().Length.ShouldBe(members.Count);
        foreach (var member in members)
            match.Invoke(RuntimeHelpers.GetUninitializedObject(member), [.. match.GetParameters().Select(TypeOfArgument)]).ShouldBe(member);
    }

    [Fact]
    public void Requests_are_all_reached()
    {
        foreach (var group in typeof(CommandRequest).Assembly.GetTypes().Where(type => type.BaseType == typeof(CommandRequest)))
        {
            var match = typeof(CommandRequest).GetMethod("MatchGroup")!.MakeGenericMethod(typeof(Type));
            var member = RuntimeHelpers.GetUninitializedObject(group.GetNestedTypes()[0]);
            match.Invoke(member, [.. match.GetParameters().Select(TypeOfArgument)]).ShouldBe(group);
        }
    }

    [Fact]
    public void Conditions_are_all_decided()
    {
        var facts = new ConditionFacts(new(2026, 3, 9), new(2026, 3, 2), new(new(2026, 3, 2), 0, 0, 0), AnsweredEarlier: false, NudgedMembers: 0);
        Condition[] one = [new Condition.UsedSinceDayZero(), new Condition.AnsweredEarlier(), new Condition.UsedFewerThan(1, 4), new Condition.NudgedMembers(3), new Condition.Any([]), new Condition.All([])];
        one.Select(condition => condition.GetType()).ShouldBe(typeof(Condition).GetNestedTypes(), ignoreOrder: true);
        one.Select(condition => condition.IsTrue(facts)).ShouldBe([false, false, true, false, false, true]);
    }

    /// <summary>A function from a member to its own type: so the result tells which function was called.</summary>
    static Delegate TypeOfArgument(ParameterInfo function) =>
        typeof(ClosedSetTests).GetMethod(nameof(Named), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(function.ParameterType.GenericTypeArguments[0]).CreateDelegate(function.ParameterType);

    static Type Named<T>(T member) => typeof(T);
}
