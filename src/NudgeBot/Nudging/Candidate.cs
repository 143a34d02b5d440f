using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Usage;

namespace NudgeBot.Nudging;

/// <summary>Everything that decides whether a due nudge is sent, as it is known at this moment.</summary>
public sealed record Candidate
{
    public required Step Step { get; init; }
    public required Schedule Schedule { get; init; }
    public required Instant LastChance { get; init; }
    /// <summary>What held it before, if anything did.</summary>
    public HoldReason? HeldBy { get; init; }

    public bool CampaignEnded { get; init; }
    public bool Paused { get; init; }
    /// <summary>The platform's rate limit for the whole workspace.</summary>
    public Instant? ThrottledUntil { get; init; }
    public int? BackOff { get; init; }

    public LocalDate? LeftOn { get; init; }
    public bool OptedOut { get; init; }
    public bool HasAccount { get; init; }
    /// <summary>A workspace has not been asked yet whether it knows this person.</summary>
    public bool IsLookedFor { get; init; }
    public Instant? SnoozedUntil { get; init; }
    public required Entry Entry { get; init; }
    public required ActiveDays Use { get; init; }
    public bool AnsweredEarlier { get; init; }
    /// <summary>Nudges of this enrollment sent since the person was last heard.</summary>
    public int UnansweredInARow { get; init; }
    /// <summary>The local dates of the person's nudges, over all campaigns, that were sent or may have been.</summary>
    public IReadOnlyCollection<LocalDate> SentOn { get; init; } = [];
    /// <summary>Of the team, for a step that goes to a team's channel.</summary>
    public int NudgedMembers { get; init; }
}
