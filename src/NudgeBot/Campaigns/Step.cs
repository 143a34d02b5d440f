using NodaTime;

namespace NudgeBot.Campaigns;

/// <summary>A touchpoint of a journey.</summary>
public sealed record Step
{
    public required string Key { get; init; }
    /// <summary>Days after day 0, 0 to 120.</summary>
    public required int Day { get; init; }
    public required LocalTime At { get; init; }
    public required StepKind Kind { get; init; }
    /// <summary>Whom it is for; empty: every entry.</summary>
    public IReadOnlyList<Entry> Entries { get; init; } = [];
    public Condition? OnlyIf { get; init; }
    /// <summary>Sent also to people who have backed off.</summary>
    public bool Essential { get; init; }
    /// <summary>Name of the text by variant; the key <c>*</c> serves every other variant.</summary>
    public required IReadOnlyDictionary<string, string> Texts { get; init; }
    /// <summary>Name of the text that follows once the step is answered; null: none.</summary>
    public string? AfterAnswer { get; init; }
    /// <summary>Name of the text that is sent instead when <see cref="OnlyIf"/> is false; null: the step is skipped.</summary>
    public string? Otherwise { get; init; }
    /// <summary>Where a text is looked for, in order, as <c>locale/role</c> patterns; the first one that exists is sent.</summary>
    public required IReadOnlyList<string> Fallback { get; init; }

    public bool IsForTeams => Kind == StepKind.Wins;

    public string TextFor(string variant) => Texts.GetValueOrDefault(variant) ?? Texts["*"];
}

public enum StepKind { Welcome, Guide, CheckIn, ReEngagement, Wins, Pulse, Milestone }

/// <summary>How a person came to day 0: <c>active</c> (used on one of the 28 dates before), <c>lapsed</c> (used only earlier), <c>new</c> (never).</summary>
public enum Entry { New, Lapsed, Active }
