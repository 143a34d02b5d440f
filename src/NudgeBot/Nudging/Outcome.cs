namespace NudgeBot.Nudging;

/// <summary>What became of a nudge; exactly one, and a reason wherever it was not simply sent.</summary>
public enum Outcome { Pending, Sent, Skipped, Failed, Unknown }

/// <summary>Why a nudge was never sent, decided at once and for good, in the order in which they are asked.</summary>
public enum SkipReason { Ended, OptedOut, NoAccount, ConditionFalse, BackedOff }

/// <summary>What keeps a nudge waiting, in the order in which they are asked; at its last chance it is skipped for this reason.</summary>
public enum HoldReason { Paused, Snoozed, Capped, Throttled }

/// <summary>Why a platform did not take a message.</summary>
public enum FailReason { NotInstalled, BlockedByUser, NoChannel, Rejected, GaveUp }

public static class FailReasons
{
    /// <summary>A bot that is not installed in a channel, or was put out of it, has no channel.</summary>
    public static FailReason InAChannel(this FailReason refused) => refused switch
    {
        FailReason.NotInstalled or FailReason.BlockedByUser or FailReason.NoChannel => FailReason.NoChannel,
        FailReason.Rejected or FailReason.GaveUp => refused,
    };
}

/// <summary>The reasons beside those of the three sets above.</summary>
public static class OtherReason
{
    /// <summary>Skipped: the last chance passed and nothing had held it (an outage, a late start).</summary>
    public const string Expired = "expired";
    /// <summary>Sent: the step's other message, because its condition was false.</summary>
    public const string Alternative = "alternative";
    /// <summary>Unknown: the platform may or may not have taken it.</summary>
    public const string NoAnswer = "no-answer";
}
