namespace NudgeBot.Conversations;

/// <summary>What a person can answer; the words of <c>responses.kind</c>.</summary>
public enum ResponseKind
{
    Worked, NotUseful, NotYet, Blocked, BlockedWhy, Snooze, Stop, Resume, Text, Chore, Role, WhyNot, Pulse, Keep, GiveBack, MinutesSaved, TaskChange, Used,
}

public static class ResponseKinds
{
    /// <summary>Whether the answer itself says that the tool was used, on the local date of the answer.</summary>
    public static bool MeansUse(this ResponseKind kind) => kind is ResponseKind.Worked or ResponseKind.NotUseful or ResponseKind.Used;
}
