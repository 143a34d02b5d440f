using NodaTime;
using NudgeBot.Nudging;
using NudgeBot.People;

namespace NudgeBot.Forecasting;

/// <summary>
/// What a campaign will do as things stand, if time passes and nobody answers, uses anything new, comes or moves. Messages of the past are not in it.
/// </summary>
public sealed record CampaignForecast
{
    public required string CampaignKey { get; init; }

    /// <summary>The moment whose facts it goes by.</summary>
    public required Instant AsOf { get; init; }

    public required LocalDate From { get; init; }

    /// <summary>The last local date of everybody that was looked at.</summary>
    public required LocalDate To { get; init; }

    /// <summary>Nothing of it goes out before somebody resumes.</summary>
    public bool Paused { get; init; }

    /// <summary>No chat platform is connected: the campaign will not start before one is.</summary>
    public bool HasNoWorkspace { get; init; }

    public required ForecastPeople People { get; init; }

    /// <summary>In the order of the journey; steps that only older versions have come last.</summary>
    public required IReadOnlyList<StepForecast> Steps { get; init; }

    public required MessagesPerPerson Messages { get; init; }

    /// <summary>One for each workspace that gets something of this campaign.</summary>
    public required IReadOnlyList<WorkspaceLoad> Load { get; init; }

    /// <summary>Of those who are to get messages, by e-mail: with the reasons of <see cref="Preflight"/>, and <see cref="PreflightText.NoZone"/>.</summary>
    public required IReadOnlyList<Unreached> Unreached { get; init; }

    /// <summary>How many of those without an account nobody has been looked for yet.</summary>
    public int LookedFor { get; init; }

    /// <summary>With the campaigns with which there are any, by key.</summary>
    public required IReadOnlyList<Collision> Collisions { get; init; }

    /// <summary>Week by week; empty without a holdout.</summary>
    public required IReadOnlyList<LiftForecast> Lift { get; init; }
}

/// <param name="InAudience">All below, and those who leave before they would begin.</param>
/// <param name="Waiting">For a larger rollout.</param>
public sealed record ForecastPeople(int InAudience, int Nudged, int HeldOut, int Waiting);

/// <param name="Alternative">Of <paramref name="Sent"/>, those with the step's other message.</param>
/// <param name="SentLate">Of <paramref name="Sent"/>, those that something held first.</param>
/// <param name="NotSent">Skipped or refused, by reason; the most frequent first.</param>
/// <param name="Open">Not decided by the last date.</param>
/// <param name="First">The first moment of sending; null: nothing is sent.</param>
public sealed record StepForecast(
    string Key, bool IsForTeams, int Sent, int Alternative, int SentLate, IReadOnlyList<ReasonCount> NotSent, int Open, Instant? First, Instant? Last);

/// <param name="Reason">A word of <see cref="SkipReason"/>, <see cref="HoldReason"/>, <see cref="FailReason"/> or <see cref="OtherReason"/>.</param>
public sealed record ReasonCount(string Reason, int Count);

/// <summary>Of the campaign's own messages to each of its nudged people.</summary>
/// <param name="Ninetieth">Nine of ten people get no more.</param>
/// <param name="MostInSevenDates">On seven consecutive local dates, to one person, over all campaigns.</param>
public sealed record MessagesPerPerson(int Median, int Ninetieth, int Most, int MostInSevenDates);

/// <summary>Messages of this campaign and another one that the caps keep apart.</summary>
/// <param name="Moved">This campaign's that are sent later because of the other's.</param>
/// <param name="Lost">This campaign's that are skipped because of the other's.</param>
/// <param name="MovedThere">The other's that are sent later because of this one's.</param>
/// <param name="LostThere">The other's that are skipped because of this one's.</param>
public sealed record Collision(string CampaignKey, int Moved, int Lost, int MovedThere, int LostThere);

/// <summary>What becomes of one message.</summary>
/// <param name="To">The person's e-mail, or the team's name.</param>
/// <param name="Outcome">Pending: not decided by the last date.</param>
/// <param name="Reason">As the nudge's row will have it; null where it is simply sent, or pending.</param>
/// <param name="At">When it is decided; null while pending.</param>
public sealed record ForeseenMessage(string To, string StepKey, Instant PlannedAt, Outcome Outcome, string? Reason, Instant? At);

/// <summary>There is nothing to foresee; the message says why.</summary>
public sealed class ForecastException(string message) : Exception(message);
