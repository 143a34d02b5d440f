namespace NudgeBot.Inbox;

/// <summary>
/// Thrown by whoever works off a thing that cannot be done now, through no fault of its own: some limit leaves no room. It is begun again later, however often
/// that happens; what was thrown otherwise has it given up after some attempts.
/// </summary>
public sealed class PostponedException(string why) : Exception(why);
