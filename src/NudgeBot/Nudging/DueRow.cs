using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Usage;

namespace NudgeBot.Nudging;

/// <summary>A row of <see cref="DueNudges"/> as the database gives it.</summary>
sealed record DueRow
{
    /// <summary>Of the claim that it belongs to, from 1.</summary>
    public long Number { get; init; }
    public int JourneyVersionId { get; init; }
    public LocalDate DayZero { get; init; }
    public string Entry { get; init; } = "";
    public string Variant { get; init; } = "";
    public Instant? AnsweredAt { get; init; }
    public LocalDate? LeftOn { get; init; }
    public bool IsLast { get; init; }
    public long Before { get; init; }
    public long Days { get; init; }
    public long Days2 { get; init; }
    public bool CampaignEnded { get; init; }
    public bool Paused { get; init; }
    public Instant? SendNotBefore { get; init; }
    public string Name { get; init; } = "";
    public string Locale { get; init; } = "";
    public string TimeZone { get; init; } = "";
    public string? Country { get; init; }
    public string? Chore { get; init; }
    public Instant? OptedOutAt { get; init; }
    public Instant? SnoozedUntil { get; init; }
    public string Role { get; init; } = "";
    public int? WorkspaceId { get; init; }
    public string? ExternalId { get; init; }
    public bool IsLookedFor { get; init; }
    public string? Conversation { get; init; }
    public string? Platform { get; init; }
    public int Unanswered { get; init; }
    public DateOnly[]? SentOn { get; init; }

    public ActiveDays Use => new(DayZero, Before, Days, Days2);

    public DueNudge ToDueNudge(Claim claim, Journey journey, Schedule schedule) => new(
        claim,
        CandidateFor(journey.StepWith(claim.StepId), journey, schedule, claim.LastChanceAt, claim.Reason),
        journey,
        new Recipient(Name, Locale, Role, Chore, Variant,
            ExternalId is null ? null : new AccountAddress(WorkspaceId!.Value, Platform!, ExternalId, Conversation)),
        IsLast);

    /// <param name="reason">Of the pending nudge: what held it before.</param>
    public Candidate CandidateFor(Step step, Journey journey, Schedule schedule, Instant lastChance, string? reason) => new()
    {
        Step = step,
        Schedule = schedule,
        LastChance = lastChance,
        HeldBy = Words.TryParse<HoldReason>(reason, out var held) ? held : null,
        CampaignEnded = CampaignEnded,
        Paused = Paused,
        ThrottledUntil = SendNotBefore,
        BackOff = journey.Campaign.BackOff,
        LeftOn = LeftOn,
        OptedOut = OptedOutAt is not null,
        HasAccount = ExternalId is not null,
        IsLookedFor = IsLookedFor,
        SnoozedUntil = SnoozedUntil,
        Entry = Words.Parse<Entry>(Entry),
        Use = Use,
        AnsweredEarlier = AnsweredAt is not null,
        UnansweredInARow = Unanswered,
        SentOn = SentOn is null ? [] : Array.ConvertAll(SentOn, LocalDate.FromDateOnly),
    };
}
