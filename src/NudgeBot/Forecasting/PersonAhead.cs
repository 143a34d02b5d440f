using NodaTime;
using NudgeBot.Nudging;

namespace NudgeBot.Forecasting;

/// <summary>What is known of somebody apart from any campaign, as the database gives it.</summary>
sealed record PersonAhead
{
    public long Id { get; init; }
    public string Email { get; init; } = "";
    public string FirstEmail { get; init; } = "";
    public int SegmentId { get; init; }
    public string Team { get; init; } = "";
    public string TimeZone { get; init; } = "";
    /// <summary>By the roster, or by a chat profile.</summary>
    public bool ZoneIsKnown { get; init; }
    public string? Country { get; init; }
    public LocalDate? LicensedSince { get; init; }
    public LocalDate? LeftOn { get; init; }
    public Instant? OptedOutAt { get; init; }
    public Instant? SnoozedUntil { get; init; }
    public int? WorkspaceId { get; init; }
    public string? ExternalId { get; init; }
    /// <summary>The organization, or the workspace.</summary>
    public bool Paused { get; init; }
    public Instant? SendNotBefore { get; init; }
    public bool IsLookedFor { get; init; }
    /// <summary>Why nothing would reach them now; null: they are reached.</summary>
    public string? Unreached { get; init; }
    /// <summary>What was sent of late: the local dates, and beside each its campaign.</summary>
    public DateOnly[]? SentOn { get; init; }
    public int[]? SentBy { get; init; }

    /// <summary>What a platform answers to a message that is sent all the same; null: it takes it, or nothing is sent without an account.</summary>
    public FailReason? Refusal => Unreached is null || ExternalId is null ? null
        : Words.TryParse<FailReason>(Unreached, out var word) ? word
        : FailReason.NoChannel;

    /// <summary>The dates on which others sent something of late.</summary>
    public IReadOnlyList<LocalDate> SentOnBesides(int campaignId) =>
        SentOn is null ? [] : [.. SentOn.Where((_, index) => SentBy![index] != campaignId).Select(LocalDate.FromDateOnly)];

    /// <summary>As the dispatcher will find them in a campaign that they are not in yet.</summary>
    public DueRow FactsIn(CampaignAhead campaign, LocalDate dayZero, KnownUse use) => new()
    {
        DayZero = dayZero,
        Entry = use.Entry,
        Before = use.Before,
        Days = use.Days,
        Days2 = use.Days2,
        LeftOn = LeftOn,
        Paused = Paused || campaign.Paused,
        SendNotBefore = SendNotBefore,
        TimeZone = TimeZone,
        Country = Country,
        OptedOutAt = OptedOutAt,
        SnoozedUntil = SnoozedUntil,
        ExternalId = ExternalId,
        IsLookedFor = IsLookedFor,
        SentOn = SentOn,
    };
}

/// <summary>The use of somebody around a day 0 to come: the entry that will be fixed, and the bitmaps as they will be built.</summary>
sealed record KnownUse
{
    /// <summary>From 1, in the order in which they were asked for.</summary>
    public long Number { get; init; }
    public string Entry { get; init; } = "";
    public long Before { get; init; }
    public long Days { get; init; }
    public long Days2 { get; init; }
}

/// <summary>Somebody's way through one campaign, and what of it lies ready to be sent.</summary>
sealed record CourseAhead(CampaignAhead Campaign, Course Course, IReadOnlyList<OutlookRows.Nudge> Pending);

/// <param name="Courses">In all campaigns that take part.</param>
sealed record Traveller(PersonAhead Person, IReadOnlyList<CourseAhead> Courses);
