namespace NudgeBot;

/// <summary>How far something long has come, for whoever shows it. <paramref name="Of"/> is null where the end is not known.</summary>
public sealed record Progress(string Doing, long Done, long? Of = null);
