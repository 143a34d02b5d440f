namespace NudgeBot.FakeTeams.Limits;

/// <param name="Calls">All, also those that were refused.</param>
/// <param name="Throttled">Answered with 429.</param>
public sealed record CallCount(long Calls, long Throttled);
