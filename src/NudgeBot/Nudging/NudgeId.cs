using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NudgeBot.Nudging;

/// <summary>The name of a nudge outside the database: in buttons, in a message's metadata, in logs.</summary>
public readonly record struct NudgeId(long EnrollmentId, int StepId)
{
    public override string ToString() => $"{EnrollmentId}-{StepId}";

    public static bool TryParse([NotNullWhen(true)] string? written, out NudgeId id)
    {
        id = default;
        var dash = written?.IndexOf('-') ?? -1;
        if (dash <= 0
            || !long.TryParse(written.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var enrollment)
            || !int.TryParse(written.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var step)) return false;
        id = new NudgeId(enrollment, step);
        return true;
    }
}
