namespace NudgeBot.Commands;

/// <summary>Who may do what, and what stops everything.</summary>
public abstract record GovernanceRequest : CommandRequest
{
    private GovernanceRequest() { }

    public sealed record PauseAll : GovernanceRequest;

    public sealed record ResumeAll : GovernanceRequest;

    public sealed record PauseWorkspace(string Name) : GovernanceRequest;

    public sealed record ResumeWorkspace(string Name) : GovernanceRequest;

    public sealed record ListAdmins : GovernanceRequest;

    /// <param name="Who">An e-mail.</param>
    public sealed record AddAdmin(string Who) : GovernanceRequest;

    /// <inheritdoc cref="AddAdmin"/>
    public sealed record RemoveAdmin(string Who) : GovernanceRequest;

    /// <summary>A code with which somebody in chat becomes an administrator, once.</summary>
    public sealed record AdminCode : GovernanceRequest;

    public sealed record ClaimAdmin(string Code) : GovernanceRequest;

    /// <inheritdoc cref="AddAdmin"/>
    public sealed record AddChampion(string Who) : GovernanceRequest;

    /// <inheritdoc cref="AddAdmin"/>
    public sealed record RemoveChampion(string Who) : GovernanceRequest;

    /// <inheritdoc cref="AddAdmin"/>
    public sealed record SetOwner(string Campaign, string Who) : GovernanceRequest;

    public T Match<T>(
        Func<PauseAll, T> pauseAll, Func<ResumeAll, T> resumeAll, Func<PauseWorkspace, T> pauseWorkspace, Func<ResumeWorkspace, T> resumeWorkspace,
        Func<ListAdmins, T> listAdmins, Func<AddAdmin, T> addAdmin, Func<RemoveAdmin, T> removeAdmin, Func<AdminCode, T> adminCode,
        Func<ClaimAdmin, T> claimAdmin, Func<AddChampion, T> addChampion, Func<RemoveChampion, T> removeChampion, Func<SetOwner, T> setOwner) => this switch
        {
            PauseAll r => pauseAll(r),
            ResumeAll r => resumeAll(r),
            PauseWorkspace r => pauseWorkspace(r),
            ResumeWorkspace r => resumeWorkspace(r),
            ListAdmins r => listAdmins(r),
            AddAdmin r => addAdmin(r),
            RemoveAdmin r => removeAdmin(r),
            AdminCode r => adminCode(r),
            ClaimAdmin r => claimAdmin(r),
            AddChampion r => addChampion(r),
            RemoveChampion r => removeChampion(r),
            SetOwner r => setOwner(r),
            _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
        };
}
