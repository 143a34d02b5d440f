using System.Text.Json;
using NudgeBot.Retention;

namespace NudgeBot.Gates;

/// <summary>A gate's figures as people read them, each with its interval, its threshold and its verdict; and as they are kept.</summary>
static class GateText
{
    public static string Of(IEnumerable<GateFigure> figures) => string.Join('\n', figures.Select(figure => $"- {Line(figure)}"));

    public static string Line(GateFigure figure)
    {
        var threshold = Threshold(figure);
        var verdict = figure.Verdict switch
        {
            GateVerdict.Passed => "**passed**",
            GateVerdict.Failed => "**failed**",
            GateVerdict.TooEarly => "**too early**",
            GateVerdict.NotAsked => "there is no goal for it",
        };
        return $"{Name(figure.Measure)}: {Value(figure)}{(threshold is null ? "" : $", {threshold}")}: {verdict}";
    }

    /// <summary>Kept with the decision that they led to.</summary>
    public static string Json(IEnumerable<GateFigure> figures) => JsonSerializer.Serialize(figures.Select(figure => new
    {
        measure = Words.Of(figure.Measure),
        verdict = Words.Of(figure.Verdict),
        count = figure.Portion?.Count ?? figure.Count,
        people = figure.Portion?.People,
        threshold = figure.Threshold,
    }));

    static string Name(GateMeasure measure) => measure switch
    {
        GateMeasure.People => "Enough people",
        GateMeasure.Days => "Days without a change of the rollout or a breach",
        GateMeasure.Delivery => "Delivery: the last message arrived",
        GateMeasure.OptOuts => "Opt-outs",
        GateMeasure.Blocked => "Blocked",
        GateMeasure.Week3Retention => "Week-3 retention",
    };

    static string Value(GateFigure figure)
    {
        if (figure.Measure is GateMeasure.People or GateMeasure.Days) return figure.Count?.ToString() ?? "not started yet";
        return figure.Portion is { } portion ? Share(portion) : $"fewer than {SmallGroups.Least} people yet";
    }

    public static string Share(Portion portion) => $"{Figures.Percent(portion.Share)} of {portion.People} people ({Figures.Range(portion.Interval)})";

    static string? Threshold(GateFigure figure) => figure.Threshold is not { } threshold ? null
        : $"{(figure.Measure == GateMeasure.Week3Retention ? "the goal is " : "")}{(figure.IsLeast ? "at least" : "at most")} {threshold}{(figure.Measure is GateMeasure.People or GateMeasure.Days ? "" : " %")}";
}
