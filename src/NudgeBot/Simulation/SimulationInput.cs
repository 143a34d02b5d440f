using NodaTime;
using NudgeBot.Usage;

namespace NudgeBot.Simulation;

/// <summary>What <c>simulate</c> is given.</summary>
/// <param name="From">Replaces the campaign's start; the local dates <c>From</c> to <c>From + Days - 1</c> of every zone are covered.</param>
public sealed record SimulationInput(
    string CampaignFile, string RosterFile, string? UsageFile, UsageFormat? UsageFormat, string? AnswersFile, LocalDate From, int Days)
{
    /// <summary>Retention is known for 18 weeks: see <see cref="ActiveDays"/>.</summary>
    public const int MostDays = 132;

    public LocalDate LastDate => From.PlusDays(Days - 1);

    /// <summary>The date that begins in a zone when its part of the simulation is over.</summary>
    public LocalDate DateAfter => From.PlusDays(Days);

    public int Weeks => Days / 7;
}

/// <summary>What a simulation cannot start with; every line of it says what, where and what to do.</summary>
public sealed class SimulationInputException(IReadOnlyList<string> errors) : Exception(string.Join('\n', errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
