namespace NudgeBot.Commands;

/// <summary>
/// The closed set of what can be asked by a line of text: first by whom and about what, then each of these sets has its own members. What is
/// <see cref="PersonalRequest"/> is asked in chat, <see cref="OperatorRequest"/> in the terminal, the others in both and answered by the same handlers.
/// </summary>
public abstract record CommandRequest
{
    private protected CommandRequest() { }

    public T MatchGroup<T>(
        Func<PersonalRequest, T> personal, Func<CampaignRequest, T> campaign, Func<PeopleRequest, T> people, Func<ChannelRequest, T> channel, Func<ReportRequest, T> report,
        Func<GovernanceRequest, T> governance, Func<RolloutRequest, T> rollout, Func<ReadinessRequest, T> readiness, Func<GoalRequest, T> goal, Func<ReviewRequest, T> review,
        Func<OperatorRequest, T> @operator) => this switch
        {
            PersonalRequest r => personal(r),
            CampaignRequest r => campaign(r),
            PeopleRequest r => people(r),
            ChannelRequest r => channel(r),
            ReportRequest r => report(r),
            GovernanceRequest r => governance(r),
            RolloutRequest r => rollout(r),
            ReadinessRequest r => readiness(r),
            GoalRequest r => goal(r),
            ReviewRequest r => review(r),
            OperatorRequest r => @operator(r),
            _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
        };
}
