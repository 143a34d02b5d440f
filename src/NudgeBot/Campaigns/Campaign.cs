using NodaTime;
using NudgeBot.Guides;
using NudgeBot.Nudging;

namespace NudgeBot.Campaigns;

/// <summary>One programme for one tool, as its file says. What the values do is in docs/campaigns.md.</summary>
public sealed record Campaign
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    /// <summary>The tool's key, as usage feeds call it, e.g. <c>copilot</c>.</summary>
    public required string Tool { get; init; }
    /// <summary>The tool's name as people read it, e.g. <c>GitHub Copilot</c>.</summary>
    public required string ToolName { get; init; }
    public required string OwnerEmail { get; init; }
    public required LocalDate Start { get; init; }
    public Audience Audience { get; init; } = Audience.Everyone;
    public int RolloutPercent { get; init; } = 100;
    public RolloutUnit RolloutUnit { get; init; } = RolloutUnit.Person;
    /// <summary>The percentages that <c>rollout advance</c> and <c>rollout back</c> go to, rising.</summary>
    public IReadOnlyList<int> RolloutStages { get; init; } = Campaigns.RolloutStages.Default;
    /// <summary>Nobody new is taken in, whatever the percentage; people under way go on.</summary>
    public bool RolloutClosed { get; init; }
    public IReadOnlyList<Goal> Goals { get; init; } = [];
    public GateThresholds Gate { get; init; } = GateThresholds.Default;
    public int HoldoutPercent { get; init; } = 10;
    public IReadOnlyList<string> Variants { get; init; } = ["a"];
    /// <summary>After so many sent nudges in a row without any response, steps that are not essential are skipped; null: never.</summary>
    public int? BackOff { get; init; } = 3;
    public SendingWindow Window { get; init; } = SendingWindow.Default;
    /// <summary>A campaign managed by its file is read-only in chat.</summary>
    public ManagedBy Managed { get; init; } = ManagedBy.Chat;
    /// <summary>The campaign's own words for texts of the guides, by <c>locale/role/name</c>.</summary>
    public IReadOnlyDictionary<string, OwnText> Texts { get; init; } = new Dictionary<string, OwnText>();
    /// <summary>In the file's order.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>In the order in which they are planned: day offset, then file order.</summary>
    public IReadOnlyList<Step> PersonalSteps => personalSteps ??= [.. Steps.Where(s => !s.IsForTeams).OrderBy(s => s.Day)];
    IReadOnlyList<Step>? personalSteps;

    public IEnumerable<Step> TeamSteps => Steps.Where(s => s.IsForTeams);
}

/// <summary>An empty list stands for everyone; several lists must all match. Words are compared without regard to case.</summary>
public sealed record Audience(IReadOnlyList<string> Roles, IReadOnlyList<string> Teams, IReadOnlyList<string> Locations)
{
    public static readonly Audience Everyone = new([], [], []);
}

public enum RolloutUnit { Person, Team }

public enum ManagedBy { Chat, File }
