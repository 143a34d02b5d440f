namespace NudgeBot.Limits;

/// <summary>Who waits for the call.</summary>
public enum Urgency
{
    /// <summary>A person, now: goes at once or not at all, and may take what is kept for such calls.</summary>
    Interactive,

    /// <summary>Nobody in particular: may be put off, and leaves something for those who wait.</summary>
    Bulk,
}

/// <summary>
/// How a limit is kept: a bucket that fills by the second and may be overdrawn by a little, because a bulk call may take its token now and leave when
/// it is due. Chosen so that within any minute no more calls leave than the limit says.
/// </summary>
/// <param name="Name">The row of <c>rate_budgets</c>.</param>
/// <param name="Capacity">Calls that may leave at once after a quiet time.</param>
/// <param name="PerSecond">How fast it fills.</param>
/// <param name="Patience">How many seconds a call may be put off after it took its token.</param>
/// <param name="Reserve">Calls kept for people who wait: they leave at once, where bulk calls may take no more.</param>
sealed record Budget(string Name, int Capacity, double PerSecond, double Patience, int Reserve)
{
    /// <summary>Where minutes are shorter by that factor: what may leave at once stays, and refills sooner.</summary>
    public Budget Faster(double times) => this with { PerSecond = PerSecond * times, Patience = Patience / times };

    /// <summary>The least that may be left after a call.</summary>
    public double Floor(Urgency urgency) => -Patience * PerSecond - (urgency == Urgency.Interactive ? Reserve : 0);

    /// <summary>Whether a call leaves when its token would have come, and not at once.</summary>
    public bool Waits(Urgency urgency) => urgency == Urgency.Bulk || Reserve == 0;
}
