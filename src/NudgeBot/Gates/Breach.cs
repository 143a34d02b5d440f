using NodaTime;

namespace NudgeBot.Gates;

/// <summary>A figure beyond its threshold.</summary>
/// <param name="Since">When the first of what is counted happened.</param>
public sealed record Breach(GateMeasure Measure, Portion Portion, int Threshold, Instant? Since);
