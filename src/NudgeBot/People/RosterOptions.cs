namespace NudgeBot.People;

/// <param name="Complete">The file names everybody: who is absent from it has left.</param>
/// <param name="Confirm">With <paramref name="Complete"/>: those are not only listed, but marked as having left today.</param>
public sealed record RosterOptions(bool Complete = false, bool Confirm = false);
